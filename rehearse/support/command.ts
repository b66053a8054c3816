import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, openEngine } from './engine.ts';
import { type Part, rehearse } from './rehearsal.ts';

/** The parts that are rehearsed, and what they need besides the engine of containers. */
export interface Prepared {
  readonly parts: readonly Part[];
  /** @default - nothing to close */
  readonly close?: () => Promise<void>;
  /** What is printed when a part failed. @default - nothing */
  readonly explain?: () => string;
}

/** Rehearses in one temporary folder that is removed at the end, and ends the process: with 1 when a part failed. */
export async function runRehearsal(prepare: (engine: Engine, folder: string) => Promise<Prepared>): Promise<never> {
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-rehearsal-'));
  const engine = openEngine(folder);
  let prepared: Prepared | undefined;
  const cleanUp = async () => {
    await prepared?.close?.().catch(() => {});
    await engine.close().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => cleanUp().finally(() => process.exit(1)));
  }
  let failed = true;
  try {
    prepared = await prepare(engine, folder);
    const started = performance.now();
    const tally = await rehearse(prepared.parts, engine, folder);
    process.stdout.write(`\n${Math.round((performance.now() - started) / 1000)} s\n`);
    process.stdout.write(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped\n`);
    failed = tally.failed > 0;
    if (failed && prepared.explain) process.stdout.write(`\n${prepared.explain()}\n`);
  } finally {
    await cleanUp();
  }
  process.exit(failed ? 1 : 0);
}
