import type { Assembly } from './core/assembly.ts';
import { type Finding, missing, type Policy, type PolicyFault } from './core/policy.ts';

export const POLICY_GATE = 'healthcare-ai';

/** Every finding of every policy, in the order of the policies. */
export function evaluate(assembly: Assembly, policies: readonly Policy[]): Finding[] {
  return policies.flatMap((policy) =>
    judge(policy, assembly).map(({ notJudged, ...fault }) => ({
      gate: POLICY_GATE,
      rule: policy.id,
      severity: notJudged ? ('not judged here' as const) : ('error' as const),
      ...fault,
    })),
  );
}

/** A template of a shape that a policy cannot read is refused rather than passed over. */
function judge(policy: Policy, assembly: Assembly): PolicyFault[] {
  try {
    return [...policy.check(assembly)];
  } catch (error) {
    return [missing(`could not judge this template (${(error as Error).message}); correct its shape`)];
  }
}

/** Findings that fail a gate. */
export const failing = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ severity }) => severity !== 'not judged here');
