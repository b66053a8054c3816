import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TemplateBody } from '@healthcare-ai/cloud-policies';
import { UsageError } from '../errors.ts';

/** A stack of a synthesized stage. */
export interface StackArtifact {
  /** How `cdk deploy` names it: `dev/audit`. */
  readonly id: string;

  /** Its last part: `audit`. */
  readonly part: string;

  /** Name in CloudFormation. */
  readonly name: string;
  readonly region: string;
  readonly template: TemplateBody;
}

interface Manifest {
  readonly artifacts: Readonly<Record<string, Artifact>>;
}

interface Artifact {
  readonly type: string;
  readonly displayName?: string;
  readonly environment?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: { readonly stackName?: string; readonly templateFile?: string };
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/**
 * The stacks of a stage, each after those that it needs.
 *
 * @param folder what `npm run synth` wrote for the stage
 * @throws UsageError when there is no such stage in it
 */
export function stacksOf(folder: string, stage: string): StackArtifact[] {
  const refusal = (why: string) =>
    new UsageError(`${folder} holds no templates of ${stage} (${why}); npm run synth -- ${stage} makes them`);
  let artifacts: Manifest['artifacts'];
  try {
    ({ artifacts } = read(join(folder, 'manifest.json')) as Manifest);
  } catch (error) {
    throw refusal((error as NodeJS.ErrnoException).code ?? 'not JSON');
  }
  const ordered: StackArtifact[] = [];
  const taken = new Set<string>();
  const visit = (key: string): void => {
    const artifact = artifacts[key];
    if (taken.has(key) || artifact?.type !== 'aws:cloudformation:stack') return;
    taken.add(key);
    artifact.dependencies?.forEach(visit);
    const id = artifact.displayName ?? key;
    ordered.push({
      id,
      part: id.split('/').at(-1)!,
      name: artifact.properties?.stackName ?? key,
      region: artifact.environment?.split('/').at(-1) ?? '',
      template: read(join(folder, artifact.properties!.templateFile!)) as TemplateBody,
    });
  };
  Object.keys(artifacts).forEach(visit);
  const ofStage = ordered.filter(({ id }) => id.startsWith(`${stage}/`));
  if (ofStage.length === 0) throw refusal('those of another stage');
  return ofStage;
}
