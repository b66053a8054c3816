import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Assembly, type Finding, failing, type Profile, policiesFor } from '@healthcare-ai/cloud-policies';
import { environmentValues } from '@healthcare-ai/cloud-policies/core/containers';
import { cloudFormationGate } from '@healthcare-ai/cloud-policies/gates/cloudformation';
import { AssemblyReadError, loadAssemblies } from '@healthcare-ai/cloud-policies/gates/load';
import { runGates } from '@healthcare-ai/cloud-policies/gates/run';
import { assessFamilies, type RowState } from './assess.ts';
import { controlFamilies } from './controls/index.ts';
import { holds, htmlOf, type Matrix, textOf } from './report.ts';
import { EvidenceInputError, readReport, readTestFiles } from './results.ts';
import { type Revision, revisionOf } from './revision.ts';

export interface EvidenceProps {
  readonly stage: string;

  /** Folder with the synthesized templates of the stage, and of no other. */
  readonly templates: string;

  /** What the gates compare the templates with. */
  readonly profile: Profile;

  /** The repository. */
  readonly root: string;

  /** A report of jest. @default out/test-results.json where it exists */
  readonly results?: string;

  /** Folder for the HTML page and the JSON document. */
  readonly out: string;
  readonly now: Date;
}

export interface Evidence {
  readonly document: Matrix;
  readonly text: string;

  /** The files that were written: HTML, then JSON. */
  readonly files: readonly string[];

  /** Whether no row failed and the gates found nothing. */
  readonly holds: boolean;
}

const USUAL_RESULTS = 'out/test-results.json';

/** Whether the code is newer than the results: a later commit, or an uncommitted change. */
const isStale = (startedAt: number, { committedAt, changedAt }: Revision): boolean =>
  [committedAt, changedAt].some((time) => time !== undefined && startedAt < time.getTime());

/** Runs all gates over the templates of a stage. @throws EvidenceInputError for templates of another stage, or of several */
function gatesOver({ templates, stage, profile }: EvidenceProps): {
  readonly templates: number;
  readonly findings: Finding[];
} {
  const [loaded, ...more] = readTemplates(templates);
  if (loaded === undefined || more.length > 0)
    throw new EvidenceInputError(`${templates} has the templates of ${more.length + 1} stages. Name the folder of one`);
  const other = environmentValues(new Assembly(loaded.templates), 'STAGE').find((name) => name !== stage);
  if (other !== undefined)
    throw new EvidenceInputError(
      `${templates} has the templates of ${other}. Give --stage ${other}, or another folder`,
    );
  const cloudFormation = cloudFormationGate();
  try {
    return { templates: loaded.templates.length, findings: failing(runGates(loaded, profile, cloudFormation)) };
  } finally {
    cloudFormation.dispose();
  }
}

function readTemplates(folder: string) {
  try {
    return loadAssemblies(folder);
  } catch (error) {
    throw error instanceof AssemblyReadError ? new EvidenceInputError(error.message) : error;
  }
}

/**
 * Compares every control with gates, code and test results, and writes the matrix.
 *
 * @throws EvidenceInputError for templates or results that cannot be used
 */
export function runEvidence(props: EvidenceProps): Evidence {
  const { root, stage, profile, out, now } = props;
  const usual = join(root, USUAL_RESULTS);
  const path = props.results ?? (existsSync(usual) ? usual : undefined);
  const results = path === undefined ? undefined : readReport(path);
  const { templates, findings } = gatesOver(props);
  const policies = policiesFor(profile).map(({ id }) => id);
  const revision = revisionOf(root);
  const stale = results !== undefined && isStale(results.startTime, revision);
  const families = assessFamilies(controlFamilies, {
    findings,
    policies: new Set(policies),
    results,
    stale,
    testFiles: readTestFiles(root),
    exists: (file) => existsSync(join(root, file)) && statSync(join(root, file)).size > 0,
  });
  const count = (state: RowState) => families.flatMap(({ rows }) => rows).filter((row) => row.state === state).length;
  const document: Matrix = {
    stage,
    madeAt: now.toISOString(),
    revision: {
      commit: revision.commit,
      committedAt: revision.committedAt?.toISOString(),
      changed: revision.changed,
    },
    gates: { templates, policies: policies.length, findings },
    suite: results && {
      startedAt: new Date(results.startTime).toISOString(),
      passed: results.numPassedTests,
      failed: results.numFailedTests,
      skipped: results.numPendingTests,
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
  const files = ['html', 'json'].map((kind) => join(out, `controls-${stage}.${kind}`));
  mkdirSync(out, { recursive: true });
  writeFileSync(files[0]!, htmlOf(document));
  writeFileSync(files[1]!, `${JSON.stringify(document, undefined, 2)}\n`);
  return { document, text: textOf(document), files, holds: holds(document) };
}
