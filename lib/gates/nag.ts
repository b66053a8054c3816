import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { App, CfnResource, Stack } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import type { Assembly } from '../policies/core/assembly.ts';
import type { Finding } from '../policies/core/finding.ts';
import { acknowledgedBy, isReviewed, type ReviewedAcknowledgement } from './acknowledgements.ts';
import type { LoadedTemplate } from './load.ts';

const packs = {
  hipaa: HIPAASecurityChecks,
  'nist-800-53-r5': NIST80053R5Checks,
  'pci-dss-321': PCIDSS321Checks,
  'aws-solutions': AwsSolutionsChecks,
} as const;

/**
 * The id of a finding without the names of references in it: cdk-nag writes `<Bucket.Arn>/*` for a construct of the
 * same stack and the name of an export for one of another, and CfnInclude knows only the latter.
 */
export const withoutReferences = (id: string): string => id.replaceAll(/<[^<>]*>|[\w-]+:ExportsOutput\w+/g, '<>');

/**
 * The four cdk-nag packs over templates, each included in a scratch app: unlike at synth, the packs then see what
 * property overrides changed. Acknowledgements count where they were reviewed.
 */
export function nagFindings(
  assembly: Assembly,
  templates: readonly LoadedTemplate[],
  reviewed: readonly ReviewedAcknowledgement[],
): Finding[] {
  const app = new App({ analyticsReporting: false });
  const accepted = new Map<string, ReadonlySet<string>>();
  const places = new Map<string, { template: string; resource: string }>();
  for (const [index, template] of templates.entries()) {
    const stack = new Stack(app, `Stack${index}`, { env: { account: template.account, region: template.region } });
    const included = new CfnInclude(stack, 'Template', { templateFile: template.file, preserveLogicalIds: true });
    for (const logicalId of Object.keys(template.body.Resources ?? {})) {
      const construct = included.getResource(logicalId);
      const resource = assembly.find(template, logicalId);
      places.set(construct.node.path, { template: template.name, resource: logicalId });
      if (resource !== undefined) {
        const ids = acknowledgedBy(resource).filter(({ id }) => isReviewed(resource, id, reviewed));
        accepted.set(construct.node.path, new Set(ids.map(({ id }) => withoutReferences(id))));
      }
    }
  }
  for (const construct of app.node.findAll()) {
    if (CfnResource.isCfnResource(construct) && !places.has(construct.node.path)) {
      throw new Error(`cdk-nag would judge ${construct.node.path}, which is in no template`);
    }
  }
  return Object.entries(packs).flatMap(([gate, Pack]) =>
    new Pack(app).validateScope(app).violations.flatMap((violation) =>
      violation.violatingResources.flatMap((at): Finding[] => {
        if (accepted.get(at.constructPath ?? '')?.has(withoutReferences(violation.ruleName))) return [];
        const place = places.get(at.constructPath ?? '') ?? { template: '', resource: at.constructPath ?? '' };
        const severity = violation.severity === 'warning' ? 'warning' : 'error';
        const message = violation.description.replaceAll(/\s+/g, ' ').trim();
        return [{ gate, rule: violation.ruleName, severity, ...place, property: '', message }];
      }),
    ),
  );
}
