import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError as GatesUsageError } from '@healthcare-ai/cloud-policies/gates/load';
import { loadStages } from '@healthcare-ai/lib/config/load';
import { stages } from '@healthcare-ai/lib/config/stages';
import { contextOf } from '@healthcare-ai/lib/context';
import { UsageError } from '@healthcare-ai/ops/errors';
import type { Matrix } from './matrix.ts';
import { htmlOf } from './report/html.ts';
import { textOf } from './report/text.ts';
import { revisionOf } from './revision.ts';
import { readResults } from './suite/results.ts';

export interface EvidenceProps {
  /** The repository. */
  readonly root: string;
  readonly stage: string;

  /** Settings in place of those of lib/config/stages.ts; @default none */
  readonly overrides?: Readonly<Record<string, unknown>>;

  /** @default - the stage is synthesized into a temporary folder */
  readonly templates?: string;

  /** @default out/test-results.json where it exists */
  readonly results?: string;

  /** Folder for the HTML and the JSON; made where there is none. */
  readonly out: string;
  readonly now: Date;
  readonly progress: (text: string) => void;
}

export interface Evidence {
  readonly document: Matrix;
  readonly text: string;

  /** The files that were written: HTML, then JSON. */
  readonly files: readonly string[];
  readonly holds: boolean;
}

const USUAL_RESULTS = 'out/test-results.json';

async function withTemplates<T>(props: EvidenceProps, use: (folder: string) => T): Promise<T> {
  const [config] = loadStages(stages, [props.stage], props.overrides);
  if (props.templates !== undefined) return use(props.templates);
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-evidence-'));
  try {
    props.progress(`Synthesizing ${props.stage}`);
    const { synthesize } = await import('@healthcare-ai/lib/synth/synthesize');
    synthesize({ config: config!, folder, context: contextOf(join(props.root, 'cdk.json')) });
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Makes the matrix and writes it.
 *
 * @throws ConfigurationError for an unknown stage; UsageError for templates or results that cannot be read
 */
export async function runEvidence(props: EvidenceProps): Promise<Evidence> {
  const usual = join(props.root, USUAL_RESULTS);
  const path = props.results ?? (existsSync(usual) ? usual : undefined);
  const results = path === undefined ? undefined : readResults(path);
  const { makeMatrix, holds } = await import('./matrix.ts');
  const { root, stage, now } = props;
  try {
    const document = await withTemplates(props, (templates) => {
      props.progress(`Holding the controls of ${stage} against templates, gates, code and tests`);
      return makeMatrix({ stage, root, templates, results, revision: revisionOf(root), madeAt: now });
    });
    const files = ['html', 'json'].map((kind) => join(props.out, `controls-${stage}.${kind}`));
    mkdirSync(props.out, { recursive: true });
    writeFileSync(files[0]!, htmlOf(document));
    writeFileSync(files[1]!, `${JSON.stringify(document, undefined, 2)}\n`);
    return { document, text: textOf(document), files, holds: holds(document) };
  } catch (error) {
    if (error instanceof GatesUsageError) throw new UsageError(error.message);
    throw error;
  }
}
