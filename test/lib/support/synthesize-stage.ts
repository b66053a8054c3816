import { App } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { loadStages } from '../../../lib/config/load.ts';
import { stages } from '../../../lib/config/stages.ts';
import { addStacks } from '../../../lib/stage.ts';
import { contextOf } from '../../../lib/synthesize.ts';
import type { StackTemplate } from './stage.ts';

export interface Synthesized {
  /** By stack id. */
  readonly templates: Readonly<Record<string, StackTemplate>>;
  readonly protectedStacks: readonly string[];
}

/** The templates of a stage. @param overrides dot-separated keys, as `-c` gives them */
export function synthesizeStage(
  name: string,
  overrides: Readonly<Record<string, unknown>>,
): Synthesized & { readonly app: App } {
  const app = new App({ context: contextOf('cdk.json'), analyticsReporting: false });
  const [config] = loadStages(stages, [name], overrides);
  addStacks(new Construct(app, name), config!);
  // The id of a stack of the stage: `prod/network` is `network`.
  const idOf = ({ hierarchicalId }: { readonly hierarchicalId: string }) => hierarchicalId.split('/')[1]!;
  const { stacks } = app.synth();
  return {
    app,
    templates: Object.fromEntries(stacks.map((stack) => [idOf(stack), stack.template])),
    protectedStacks: stacks.filter((stack) => stack.terminationProtection).map(idOf),
  };
}
