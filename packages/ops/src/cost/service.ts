import type { Json, StackTemplate } from '@healthcare-ai/lib/synth/templates';
import type { Assumptions } from './assumptions.ts';
import type { Meter, Usage } from './meter.ts';

/** What a counter is told beside the resource. */
export interface CountContext {
  readonly assume: Assumptions;

  /** All stacks of the stage. */
  readonly stacks: readonly StackTemplate[];

  /** The stack of the resource. */
  readonly stack: StackTemplate;

  /** Logical id of the resource. */
  readonly logicalId: string;

  /** Fewest and most tasks of the service, from its scaling. */
  readonly tasks: { readonly min: number; readonly max: number };
}

/** What one resource uses in a month. @throws UncountableError when its properties are of a kind that is not known here */
export type Counter = (properties: Readonly<Record<string, Json>>, context: CountContext) => readonly Usage[];

/** A service of AWS: its meters by id, and how its resources are counted, by their type. */
export interface CostedService {
  readonly meters: Readonly<Record<string, Meter>>;
  readonly counters: Readonly<Record<string, Counter>>;
}

/** A resource whose type is known and whose use is not. */
export class UncountableError extends Error {
  override readonly name = 'UncountableError';
}

/** Resources of a type in all stacks. */
export const resourcesOf = (stacks: readonly StackTemplate[], type: string): Readonly<Record<string, Json>>[] =>
  stacks.flatMap(({ resources }) =>
    Object.values(resources)
      .filter((resource) => resource.Type === type)
      .map(({ Properties }) => Properties ?? {}),
  );

export const GB = 1e9;
