import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from './engine.ts';

/** What a part of the rehearsal works with. */
export interface Rehearsal {
  readonly engine: Engine;
  /** Folder for its files; removed at the end. */
  readonly folder: string;
  /** Shows one thing. Text that `work` returns is printed beside it: a figure that was measured. */
  check(title: string, work: () => unknown): Promise<void>;
}

export interface Part {
  readonly name: string;
  /** Programs and files without which the part is skipped. */
  readonly needs: readonly string[];
  run(rehearsal: Rehearsal): Promise<void>;
}

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Runs the parts one after the other. A check that fails ends its part; the other parts still run. */
export async function rehearse(parts: readonly Part[], engine: Engine, folder: string): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const part of parts) {
    const missing = part.needs.filter((name) => !isThere(name));
    print(`\n${part.name}`);
    if (missing.length > 0) {
      tally.skipped += 1;
      print(`  SKIPPED for want of ${missing.join(', ')}`);
      continue;
    }
    const check: Rehearsal['check'] = async (title, work) => {
      const started = performance.now();
      const figure = await Promise.resolve()
        .then(work)
        .catch((error: unknown) => {
          throw new Error(`${title}: ${(error as Error).message}`);
        });
      tally.passed += 1;
      print(
        `  ok   ${title} (${((performance.now() - started) / 1000).toFixed(1)} s)${typeof figure === 'string' ? `: ${figure}` : ''}`,
      );
    };
    try {
      await part.run({ engine, folder, check });
    } catch (error) {
      tally.failed += 1;
      print(`  FAIL ${(error as Error).message}`);
    }
  }
  return tally;
}

function isThere(name: string): boolean {
  if (name.startsWith('/')) return existsSync(name);
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, name)));
}
