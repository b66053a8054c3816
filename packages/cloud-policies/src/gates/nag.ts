import { App } from 'aws-cdk-lib/core';
import type { Assembly } from '../core/assembly.ts';
import type { Finding } from '../core/policy.ts';
import type { Profile } from '../profile/profile.ts';
import { acknowledgedBy, isReviewed } from './acknowledgements.ts';
import { includeTemplates } from './include.ts';
import type { LoadedTemplate } from './load.ts';
import { packs } from './packs.ts';

/** A reference in the id of a finding, however cdk-nag writes it. */
const reference = /<[^<>]*>|\{"Fn::GetStackOutput":\{[^{}]*\}\}|[\w-]+:(?:Exports|Publish)Output\w+/g;

/**
 * The id of a finding without the names of references in it: cdk-nag writes `<Bucket.Arn>/*` for a construct of the
 * same stack, and the intrinsic or the name of an export for one of another; CfnInclude has only the latter.
 */
export const withoutReferences = (id: string): string => id.replaceAll(reference, '<>');

/**
 * The cdk-nag packs over templates, each included in a scratch app: unlike at synth, the packs then see what
 * property overrides changed. Acknowledgements count where they were reviewed.
 */
export function nagFindings(
  assembly: Assembly,
  templates: readonly LoadedTemplate[],
  profile: Pick<Profile, 'contract' | 'acknowledgements'>,
): Finding[] {
  const app = new App({ analyticsReporting: false });
  const { resources, unreadable } = includeTemplates(app, templates);
  const accepts = (path: string, rule: string): boolean => {
    const at = resources.get(path);
    const resource = at === undefined ? undefined : assembly.find(at.template, at.logicalId);
    return (
      resource !== undefined &&
      acknowledgedBy(resource, profile).some(
        ({ id }) =>
          withoutReferences(id) === withoutReferences(rule) && isReviewed(resource, id, profile.acknowledgements),
      )
    );
  };
  const found = Object.entries(packs).flatMap(([gate, Pack]) =>
    new Pack(app).validateScope(app).violations.flatMap(({ ruleName, description, severity, violatingResources }) =>
      violatingResources
        .filter(({ constructPath = '' }) => !accepts(constructPath, ruleName))
        .map(({ constructPath = '' }): Finding => {
          const at = resources.get(constructPath);
          return {
            gate,
            rule: ruleName,
            severity: severity === 'warning' ? 'warning' : 'error',
            template: at?.template.name ?? '',
            resource: at?.logicalId ?? constructPath,
            property: '',
            message: description.replaceAll(/\s+/g, ' ').trim(),
          };
        }),
    ),
  );
  return [...unreadable, ...found];
}
