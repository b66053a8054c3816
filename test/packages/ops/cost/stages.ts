import { assume } from '@healthcare-ai/ops/cost/assumptions';
import { type Count, count, type Sum, sums } from '@healthcare-ai/ops/cost/count';
import { loadStages } from '../../../../lib/config/load.ts';
import { stages } from '../../../../lib/config/stages.ts';
import { contextOf } from '../../../../lib/context.ts';
import { type StackTemplate, templatesOf } from '../../../../lib/synth/templates.ts';

/** A synth takes a second, and the same stages are looked at again and again. */
const made = new Map<string, readonly StackTemplate[]>();

/** The stacks of a stage. @param overrides dot-separated keys, as `-c` gives them */
export function stacksOf(stage: string, overrides: Readonly<Record<string, unknown>> = {}): readonly StackTemplate[] {
  const id = JSON.stringify([stage, overrides]);
  const [config] = loadStages(stages, [stage], overrides);
  const stacks = made.get(id) ?? templatesOf(config!, contextOf('cdk.json'));
  made.set(id, stacks);
  return stacks;
}

/** What a stage uses, with the assumptions as they are or with some replaced. */
export const countOf = (
  stage: string,
  overrides: Readonly<Record<string, unknown>> = {},
  assumed: Readonly<Record<string, string>> = {},
): Count => count(stacksOf(stage, overrides), assume(assumed));

/** What is used of one meter, in all regions. @throws Error when nothing is */
export function used({ lines }: Count, meter: string): Sum {
  const [found, ...more] = sums(lines).filter((sum) => sum.meter === meter);
  if (found === undefined || more.length > 0)
    throw new Error(`${meter} is used in ${more.length + (found ? 1 : 0)} regions`);
  return found;
}
