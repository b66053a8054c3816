import { type ChildProcess, spawn } from 'node:child_process';
import { eventually } from '../../support/eventually.ts';
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
  const begun = () => output().includes('"event":"analyzing"');
  await eventually('the worker begins', () => ended || begun()).catch(() => child.kill('SIGKILL'));
  if (!begun()) throw new Error(`the worker did not begin:\n${output()}`);
  return { child, output, exited };
}
