import { isDeepStrictEqual } from 'node:util';
import { OpsFailure } from '../errors.ts';
import type { StackArtifact } from './assembly.ts';
import type { DeployContext } from './context.ts';
import { deployedTemplate } from './stack-state.ts';

/** An output that a template reads by `Fn::GetStackOutput`. */
export interface ReadOutput {
  readonly stack: string;
  readonly output: string;
}

/** Outputs of other stacks that a template reads. */
export function outputsReadBy(template: unknown): ReadOutput[] {
  if (typeof template !== 'object' || template === null) return [];
  const { StackName: stack, OutputName: output } = ((template as Record<string, unknown>)['Fn::GetStackOutput'] ??
    {}) as {
    readonly StackName?: unknown;
    readonly OutputName?: unknown;
  };
  const own = typeof stack === 'string' && typeof output === 'string' ? [{ stack, output }] : [];
  return [...own, ...Object.values(template).flatMap(outputsReadBy)];
}

/**
 * CloudFormation reads an output of another stack when it updates the stack that reads it, and an unchanged template is
 * not updated: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html
 *
 * @throws OpsFailure when a new template replaces a resource that a stack with an unchanged template reads
 */
export async function checkReplacedOutputs(context: DeployContext): Promise<void> {
  const stacks = context.stacks();
  const deployed = new Map<string, unknown>();
  for (const { name, region } of stacks) {
    const template = await deployedTemplate(context.clientsOf(region).cloudFormation, name);
    if (template !== undefined) deployed.set(name, template);
  }
  const changed = ({ name, template }: StackArtifact) => !isDeepStrictEqual(deployed.get(name), template);
  const readers = stacks.filter((stack) => deployed.has(stack.name) && !changed(stack));
  for (const producer of stacks.filter((stack) => deployed.has(stack.name) && changed(stack))) {
    const replaced = await replacedIn(deployed.get(producer.name), producer.template);
    for (const reader of readers) {
      for (const { stack, output } of outputsReadBy(reader.template)) {
        const value = stack === producer.name && JSON.stringify(producer.template.Outputs?.[output]?.Value);
        const resource = value ? replaced.find((id) => value.includes(`"${id}"`)) : undefined;
        if (resource === undefined) continue;
        throw new OpsFailure(
          `The new template of ${producer.part} replaces ${resource}, which ${reader.part} uses. The template of ${reader.part} does not change, so CloudFormation would keep the old one in it. Give the new resource another construct id, which changes both templates. Nothing was changed.`,
        );
      }
    }
  }
}

/** Logical ids that CloudFormation replaces with an update. */
async function replacedIn(before: unknown, after: unknown): Promise<string[]> {
  const { fullDiff, ResourceImpact } = await import('@aws-cdk/cloudformation-diff');
  const found: string[] = [];
  fullDiff(before as object, after as object).resources.forEachDifference((id, change) => {
    if (change.changeImpact === ResourceImpact.WILL_REPLACE) found.push(id);
  });
  return found;
}
