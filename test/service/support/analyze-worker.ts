import { type ChildProcess, spawn } from 'node:child_process';
import { bundle } from './bundle.ts';

/** A real process that only analyses. */
export interface AnalyzeWorker {
  readonly child: ChildProcess;
  output(): string;
  readonly exited: Promise<number | NodeJS.Signals>;
}

/** Starts `analyze-worker`, and waits until it takes jobs. */
export async function startAnalyzeWorker(env: Readonly<Record<string, string>>): Promise<AnalyzeWorker> {
  const child = spawn(process.execPath, [bundle, 'analyze-worker'], {
    env: { PATH: process.env.PATH, METRICS_PORT: '0', LOG_FORMAT: 'json', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const output = () => chunks.join('');
  let ended = false;
  const exited = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('exit', (code, signal) => {
      ended = true;
      resolve(code ?? signal ?? 1);
    });
  });
  for (const until = performance.now() + 90_000; performance.now() < until && !ended; ) {
    if (output().includes('"event":"analyzing"')) return { child, output, exited };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`the worker did not begin within 90 seconds:\n${output()}`);
}
