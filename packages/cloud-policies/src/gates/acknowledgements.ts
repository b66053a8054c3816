import type { Finding } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import { isRecord, listOf } from '../core/template.ts';

/** Where a template says which findings of a resource were accepted, and why: a list of `{ id, reason }`. */
export const ACKNOWLEDGED = 'HealthcareAI::Acknowledged';

/** A finding that was accepted in review. A template may repeat it; it cannot add to it. */
export interface ReviewedAcknowledgement {
  /** Rule with its finding in brackets, as cdk-nag prints it. */
  readonly rule: RegExp;

  readonly type: string;

  /** The resource, by logical id. */
  readonly resource: RegExp;
}

/** The acknowledgements that a resource carries. */
export function acknowledgedBy(resource: Resource): { readonly id: string; readonly reason: string }[] {
  return listOf(resource.body.Metadata?.[ACKNOWLEDGED]).flatMap((item) =>
    isRecord(item) ? [{ id: String(item.id), reason: String(item.reason ?? '') }] : [],
  );
}

export const isReviewed = (resource: Resource, id: string, reviewed: readonly ReviewedAcknowledgement[]): boolean =>
  reviewed.some(
    (known) => known.type === resource.type && known.rule.test(id) && known.resource.test(resource.logicalId),
  );

/** What is wrong with the acknowledgements themselves: nobody reviewed them, or they give no reason. */
export function acknowledgementFindings(
  resources: readonly Resource[],
  reviewed: readonly ReviewedAcknowledgement[],
): Finding[] {
  return resources.flatMap((resource) =>
    acknowledgedBy(resource).flatMap(({ id, reason }) => {
      const message = !isReviewed(resource, id, reviewed)
        ? `acknowledges ${id}, which nobody reviewed; fix the finding, or add it to packages/cloud-policies/src/gates/reviewed.ts`
        : reason.length < 40
          ? `acknowledges ${id} without a reason that an auditor could follow; write it`
          : undefined;
      if (message === undefined) return [];
      const fault = resource.fault('Metadata', message);
      return [{ gate: 'acknowledgements', rule: 'reviewed-acknowledgement', severity: 'error' as const, ...fault }];
    }),
  );
}
