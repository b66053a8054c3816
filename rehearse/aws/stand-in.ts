import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../test/service/support/free-port.ts';
import { run } from '../support/run.ts';
import { stopped } from './emulator.ts';

export interface StandIn {
  readonly url: string;
  readonly key: string;
  stop(): Promise<void>;
}

/** A process of the bundle that is in the image, with the embedded database: what the smoke test calls. */
export async function startStandIn(bundle: string, folder: string): Promise<StandIn> {
  mkdirSync(folder, { recursive: true });
  // The bundle loads the embedded database from node_modules, and looks for it beside itself.
  symlinkSync(resolve('node_modules'), join(dirname(bundle), 'node_modules'));
  const port = await freePort();
  const env = {
    ...{ PATH: process.env.PATH, DATA_DIR: folder, HOST: '127.0.0.1', PORT: String(port) },
    ...{ METRICS_PORT: String(await freePort()), LOG_FORMAT: 'json' },
  };
  const main = join(bundle, 'main.cjs');
  const owner = ['--tenant', 'smoke', '--principal', 'deploy', '--role', 'clinician', 'auditor'];
  const { stdout } = await run(process.execPath, [main, 'keys', 'create', ...owner], { env });
  const child = spawn(process.execPath, [main], { env, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 150; tries += 1) {
    if ((await fetch(`${url}/health/ready`).catch(() => undefined))?.ok) break;
    await delay(200);
  }
  return { url, key: stdout.trim(), stop: () => stopped(child) };
}
