import type { Assembly } from './assembly.ts';

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
  /** Equals its file's name. */
  readonly id: string;

  /** What must hold and why, in one sentence. */
  readonly description: string;

  readonly check: (assembly: Assembly) => Iterable<PolicyFault>;
}

/** A fault of the assembly as a whole: something that has to exist does not. */
export const missing = (message: string): PolicyFault => ({ template: '', resource: '', property: '', message });

/** A rule that cannot judge, because what it judges exists outside the deployment. */
export const notJudged = (message: string): PolicyFault => ({ ...missing(message), notJudged: true });
