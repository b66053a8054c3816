import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { body } from './body.ts';
import { pinned, type Server } from './servers.ts';

export interface LoadOptions {
  readonly connections: number;
  readonly seconds: number;

  /**
   * Mean pause of each connection between an answer and its next request, in ms: from half to one and a half of it.
   *
   * @default 0
   */
  readonly pause?: number;
}

export interface Load {
  readonly requests: number;
  /** What the requests took, which may differ a little from what was asked for. */
  readonly seconds: number;
  /** In ms. */
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

export const rate = ({ requests, seconds }: Load): number => requests / seconds;

/** wrk takes little of the other core. Without it, our own sender writes made requests to raw sockets. */
export const generator = hasWrk() ? 'wrk' : 'own sender (wrk was not found: install it, a note costs it a fifth)';

function hasWrk(): boolean {
  try {
    execFileSync('wrk', ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    return (error as { status?: number }).status === 1;
  }
}

/** Sends notes from a process on the other core than the server's. */
export async function send(server: Server, options: LoadOptions): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-bench-'));
  try {
    const command = generator === 'wrk' ? wrk(folder, server, options) : ownSender(folder, server, options);
    return JSON.parse(
      /^JSON (.*)$/m.exec(await outputOf([...(pinned ? ['taskset', '-c', '1'] : []), ...command]))![1]!,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function outputOf([command, ...args]: readonly string[]): Promise<string> {
  const child = spawn(command!, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  return new Promise((resolve) => child.once('close', () => resolve(output)));
}

const headersOf = (server: Server): Record<string, string> => ({
  'Content-Type': 'application/json',
  ...(server.token === undefined ? {} : { Authorization: `Bearer ${server.token}` }),
});

function wrk(folder: string, server: Server, { connections, seconds, pause = 0 }: LoadOptions): string[] {
  const script = join(folder, 'post.lua');
  const headers = Object.entries(headersOf(server)).map(([name, value]) => `wrk.headers["${name}"] = "${value}"\n`);
  const delay = `function delay() return math.random(${Math.round(pause / 2)}, ${Math.round(1.5 * pause)}) end\n`;
  writeFileSync(
    script,
    `wrk.method = "POST"\nwrk.body = [==[${body}]==]\n${headers.join('')}${pause > 0 ? delay : ''}
     done = function(summary, latency)
       io.write(string.format("JSON {\\"requests\\": %d, \\"seconds\\": %f, \\"p50\\": %f, \\"p99\\": %f, \\"failed\\": %d}\\n",
         summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
         summary.errors.status + summary.errors.read + summary.errors.write + summary.errors.timeout + summary.errors.connect))
     end`,
  );
  return ['wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '-s', script, `${server.url}/ingest`];
}

function ownSender(folder: string, server: Server, { connections, seconds, pause = 0 }: LoadOptions): string[] {
  const { host, hostname, port } = new URL(server.url);
  const head = Object.entries({ Host: host, ...headersOf(server), 'Content-Length': Buffer.byteLength(body) });
  const file = join(folder, 'request');
  writeFileSync(file, `POST /ingest HTTP/1.1\r\n${head.map(([k, v]) => `${k}: ${v}\r\n`).join('')}\r\n${body}`);
  return [
    process.execPath,
    join(import.meta.dirname, 'sender.ts'),
    hostname,
    port,
    file,
    ...[connections, seconds, pause].map(String),
  ];
}
