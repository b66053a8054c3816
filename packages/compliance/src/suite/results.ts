import { readFileSync } from 'node:fs';
import { UsageError } from '@healthcare-ai/ops/errors';
import * as z from 'zod';

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

/** The results of one run of the suite. */
export interface SuiteResults {
  readonly startedAt: Date;
  readonly success: boolean;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;

  /** The cases of a file with their states; undefined where the run did not reach the file. */
  readonly casesOf: (file: string) => FileResults | undefined;
}

export interface FileResults {
  /** Whether the file failed as a whole, before or beside its tests. */
  readonly broken: boolean;
  readonly cases: readonly { readonly name: string; readonly state: 'passed' | 'failed' | 'skipped' }[];
}

const stateOf = (status: string) =>
  status === 'passed' ? 'passed' : status === 'failed' ? 'failed' : ('skipped' as const);

/**
 * Reads a jest report.
 *
 * @throws UsageError when there is no such file, or it is no report of jest
 */
export function readResults(path: string): SuiteResults {
  let parsed: z.infer<typeof report>;
  try {
    parsed = report.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : 'is no report of jest';
    throw new UsageError(`${path} ${why}; make it by npm test -- --json --outputFile=${path}`);
  }
  return {
    startedAt: new Date(parsed.startTime),
    success: parsed.success,
    passed: parsed.numPassedTests,
    failed: parsed.numFailedTests,
    skipped: parsed.numPendingTests,
    casesOf(file) {
      const result = parsed.testResults.find(({ name }) => name === file || name.endsWith(`/${file}`));
      if (result === undefined) return undefined;
      return {
        broken: result.status === 'failed' && result.assertionResults.every(({ status }) => status !== 'failed'),
        cases: result.assertionResults.map(({ fullName, status }) => ({ name: fullName, state: stateOf(status) })),
      };
    },
  };
}
