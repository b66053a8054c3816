import type { Policy } from '../core/finding.ts';
import { intrinsicOf, isRecord, walk } from '../core/template.ts';

/** Sections that change what a template means after it was judged. */
const sections = ['Transform', 'Rules', 'Hooks', 'Mappings'];

/** CDK's own: refuses to start where the account was never bootstrapped. */
const bootstrap = 'CheckBootstrapVersion';

export const unconditional: Policy = {
  id: 'unconditional',
  description:
    'What is judged is what is deployed: no conditions, macros, or nested templates that these gates cannot see.',
  *check(assembly) {
    for (const { name, body } of assembly.templates) {
      for (const section of sections) {
        const given = body[section];
        if (section === 'Rules' && isRecord(given) && Object.keys(given).join() === bootstrap) continue;
        if (given !== undefined)
          yield {
            template: name,
            resource: section,
            property: '',
            message: `got ${section}; decide when synthesizing`,
          };
      }
      for (const condition of Object.keys(body.Conditions ?? {})) {
        if (condition !== 'CDKMetadataAvailable') {
          yield {
            template: name,
            resource: 'Conditions',
            property: condition,
            message: 'got a condition; decide when synthesizing',
          };
        }
      }
    }
    for (const resource of assembly.all) {
      if (resource.type === 'AWS::CDK::Metadata') continue;
      if (resource.body.Condition !== undefined)
        yield resource.fault('Condition', 'may not be made at all; remove the condition');
      if (resource.type === 'AWS::CloudFormation::Stack')
        yield resource.fault('', 'nests a template that is not judged here; use stacks');
      for (const { path, value } of walk(resource.properties)) {
        const call = intrinsicOf(value)?.name;
        if (call === 'Fn::If' || call === 'Fn::Transform')
          yield resource.fault(path, `got ${call}; decide when synthesizing`);
      }
    }
  },
};
