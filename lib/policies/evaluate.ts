import type { Assembly } from './core/assembly.ts';
import type { Finding, Policy } from './core/finding.ts';

export const POLICY_GATE = 'healthcare-ai';

/** Every finding of every policy, in the order of the policies. */
export function evaluate(assembly: Assembly, policies: readonly Policy[]): Finding[] {
  return policies.flatMap((policy) =>
    [...policy.check(assembly)].map((fault) => ({
      gate: POLICY_GATE,
      rule: policy.id,
      severity: 'error' as const,
      ...fault,
    })),
  );
}
