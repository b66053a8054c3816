import type { OpsContext } from '../context.ts';
import type { StackArtifact } from './assembly.ts';

/** What the steps of a deploy share. */
export interface DeployContext extends OpsContext {
  readonly profile?: string;

  /** Folder of the assembly that is deployed. */
  readonly assembly: string;

  /** Its stacks, each after those that it needs. Read when the templates are there. */
  stacks(): readonly StackArtifact[];

  /** Runs `cdk deploy`; tests put another in its place. */
  readonly cdkDeploy: typeof import('./cdk.ts').cdkDeploy;
}
