import type { Finding } from '@healthcare-ai/cloud-policies';
import type { Control, ControlFamily } from './control.ts';
import { filesNotRun, type JestReport, type TestEvidence, type TestFiles, testEvidence } from './results.ts';

/** What the rows are compared with. */
export interface Material {
  /** Findings of all gates over the templates. */
  readonly findings: readonly Finding[];

  /** Ids of the policies that ran. */
  readonly policies: ReadonlySet<string>;

  /** @default - the suite did not run */
  readonly results?: JestReport;

  /** Whether the code is newer than the results. */
  readonly stale: boolean;
  readonly testFiles: TestFiles;

  /** Whether a file or folder of the repository exists. */
  readonly exists: (path: string) => boolean;
}

/**
 * `failed`: something that the row names is missing or failed. `unproven`: nothing failed, but a test was skipped, not
 * run, or is older than the code. `organisation`: only the organisation that runs the service can show it.
 */
export type RowState = 'shown' | 'unproven' | 'failed' | 'organisation';

export interface Row extends Control {
  readonly state: RowState;

  /** One sentence for each thing that keeps the row from being `shown`. */
  readonly reasons: readonly string[];
  readonly tests: readonly TestEvidence[];

  /** Results of the suite as a whole, where they are the evidence. */
  readonly suite?: string;
}

export interface AssessedFamily extends Omit<ControlFamily, 'controls'> {
  readonly rows: readonly Row[];
}

function suiteOf({ results, testFiles }: Material) {
  if (results === undefined) return { says: 'not run', failed: false, complete: false };
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, success } = results;
  const left = filesNotRun(testFiles, results).length;
  return {
    says: `${passed} passed, ${failed} failed, ${skipped} skipped${left > 0 ? `, ${left} files not run` : ''}`,
    failed: !success || failed > 0,
    complete: left === 0,
  };
}

/** Compares one control with the material. */
export function assess(control: Control, material: Material): Row {
  const { id, policies = [], code = [], see = [], tested = false, wholeSuite = false } = control;
  const { findings, testFiles, results, stale } = material;
  const ids = [...(tested ? [id] : []), ...see];
  const tests = ids.flatMap((each) => testEvidence(each, testFiles, results));
  const suite = wholeSuite ? suiteOf(material) : undefined;
  const count = (state: TestEvidence['state']) => tests.filter((test) => test.state === state).length;
  const found = (policy: string) => findings.filter(({ rule }) => rule === policy).length;
  const failures = [
    ...policies.filter((policy) => !material.policies.has(policy)).map((policy) => `no policy is called ${policy}`),
    ...policies.filter((policy) => found(policy) > 0).map((policy) => `policy ${policy} has ${found(policy)} findings`),
    ...code.filter((path) => !material.exists(path)).map((path) => `${path} does not exist`),
    ...ids
      .filter((each) => testEvidence(each, testFiles, undefined).length === 0)
      .map((each) => `no test names ${each}`),
    ...tests.filter(({ state }) => state === 'failed').map(({ file }) => `a test in ${file} failed`),
    ...(suite?.failed === true ? [`the suite failed: ${suite.says}`] : []),
  ];
  const doubts = [
    ...(suite !== undefined && !suite.complete ? [`the whole suite did not run: ${suite.says}`] : []),
    ...(count('not run') > 0 ? [`the tests in ${count('not run')} files did not run`] : []),
    ...(count('skipped') > 0 ? [`tests in ${count('skipped')} files were skipped`] : []),
    ...(stale && (count('passed') > 0 || suite?.complete === true) ? ['the results are older than the code'] : []),
  ];
  const evidence = policies.length + ids.length > 0 || wholeSuite;
  const state = failures.length > 0 ? 'failed' : !evidence ? 'organisation' : doubts.length > 0 ? 'unproven' : 'shown';
  return { ...control, state, reasons: [...failures, ...doubts], tests, suite: suite?.says };
}

export const assessFamilies = (families: readonly ControlFamily[], material: Material): AssessedFamily[] =>
  families.map(({ controls, ...family }) => ({
    ...family,
    rows: controls.map((control) => assess(control, material)),
  }));
