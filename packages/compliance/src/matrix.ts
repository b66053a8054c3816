import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { policies } from '@healthcare-ai/cloud-policies';
import { Assembly } from '@healthcare-ai/cloud-policies/core/assembly';
import type { Finding } from '@healthcare-ai/cloud-policies/core/finding';
import { environmentValues } from '@healthcare-ai/cloud-policies/core/stage';
import { cloudFormationGate } from '@healthcare-ai/cloud-policies/gates/cloudformation';
import { loadAssemblies } from '@healthcare-ai/cloud-policies/gates/load';
import { reviewedAcknowledgements } from '@healthcare-ai/cloud-policies/gates/reviewed';
import { runGates } from '@healthcare-ai/cloud-policies/gates/run';
import { UsageError } from '@healthcare-ai/ops/errors';
import { type AssessedFamily, assessFamilies, type RowState } from './assess.ts';
import { controlFamilies } from './controls/index.ts';
import type { Revision } from './revision.ts';
import type { SuiteResults } from './suite/results.ts';
import { titlesBelow } from './suite/titles.ts';

/** What the matrix is made of. */
export interface MatrixProps {
  readonly stage: string;

  /** The repository. */
  readonly root: string;

  /** Folder with the templates of the stage, and of no other. */
  readonly templates: string;

  /** @default - the suite was not run */
  readonly results?: SuiteResults;
  readonly revision: Revision;
  readonly madeAt: Date;
}

/** The whole report: what JSON holds, and HTML shows. */
export interface Matrix {
  readonly stage: string;
  readonly madeAt: string;
  readonly revision: { readonly commit?: string; readonly committedAt?: string; readonly changed: boolean };
  readonly templates: number;
  readonly policyReport: { readonly policies: number; readonly findings: readonly Finding[] };
  readonly suite?: {
    readonly startedAt: string;
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
    readonly stale: boolean;
  };
  readonly counts: Readonly<Record<RowState, number>>;
  readonly families: readonly AssessedFamily[];
}

/** Whether the code is newer than the results: by its commit, or by a change that was not committed. */
const isStale = (results: SuiteResults | undefined, { committedAt, changedAt }: Revision): boolean =>
  results !== undefined && [committedAt, changedAt].some((time) => time !== undefined && results.startedAt < time);

/** @throws UsageError when the templates are those of another stage than the report would name */
function requireStage(assembly: Assembly, stage: string, folder: string): void {
  const other = environmentValues(assembly, 'STAGE').find((name) => name !== stage);
  if (other !== undefined)
    throw new UsageError(`${folder} has the templates of ${other}; give --stage ${other}, or another folder`);
}

/**
 * Holds every control against the templates, the code, the tests and their results.
 *
 * @throws UsageError when the folder has no templates, or those of several stages
 */
export function makeMatrix({ stage, root, templates, results, revision, madeAt }: MatrixProps): Matrix {
  const assemblies = loadAssemblies(templates);
  const [loaded] = assemblies;
  if (loaded === undefined || assemblies.length > 1) {
    throw new UsageError(`${templates} has the templates of ${assemblies.length} stages; name the folder of one`);
  }
  const assembly = new Assembly(loaded.templates);
  requireStage(assembly, stage, templates);
  const cloudFormation = cloudFormationGate();
  const findings = runGates(loaded, { policies, reviewed: reviewedAcknowledgements, cloudFormation });
  cloudFormation.dispose();
  const stale = isStale(results, revision);
  const families = assessFamilies(controlFamilies, {
    assembly,
    findings,
    policies: new Set(policies.map(({ id }) => id)),
    results,
    stale,
    titles: titlesBelow(root),
    exists: (path) => existsSync(join(root, path)) && statSync(join(root, path)).size > 0,
  });
  const count = (state: RowState) => families.flatMap(({ rows }) => rows).filter((row) => row.state === state).length;
  return {
    stage,
    madeAt: madeAt.toISOString(),
    revision: {
      commit: revision.commit,
      committedAt: revision.committedAt?.toISOString(),
      changed: revision.changed,
    },
    templates: loaded.templates.length,
    policyReport: { policies: policies.length, findings },
    suite: results && {
      startedAt: results.startedAt.toISOString(),
      passed: results.passed,
      failed: results.failed,
      skipped: results.skipped,
      stale,
    },
    counts: {
      shown: count('shown'),
      unproven: count('unproven'),
      failed: count('failed'),
      organisation: count('organisation'),
    },
    families,
  };
}

/** Whether the evidence holds: no row failed, and the gates found nothing. */
export const holds = ({ counts, policyReport }: Matrix): boolean =>
  counts.failed === 0 && policyReport.findings.length === 0;
