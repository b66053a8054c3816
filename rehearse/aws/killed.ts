import { equal } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { AwsWorld } from './world.ts';

/** Starts a command in a process group of its own, and kills the group when `when` returns true. */
export async function killed(
  world: AwsWorld,
  args: readonly string[],
  when: (said: string) => Promise<boolean> | boolean,
): Promise<void> {
  const env = { ...process.env, ...world.env };
  const child = spawn(process.execPath, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let tries = 0; tries < 1200 && child.exitCode === null; tries += 1) {
    if (await when(said)) break;
    await delay(50);
  }
  equal(child.exitCode, null, `it ended before it could be killed: ${said.slice(-1200)}`);
  process.kill(-child.pid!, 'SIGKILL');
  await gone;
}

/** A moment after the step said what it will do. */
export async function killedAt(world: AwsWorld, options: readonly string[], title: string): Promise<void> {
  const args = ['bin/deploy.ts', '--stage', 'dev', '--yes', ...options];
  const begun = new RegExp(`\\] ${title}\\n[\\s\\S]*?\\n {2}will `);
  await killed(world, args, async (said) => {
    if (!begun.test(said)) return false;
    await delay(400);
    return true;
  });
}
