import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../support/eventually.ts';
import type { OwnPostgresServer } from './postgres.ts';
import { isRunning } from './processes.ts';

/** `fast` ends every session; `immediate` is a crash. https://www.postgresql.org/docs/current/server-shutdown.html */
const signals = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

/** Stops the server without blocking the event loop, as `OwnPostgresServer.stop` would: the test keeps sending requests. */
export async function stopUnderLoad({ folder }: OwnPostgresServer, mode: keyof typeof signals): Promise<void> {
  const pid = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(pid, signals[mode]);
  await eventually('PostgreSQL stops', () => !isRunning(pid), 20);
}
