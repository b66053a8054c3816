import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

const launcher = '../shared/emulator/aws_emulator.py';

/** The emulator of AWS that is no part of the product, and moto that it stands on. */
export function findEmulator(): boolean {
  if (!existsSync(launcher)) return false;
  try {
    execFileSync('python3', ['-c', 'import moto, flask; assert moto.__version__ == "5.2.1"'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export interface Emulator {
  readonly endpoint: string;
  stop(): Promise<void>;
}

export async function startEmulator(): Promise<Emulator> {
  const port = await freePort();
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  const child = spawn('python3', [launcher, '-H', '127.0.0.1', '-p', String(port)], { env, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const endpoint = `http://localhost:${port}`;
  for (let waited = 0; waited < 60_000; waited += 200) {
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) {
      return {
        endpoint,
        stop() {
          child.kill('SIGKILL');
          return ended;
        },
      };
    }
    if (child.exitCode !== null) break;
    await sleep(200);
  }
  child.kill('SIGKILL');
  throw new Error('the AWS emulator did not answer within a minute');
}
