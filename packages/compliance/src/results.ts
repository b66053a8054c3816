import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** Input that the command cannot use: a missing or malformed file, or templates of another stage. */
export class EvidenceInputError extends Error {}

/** What `npm test -- --json --outputFile=FILE` writes, as far as it is read here: https://jestjs.io/docs/cli#--json */
const report = z.object({
  startTime: z.number(),
  numFailedTests: z.number(),
  numPassedTests: z.number(),
  numPendingTests: z.number(),
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

export type JestReport = z.infer<typeof report>;

/** @throws EvidenceInputError when there is no such file, or it is no report of jest */
export function readReport(path: string): JestReport {
  try {
    return report.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : 'is not a report of jest';
    throw new EvidenceInputError(`${path} ${why}. Write it with npm test -- --json --outputFile=${path}`);
  }
}

/** Test files below `root`, each with the controls that its titles name. */
export type TestFiles = ReadonlyMap<string, ReadonlySet<string>>;

export function readTestFiles(root: string): TestFiles {
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join('test', file))
    .sort();
  return new Map(files.map((file) => [file, namedIn(readFileSync(join(root, file), 'utf8'))]));
}

/** The controls that titles in a source name, each in brackets at the beginning: `it('[164.312(b)] [x] does y'`. */
export function namedIn(source: string): ReadonlySet<string> {
  const starts = source.matchAll(/['"`]((?:\[[^\]\n]+\] )+)/g);
  return new Set([...starts].flatMap(([, tags]) => [...tags!.matchAll(/\[([^\]]+)\]/g)].map(([, id]) => id!)));
}

/** The results of one file for one control. */
export interface TestEvidence {
  readonly file: string;
  readonly state: 'passed' | 'failed' | 'skipped' | 'not run';
  readonly cases: number;
}

/** What the last run says of the tests that name a control. One case that failed or was skipped counts for its file. */
export function testEvidence(id: string, files: TestFiles, results: JestReport | undefined): TestEvidence[] {
  const naming = [...files].filter(([, ids]) => ids.has(id)).map(([file]) => file);
  return naming.map((file) => {
    const run = results?.testResults.find(({ name }) => name === file || name.endsWith(`/${file}`));
    const states = (run?.assertionResults ?? [])
      .filter(({ fullName }) => fullName.includes(`[${id}] `))
      .map(({ status }) => status);
    // A file that does not load has no cases.
    const broken = run?.status === 'failed' && run.assertionResults.every(({ status }) => status !== 'failed');
    const state =
      states.includes('failed') || broken
        ? 'failed'
        : states.length === 0
          ? 'not run'
          : states.every((status) => status === 'passed')
            ? 'passed'
            : 'skipped';
    return { file, state, cases: states.length };
  });
}

/** The test files that a run did not reach. */
export const filesNotRun = (files: TestFiles, results: JestReport): string[] =>
  [...files.keys()].filter(
    (file) => !results.testResults.some(({ name }) => name === file || name.endsWith(`/${file}`)),
  );
