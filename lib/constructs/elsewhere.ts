import type { Stack } from 'aws-cdk-lib/core';

/** Where a synthesized template lists what exists outside the deployment, for the gates. */
export const ELSEWHERE = 'HealthcareAI::Elsewhere';

/** A resource that the deployment relies on and does not make. */
export interface Elsewhere {
  /** CloudFormation type. */
  readonly type: string;

  /**
   * Physical id, such as `vpc-0123456789abcdef0`.
   *
   * @default - the account has one at most
   */
  readonly id?: string;

  /** Setting that declares it. */
  readonly setting: string;

  /**
   * What the configuration knows about it, named as CloudFormation names its properties.
   *
   * @default - nothing
   */
  readonly properties?: Readonly<Record<string, string>>;
}

/**
 * Declares resources that exist outside the deployment. A gate that would judge them reports "not judged here" instead
 * of a finding, and `npm run ops -- doctor --live` looks at the account.
 */
export function declareElsewhere(stack: Stack, ...resources: readonly Elsewhere[]): void {
  const { metadata = {} } = stack.templateOptions;
  const earlier = (metadata[ELSEWHERE] ?? []) as readonly Elsewhere[];
  stack.templateOptions.metadata = { ...metadata, [ELSEWHERE]: [...earlier, ...resources] };
}
