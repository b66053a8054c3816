import type { Policy, PolicyFault } from './finding.ts';
import { isTrue, numberOf, type Resource } from './resource.ts';
import { isRecord, show, type Value } from './template.ts';

/** What one property must be. */
export interface Requirement {
  /** Completes "use ..." in a message. */
  readonly expected: string;

  readonly holds: (value: Value, resource: Resource) => boolean;
}

export const equals = (...allowed: readonly (string | number | boolean)[]): Requirement => ({
  expected: allowed.map((value) => show(value)).join(' or '),
  holds: (value) =>
    (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') &&
    allowed.some((item) => String(item) === String(value)),
});

export const on: Requirement = { expected: 'true', holds: isTrue };

/** Absent or false: for switches that default to off. */
export const off: Requirement = {
  expected: 'false, or leave it out',
  holds: (value) => value === undefined || value === false || value === 'false',
};

export const absent: Requirement = { expected: 'nothing: remove it', holds: (value) => value === undefined };

export const present: Requirement = {
  expected: 'a value',
  holds: (value) =>
    value !== undefined &&
    value !== null &&
    value !== '' &&
    !(Array.isArray(value) && value.length === 0) &&
    !(isRecord(value) && Object.keys(value).length === 0),
};

export const between = (low: number, high: number): Requirement => ({
  expected: high === Number.POSITIVE_INFINITY ? `${low} or more` : `${low} to ${high}`,
  holds: (value) => numberOf(value) >= low && numberOf(value) <= high,
});

export const atLeast = (low: number): Requirement => between(low, Number.POSITIVE_INFINITY);

/** A customer managed key of this deployment, by reference; an alias/aws key or a bare name is not one. */
export const customerKey: Requirement = {
  expected: 'the ARN of a customer managed key of this deployment',
  holds: (value, resource) => resource.follow(value)?.type === 'AWS::KMS::Key',
};

export const refersTo = (...types: readonly string[]): Requirement => ({
  expected: `a reference to ${types.join(' or ')}`,
  holds: (value, resource) => types.includes(resource.follow(value)?.type ?? ''),
});

export const matches = (pattern: RegExp, expected: string): Requirement => ({
  expected,
  holds: (value, resource) => pattern.test(resource.render(value)),
});

/** What `requirement` says, or nothing at all. */
export const optional = (requirement: Requirement): Requirement => ({
  expected: `${requirement.expected}, or leave it out`,
  holds: (value, resource) => value === undefined || requirement.holds(value, resource),
});

/** A list of at least `count` items, each of which holds. */
export const listWith = (count: number, each: Requirement): Requirement => ({
  expected: `at least ${count} of: ${each.expected}`,
  holds: (value, resource) =>
    Array.isArray(value) && value.length >= count && value.every((item) => each.holds(item, resource)),
});

export type Requirements = { readonly [path: string]: Requirement };

/** The faults of one resource against a table of requirements. */
export function* unmet(resource: Resource, requirements: Requirements): Generator<PolicyFault> {
  for (const [path, { expected, holds }] of Object.entries(requirements)) {
    const value = resource.get(path);
    if (!holds(value, resource)) yield resource.fault(path, `got ${show(value)}; use ${expected}`);
  }
}

/** A policy that is a table: properties that every resource of some types must have. */
export function propertyPolicy(props: {
  readonly id: string;
  readonly description: string;
  readonly types: readonly string[];
  readonly require: Requirements;
  /** @default - every resource of the types */
  readonly where?: (resource: Resource) => boolean;
}): Policy {
  return {
    id: props.id,
    description: props.description,
    *check(assembly) {
      for (const resource of assembly.resources(...props.types)) {
        if (props.where?.(resource) ?? true) yield* unmet(resource, props.require);
      }
    },
  };
}
