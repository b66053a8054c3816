import type { StackTemplate } from '@healthcare-ai/lib/synth/templates';
import type { Assumptions } from './assumptions.ts';
import { freeTypes } from './free.ts';
import type { Usage } from './meter.ts';
import { resourcesOf, UncountableError } from './service.ts';
import { counters, meters } from './services/index.ts';

/** What one resource uses, and where it stands. */
export interface Line extends Required<Usage> {
  readonly region: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
}

/** What a stage uses in a month. */
export interface Count {
  readonly lines: readonly Line[];

  /** Resources that are free, by type. */
  readonly free: Readonly<Record<string, number>>;

  /** Resources of which nothing is known here, each with why: they may cost. */
  readonly unknown: readonly string[];
}

/** Counts what the templates of a stage use. Nothing is left out: a resource has lines, or is free, or is unknown. */
export function count(stacks: readonly StackTemplate[], assume: Assumptions): Count {
  const targets = resourcesOf(stacks, 'AWS::ApplicationAutoScaling::ScalableTarget');
  const sum = (end: 'MinCapacity' | 'MaxCapacity') => targets.reduce((total, target) => total + target[end], 0);
  const tasks = { min: sum('MinCapacity'), max: sum('MaxCapacity') };
  const lines: Line[] = [];
  const free: Record<string, number> = {};
  const unknown: string[] = [];
  for (const stack of stacks) {
    for (const [logicalId, { Type: type, Properties = {} }] of Object.entries(stack.resources)) {
      const where = { region: stack.region, stack: stack.id, logicalId, type };
      const counter = counters[type];
      if (counter === undefined) {
        if (type in freeTypes) free[type] = (free[type] ?? 0) + 1;
        else unknown.push(`${stack.id}/${logicalId}: ${type}`);
        continue;
      }
      try {
        for (const { meter, low, high = low, how } of counter(Properties, {
          assume,
          stacks,
          stack,
          logicalId,
          tasks,
        })) {
          if (!(meter in meters)) throw new Error(`${type} counts ${meter}, which is no meter`);
          lines.push({ meter, low, high, how, ...where });
        }
      } catch (error) {
        if (!(error instanceof UncountableError)) throw error;
        unknown.push(`${stack.id}/${logicalId}: ${type}, ${error.message}`);
      }
    }
  }
  return { lines, free, unknown };
}

/** What is used of one meter in one region. */
export interface Sum {
  readonly meter: string;
  readonly region: string;
  readonly low: number;
  readonly high: number;

  /** How many resources use it. */
  readonly resources: number;

  /** The ways in which it comes about, each once. */
  readonly how: readonly string[];
}

/** Adds up lines by meter and region, in the order of the meters. */
export function sums(lines: readonly Line[]): Sum[] {
  const regions = [...new Set(lines.map(({ region }) => region))];
  return Object.keys(meters).flatMap((meter) =>
    regions.flatMap((region) => {
      const of = lines.filter((line) => line.meter === meter && line.region === region);
      if (of.length === 0) return [];
      const add = (end: 'low' | 'high') => of.reduce((total, line) => total + line[end], 0);
      return {
        meter,
        region,
        low: add('low'),
        high: add('high'),
        resources: of.length,
        how: [...new Set(of.map(({ how }) => how))],
      };
    }),
  );
}
