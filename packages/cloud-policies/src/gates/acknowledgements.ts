import type { Resource } from '../core/assembly.ts';
import type { Finding } from '../core/policy.ts';
import { isDisposable } from '../core/stage.ts';
import { isRecord, listOf } from '../core/template.ts';
import type { ReviewedAcknowledgement } from '../profile/acknowledgements.ts';
import type { Profile } from '../profile/profile.ts';

/** The acknowledgements that a resource carries. */
export function acknowledgedBy(
  resource: Resource,
  { contract }: Pick<Profile, 'contract'>,
): { readonly id: string; readonly reason: string }[] {
  return listOf(resource.body.Metadata?.[contract.acknowledgedMetadata]).flatMap((item) =>
    isRecord(item) ? [{ id: String(item.id), reason: String(item.reason ?? '') }] : [],
  );
}

export const isReviewed = (resource: Resource, id: string, reviewed: readonly ReviewedAcknowledgement[]): boolean =>
  reviewed.some(
    (known) =>
      known.type === resource.type &&
      known.rule.test(id) &&
      known.resource.test(resource.logicalId) &&
      (known.disposable === undefined || isDisposable(resource.assembly)),
  );

/** Faults of the acknowledgements themselves: not reviewed, or without a reason. */
export function acknowledgementFindings(
  resources: readonly Resource[],
  profile: Pick<Profile, 'contract' | 'acknowledgements'>,
): Finding[] {
  return resources.flatMap((resource) =>
    acknowledgedBy(resource, profile).flatMap(({ id, reason }) => {
      const message = !isReviewed(resource, id, profile.acknowledgements)
        ? `acknowledges ${id}, which is not reviewed; fix the finding, or add it to packages/cloud-policies/src/profile/acknowledgements.ts`
        : reason.length < 40
          ? `acknowledges ${id} without a reason that an auditor could follow; write it`
          : undefined;
      if (message === undefined) return [];
      const fault = resource.fault('Metadata', message);
      return [{ gate: 'acknowledgements', rule: 'reviewed-acknowledgement', severity: 'error' as const, ...fault }];
    }),
  );
}
