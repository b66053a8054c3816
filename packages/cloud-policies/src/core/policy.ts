import { type Assembly, isTrue, numberOf, type Resource } from './assembly.ts';
import { isRecord, show, type Value } from './template.ts';

/** One fault that a gate found. */
export interface Finding {
  /** Which gate spoke: our own policies, CloudFormation's validation, or a cdk-nag pack. */
  readonly gate: string;

  readonly rule: string;
  /** `not judged here`: only the account has the answer. It is listed, and fails no gate. */
  readonly severity: 'error' | 'warning' | 'not judged here';

  /** Template name; empty for a fault of the assembly as a whole. */
  readonly template: string;

  /** Logical id, or a section such as `Outputs`; empty for a fault of the whole template. */
  readonly resource: string;

  /** Property path below `Properties`, dot-separated; empty for the whole resource. */
  readonly property: string;

  /** What was got and what to do, on one line. */
  readonly message: string;
}

/** What a policy yields; who spoke is added by `evaluate`. */
export type PolicyFault = Omit<Finding, 'gate' | 'rule' | 'severity'> & { readonly notJudged?: true };

/** One rule: a pure function over every template of a deployment. */
export interface Policy {
  readonly id: string;

  /** What must hold and why, in one sentence. */
  readonly description: string;

  readonly check: (assembly: Assembly) => Iterable<PolicyFault>;
}

/** A fault of the assembly as a whole: something that has to exist does not. */
export const missing = (message: string): PolicyFault => ({ template: '', resource: '', property: '', message });

/** A rule that cannot judge, because what it judges exists outside the deployment. */
export const notJudged = (message: string): PolicyFault => ({ ...missing(message), notJudged: true });

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

export type Requirements = { readonly [path: string]: Requirement };

/** The faults of one resource against a table of requirements. */
export function* unmet(resource: Resource, requirements: Requirements): Generator<PolicyFault> {
  for (const [path, { expected, holds }] of Object.entries(requirements)) {
    const value = resource.get(path);
    if (!holds(value, resource)) yield resource.fault(path, `got ${show(value)}; use ${expected}`);
  }
}

/** A policy that judges every resource of some types by itself. */
export function resourcePolicy(props: {
  readonly id: string;
  readonly description: string;
  readonly types: readonly string[];
  readonly check: (resource: Resource) => Iterable<PolicyFault>;
}): Policy {
  return {
    id: props.id,
    description: props.description,
    *check(assembly) {
      for (const resource of assembly.resources(...props.types)) yield* props.check(resource);
    },
  };
}

/** A policy that is a table: properties that every resource of some types must have. */
export const propertyPolicy = ({
  require,
  where = () => true,
  ...props
}: Omit<Parameters<typeof resourcePolicy>[0], 'check'> & {
  readonly require: Requirements;
  /** @default - every resource of the types */
  readonly where?: (resource: Resource) => boolean;
}): Policy => resourcePolicy({ ...props, check: (resource) => (where(resource) ? unmet(resource, require) : []) });
