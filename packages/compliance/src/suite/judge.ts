import type { TestReference } from '../control.ts';
import type { SuiteResults } from './results.ts';
import type { TestTitle } from './titles.ts';

/** `missing`: no file declares the test. `not run`: it exists, and the results do not have it. */
export type TestState = 'passed' | 'failed' | 'skipped' | 'not run' | 'missing';

export interface TestEvidence extends TestReference {
  readonly state: TestState;

  /** How many cases the test has in the results; a test over a table has several. */
  readonly cases: number;
}

/** The last result of a test, none where there are no results. */
export function judgeTest(
  reference: TestReference,
  titles: readonly TestTitle[],
  results: SuiteResults | undefined,
): TestEvidence {
  const declared = titles.filter(({ file, name }) => file === reference.file && name === reference.name);
  if (declared.length === 0) return { ...reference, state: 'missing', cases: 0 };
  const file = results?.casesOf(reference.file);
  if (file === undefined) return { ...reference, state: 'not run', cases: 0 };
  const cases = file.cases.filter(({ name }) => declared.some(({ pattern }) => pattern.test(name)));
  const some = (state: string) => cases.some((item) => item.state === state);
  // One case that failed or was left out is not made good by those that passed.
  const state: TestState =
    some('failed') || file.broken ? 'failed' : cases.length === 0 ? 'not run' : some('skipped') ? 'skipped' : 'passed';
  return { ...reference, state, cases: cases.length };
}
