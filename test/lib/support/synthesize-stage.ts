import { App } from 'aws-cdk-lib/core';
import { loadStages } from '../../../lib/config/load.ts';
import { stages } from '../../../lib/config/stages.ts';
import { HealthcareAiStage } from '../../../lib/stage.ts';
import { contextOf } from '../../../lib/synthesize.ts';
import type { StackTemplate } from './stage.ts';

export interface Synthesized {
  /** By stack id. */
  readonly templates: Readonly<Record<string, StackTemplate>>;
  readonly protectedStacks: readonly string[];
}

/** A stage and its templates. @param overrides dot-separated keys, as `-c` gives them */
export function synthesizeStage(
  name: string,
  overrides: Readonly<Record<string, unknown>>,
): Synthesized & { readonly stage: HealthcareAiStage } {
  const app = new App({ context: contextOf('cdk.json'), analyticsReporting: false });
  const [config] = loadStages(stages, [name], overrides);
  const stage = new HealthcareAiStage(app, config!);
  // The id of a stack of the stage: `prod/network` is `network`.
  const idOf = ({ hierarchicalId }: { readonly hierarchicalId: string }) => hierarchicalId.split('/')[1]!;
  const { stacks } = stage.synth();
  return {
    stage,
    templates: Object.fromEntries(stacks.map((stack) => [idOf(stack), stack.template])),
    protectedStacks: stacks.filter((stack) => stack.terminationProtection).map(idOf),
  };
}
