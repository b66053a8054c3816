import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { contract } from '@healthcare-ai/contract';
import { freePort } from '../../test/service/support/free-port.ts';

/** A load balancer as the platforms have one: it asks /health once a second, and never tries a request again. */
export interface LoadBalancer {
  readonly url: string;
  /** Ports on which tasks may be started; those that answer get traffic. */
  readonly slots: readonly string[];
  isUp(slot: string): Promise<boolean>;
  /** Requests that a task was ever given. */
  requestsTo(slot: string): Promise<number>;
  stop(): void;
}

export async function startLoadBalancer(folder: string, size: number): Promise<LoadBalancer> {
  const slots: string[] = [];
  while (slots.length < size) slots.push(String(await freePort()));
  const port = await freePort();
  const socket = join(folder, 'haproxy.sock');
  const file = join(folder, 'haproxy.cfg');
  const servers = slots.map((slot) => `  server s${slot} 127.0.0.1:${slot} check inter 1s fall 2 rise 1`);
  const lines = [
    'global',
    `  stats socket ${socket} level admin`,
    'defaults',
    '  mode http',
    '  retries 0',
    '  timeout connect 5s',
    `  timeout client ${contract.timeouts.loadBalancerIdle}s`,
    `  timeout server ${contract.timeouts.loadBalancerIdle}s`,
    'frontend edge',
    `  bind 127.0.0.1:${port}`,
    '  default_backend tasks',
    'backend tasks',
    '  balance roundrobin',
    `  option httpchk GET ${contract.paths.health}`,
    '  http-check expect status 200',
    ...servers,
    '',
  ];
  writeFileSync(file, lines.join('\n'));
  const child: ChildProcess = spawn('haproxy', ['-db', '-f', file], { stdio: 'ignore' });
  const stats = async (): Promise<Map<string, Record<string, string>>> => {
    const text = await ask(socket, 'show stat');
    const [head, ...rows] = text.replace(/^# /, '').trim().split('\n');
    const names = head!.split(',');
    return new Map(
      rows.map((row) => {
        const cells = row.split(',');
        const record = Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
        return [record.svname!, record];
      }),
    );
  };
  const isUp = async (slot: string) => (await stats()).get(`s${slot}`)?.status === 'UP';
  // haproxy believes every server to be up until it has asked.
  for (let waited = 0; ; waited += 200) {
    const up = await Promise.all(slots.map((slot) => isUp(slot).catch(() => true)));
    if (!up.includes(true)) break;
    if (waited > 20_000) throw new Error('haproxy did not find its servers down within 20 seconds');
    await sleep(200);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    slots,
    isUp,
    requestsTo: async (slot) => Number((await stats()).get(`s${slot}`)?.stot ?? 'NaN'),
    stop: () => child.kill('SIGTERM'),
  };
}

function ask(path: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(path, () => socket.write(`${command}\n`));
    socket.on('data', (chunk: Buffer) => {
      text += chunk;
    });
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
}
