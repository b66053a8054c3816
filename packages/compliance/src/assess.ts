import type { Assembly } from '@healthcare-ai/cloud-policies/core/assembly';
import type { Finding } from '@healthcare-ai/cloud-policies/core/finding';
import type { Control, ControlFamily } from './control.ts';
import { judgeTest, type TestEvidence } from './suite/judge.ts';
import type { SuiteResults } from './suite/results.ts';
import type { TestTitle } from './suite/titles.ts';
import { lookUp, type TemplateEvidence } from './template/look-up.ts';

/** What the rows of a matrix are held against. */
export interface Material {
  readonly assembly: Assembly;

  /** What the gates found in the templates. */
  readonly findings: readonly Finding[];

  /** Ids of the policies that were run. */
  readonly policies: ReadonlySet<string>;

  /** @default - nobody ran the suite */
  readonly results?: SuiteResults;

  /** Whether the results are older than the code that is judged. */
  readonly stale: boolean;
  readonly titles: readonly TestTitle[];

  /** Whether a file or folder of the repository exists. */
  readonly exists: (path: string) => boolean;
}

/**
 * `failed`: something that the row names is not there, or does not hold. `unproven`: nothing failed, and a test was
 * not run, skipped, or run before this commit. `organisation`: nothing in this repository can show it.
 */
export type RowState = 'shown' | 'unproven' | 'failed' | 'organisation';

export interface CodeEvidence {
  readonly path: string;
  readonly exists: boolean;
}

export interface PolicyEvidence {
  readonly id: string;

  /** False where no policy of that name was run. */
  readonly exists: boolean;
  readonly findings: number;
}

export interface Row {
  readonly id: string;
  readonly title: string;
  readonly demand?: Control['demand'];
  readonly how: string;
  readonly state: RowState;

  /** One sentence for each thing that keeps the row from being `shown`. */
  readonly reasons: readonly string[];
  readonly templates: readonly TemplateEvidence[];
  readonly policies: readonly PolicyEvidence[];
  readonly code: readonly CodeEvidence[];
  readonly tests: readonly TestEvidence[];
  readonly suite?: { readonly state: 'passed' | 'failed' | 'not run'; readonly says: string };
  readonly live: NonNullable<Control['live']>;
  readonly organisation?: string;
}

export interface AssessedFamily extends Omit<ControlFamily, 'controls'> {
  readonly rows: readonly Row[];
}

function suiteOf({ results, titles }: Material): Row['suite'] {
  if (results === undefined) return { state: 'not run', says: 'no results of the suite were given' };
  const { passed, failed, skipped, success } = results;
  // A run of some files says nothing of the rest.
  const left = [...new Set(titles.map(({ file }) => file))].filter((file) => results.casesOf(file) === undefined);
  const rest = left.length > 0 ? `, ${left.length} files not run` : '';
  return {
    state: !success || failed > 0 ? 'failed' : left.length > 0 ? 'not run' : 'passed',
    says: `${passed} passed, ${failed} failed, ${skipped} skipped${rest}`,
  };
}

function faultsOf(row: Omit<Row, 'state' | 'reasons'>): string[] {
  return [
    ...row.templates.flatMap(({ judged, holds, says, found }) =>
      !judged || holds
        ? []
        : found.length === 0
          ? [`no such resource: ${says}`]
          : [`does not hold: ${says}; got ${found.map((it) => `${it.logicalId}: ${it.value}`).join('; ')}`],
    ),
    ...row.policies.flatMap(({ id, exists, findings }) =>
      !exists ? [`there is no policy ${id}`] : findings > 0 ? [`policy ${id} has ${findings} findings`] : [],
    ),
    ...row.code.flatMap(({ path, exists }) => (exists ? [] : [`there is no file ${path}`])),
    ...row.tests.flatMap(({ file, name, state }) =>
      state === 'missing'
        ? [`there is no test "${name}" in ${file}`]
        : state === 'failed'
          ? [`test failed: "${name}" in ${file}`]
          : [],
    ),
    ...(row.suite?.state === 'failed' ? [`the suite failed: ${row.suite.says}`] : []),
  ];
}

function doubtsOf(row: Omit<Row, 'state' | 'reasons'>, stale: boolean): string[] {
  const count = (state: string) => row.tests.filter((test) => test.state === state).length;
  const [notRun, skipped] = [count('not run'), count('skipped')];
  const hasResults = row.tests.some(({ state }) => state === 'passed') || row.suite?.state === 'passed';
  return [
    ...(row.suite?.state === 'not run' ? [`the whole suite was not run: ${row.suite.says}`] : []),
    ...(notRun > 0 ? [`${notRun} of its tests not run`] : []),
    ...(skipped > 0 ? [`${skipped} of its tests skipped, whole or in part`] : []),
    ...(stale && hasResults ? ['results are older than the code'] : []),
  ];
}

/** Holds one control against the material. */
export function assess(control: Control, material: Material): Row {
  const { id, title, demand, how, organisation, live = [] } = control;
  const row = {
    ...{ id, title, demand, how, organisation, live },
    templates: (control.templates ?? []).map((selection) => lookUp(material.assembly, selection)),
    policies: (control.policies ?? []).map((policy) => ({
      id: policy,
      exists: material.policies.has(policy),
      findings: material.findings.filter(({ rule }) => rule === policy).length,
    })),
    code: (control.code ?? []).map((path) => ({ path, exists: material.exists(path) })),
    tests: (control.tests ?? []).map((test) => judgeTest(test, material.titles, material.results)),
    suite: control.wholeSuite === true ? suiteOf(material) : undefined,
  };
  const faults = faultsOf(row);
  const doubts = doubtsOf(row, material.stale);
  const evidence = [row.templates, row.policies, row.tests].some((list) => list.length > 0) || row.suite !== undefined;
  const state = faults.length > 0 ? 'failed' : !evidence ? 'organisation' : doubts.length > 0 ? 'unproven' : 'shown';
  return { ...row, state, reasons: [...faults, ...doubts] };
}

export const assessFamilies = (families: readonly ControlFamily[], material: Material): AssessedFamily[] =>
  families.map(({ controls, ...family }) => ({
    ...family,
    rows: controls.map((control) => assess(control, material)),
  }));
