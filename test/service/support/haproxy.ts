import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../support/eventually.ts';
import { freePort } from './free-port.ts';

export const findHaproxy = (): boolean => spawnSync('haproxy', ['-v']).status === 0;

/** A real load balancer in front of two processes. */
export interface Haproxy {
  readonly url: string;
  /** How many of the servers it believes in. */
  serversUp(): Promise<number>;
  remove(): void;
}

/**
 * Health checks as a load balancer makes them: in intervals, and two answers before it believes in a change. An answer
 * may take its time: on a busy machine one that is late would otherwise count as none. It never sends a request a second
 * time, so that a request that is lost is seen to be lost.
 */
const configuration = (port: number, statsPort: number, servers: readonly number[]): string => `
global
  maxconn 500
defaults
  mode http
  retries 0
  timeout connect 5s
  timeout check 10s
  timeout client 30s
  timeout server 30s
  option http-keep-alive
frontend clients
  bind 127.0.0.1:${port}
  default_backend service
backend service
  balance roundrobin
  option httpchk GET /health
  http-check expect status 200
  default-server check inter 400ms fall 2 rise 2
${servers.map((server) => `  server s${server} 127.0.0.1:${server}`).join('\n')}
frontend stats
  bind 127.0.0.1:${statsPort}
  stats enable
  stats uri /
`;

export async function startHaproxy(servers: readonly number[]): Promise<Haproxy> {
  const [port, statsPort] = [await freePort(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-haproxy-'));
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(file, configuration(port, statsPort, servers));
  const child: ChildProcess = spawn('haproxy', ['-db', '-f', file], { stdio: 'ignore' });
  const serversUp = async (): Promise<number> => {
    const response = await fetch(`http://127.0.0.1:${statsPort}/;csv`).catch(() => undefined);
    const lines = (await response?.text())?.split('\n') ?? [];
    return lines.filter((line) => /^service,s\d+,/.test(line) && line.split(',')[17] === 'UP').length;
  };
  const proxy: Haproxy = {
    url: `http://127.0.0.1:${port}`,
    serversUp,
    remove() {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  // Until their first checks servers count as up, so this waits for the proxy, not for them.
  await eventually('haproxy finds its servers', async () => {
    if (child.exitCode !== null) throw new Error('haproxy did not start');
    return (await serversUp()) === servers.length;
  });
  return proxy;
}
