import { spawn } from 'node:child_process';
import { eventually } from '../../support/eventually.ts';
import { bundle } from './bundle.ts';
import type { SetBack } from './set-back.ts';

/**
 * Runs `audit restore` and kills it within the transaction that adds a checkpoint: somebody else has put a row under its
 * number, and is not done, so the command waits for the end of that.
 *
 * @param args what the command is to restore from
 * @param env variables beside those of the database
 */
export async function killRestoreAt(
  { database, aged, env: own }: SetBack,
  number: number,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const waiting = async () =>
    (
      await database.query({
        text: `SELECT FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()
                 AND query LIKE 'INSERT INTO audit_checkpoints%' AND wait_event_type = 'Lock'`,
      })
    ).rows.length > 0;
  const locked = async () =>
    (await database.query({ text: "SELECT FROM pg_locks WHERE locktype = 'advisory'" })).rows.length > 0;
  const holder = await database.connect();
  const undone = new Error('undone');
  await holder
    .transaction(async (transaction) => {
      const { hash, statement } = aged.trail.published[number - 1]!.checkpoint;
      await transaction.query({
        text: `INSERT INTO audit_checkpoints (number, hash, made_at, record) VALUES ($1, decode($2, 'hex'), $3, '')`,
        values: [number, hash, statement.made_at],
      });
      const child = spawn(process.execPath, [bundle, 'audit', 'restore', ...args], {
        env: { PATH: process.env.PATH, ...own, ...env },
        stdio: 'ignore',
      });
      const exited = new Promise((resolve) => child.on('exit', resolve));
      try {
        await eventually(
          `the command reaches checkpoint ${number}`,
          () => {
            if (child.exitCode !== null) throw new Error(`the command ended before checkpoint ${number}`);
            return waiting();
          },
          20,
        );
      } finally {
        child.kill('SIGKILL');
        await exited;
      }
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    })
    .finally(() => holder.close());
  // The server finishes the statement that it has, and then finds that nobody is there.
  await eventually('the lock is gone', async () => !(await locked()), 20);
}
