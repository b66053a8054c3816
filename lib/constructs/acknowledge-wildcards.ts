import type * as iam from 'aws-cdk-lib/aws-iam';
import { Validations } from 'aws-cdk-lib/core';
import { rules } from 'cdk-nag';
import { recordAcknowledgement } from './acknowledge.ts';

const covers = (finding: string, ending: string): boolean =>
  ending === '*' ? finding === 'Resource::*' : finding.endsWith(ending);

/**
 * Accepts the `AwsSolutions-IAM5` findings of a policy whose resources end as given, and no others.
 *
 * cdk-nag names a finding by the resolved ARN, which is known only after references between stacks are: hence the
 * validation hook, which runs then and finds no fault itself.
 */
export function acknowledgeWildcards(policy: iam.CfnManagedPolicy, reasons: Readonly<Record<string, string>>): void {
  if (Object.keys(reasons).length === 0) return;
  policy.node.addValidation({
    validate: () => {
      const findings = rules.iam.IAMNoWildcardPermissions(policy);
      for (const finding of Array.isArray(findings) ? findings : []) {
        const reason = Object.entries(reasons).find(([ending]) => covers(finding, ending))?.[1];
        if (reason === undefined) continue;
        const id = `AwsSolutions-IAM5[${finding}]`;
        Validations.of(policy).acknowledge({ id, reason });
        recordAcknowledgement(policy, { id, reason });
      }
      return [];
    },
  });
}
