import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { body } from './body.ts';
import { pinned, type Server } from './servers.ts';

export const connections = 64;

export interface Load {
  readonly requestsPerSecond: number;
  /** In ms. */
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

export function hasWrk(): boolean {
  try {
    execFileSync('wrk', ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    return (error as { status?: number }).status === 1;
  }
}

/** As many requests as 64 connections can send: by wrk where it is found, which takes little of the other core. */
export function peak(server: Server, seconds: number): Promise<Load> {
  return hasWrk() ? wrk(server, seconds) : cannon(server, seconds);
}

/** A given number of requests a second. */
export function steady(server: Server, seconds: number, requestsPerSecond: number): Promise<Load> {
  return cannon(server, seconds, Math.round(requestsPerSecond));
}

const headersOf = (server: Server): Record<string, string> => ({
  'content-type': 'application/json',
  ...(server.token === undefined ? {} : { authorization: `Bearer ${server.token}` }),
});

async function wrk(server: Server, seconds: number): Promise<Load> {
  const script = join(mkdtempSync(join(tmpdir(), 'healthcare-ai-bench-')), 'post.lua');
  const headers = Object.entries(headersOf(server)).map(([name, value]) => `wrk.headers["${name}"] = "${value}"\n`);
  writeFileSync(
    script,
    `wrk.method = "POST"\nwrk.body = [==[${body}]==]\n${headers.join('')}
     done = function(summary, latency)
       io.write(string.format("JSON {\\"requests\\": %d, \\"us\\": %d, \\"p50\\": %d, \\"p99\\": %d, \\"status\\": %d, \\"socket\\": %d}\\n",
         summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), summary.errors.status,
         summary.errors.read + summary.errors.write + summary.errors.timeout + summary.errors.connect))
     end`,
  );
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', script, `${server.url}/ingest`];
  const command = pinned ? ['taskset', '-c', '1', 'wrk', ...args] : ['wrk', ...args];
  const child = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  await new Promise((resolve) => child.once('close', resolve));
  const result = JSON.parse(/JSON (.*)/.exec(output)?.[1] ?? '{}');
  return {
    requestsPerSecond: result.requests / (result.us / 1e6),
    p50: result.p50 / 1000,
    p99: result.p99 / 1000,
    failed: result.status + result.socket,
  };
}

async function cannon(server: Server, seconds: number, overallRate?: number): Promise<Load> {
  const result = await autocannon({
    url: `${server.url}/ingest`,
    method: 'POST',
    headers: headersOf(server),
    body,
    connections,
    duration: seconds,
    overallRate,
  });
  return {
    requestsPerSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failed: result.non2xx + result.errors,
  };
}
