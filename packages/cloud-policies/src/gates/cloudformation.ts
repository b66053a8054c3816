import { App, CloudFormationValidatePlugin, type PolicyValidationPluginReport } from 'aws-cdk-lib/core';
import type { Finding } from '../core/policy.ts';
import type { LoadedTemplate } from './load.ts';

/** A gate over templates on disk. `dispose` gives back the memory of its engine. */
export interface CloudFormationGate {
  readonly check: (templates: readonly LoadedTemplate[]) => Finding[];
  readonly dispose: () => void;
}

/** Names a subnet's zone in the template: with no look-ups at synth there is no other way. */
const accepted = ['W3010'];

/** The report of the engine; a template that it cannot read is a violation rather than a crash. */
function validated(
  plugin: CloudFormationValidatePlugin,
  context: Parameters<CloudFormationValidatePlugin['validate']>[0],
): PolicyValidationPluginReport {
  try {
    return plugin.validate(context);
  } catch (error) {
    const description = `cannot be read: ${String((error as Error).message ?? error)}; correct the template`;
    return {
      success: false,
      violations: [{ ruleName: 'unreadable', description, violatingResources: [{ locations: [] }] }],
    };
  }
}

/** CDK's built-in CloudFormation validation, over the JSON: it sees what property overrides changed. */
export function cloudFormationGate(): CloudFormationGate {
  const plugin = new CloudFormationValidatePlugin();
  return {
    check(templates) {
      const names = new Map(templates.map(({ file, name }) => [file, name]));
      const report = validated(plugin, {
        templatePaths: templates.map(({ file }) => file),
        stackTemplates: templates.map((template) => ({
          stackConstructPath: template.name,
          templatePath: template.file,
          accountId: template.account,
          region: template.region,
        })),
        appConstruct: new App({ analyticsReporting: false }),
      });
      return report.violations
        .filter(({ ruleName }) => !accepted.some((id) => ruleName.endsWith(id)))
        .flatMap((violation) =>
          violation.violatingResources.map(
            (at): Finding => ({
              gate: 'cloudformation',
              rule: violation.ruleName,
              severity: violation.severity === 'warning' ? 'warning' : 'error',
              template: names.get(at.templatePath ?? '') ?? at.templatePath ?? '',
              resource: at.resourceLogicalId ?? '',
              property: (at.locations[0] ?? '')
                .replace(/^\/?(Resources\/[^/]+\/)?Properties[./]?/, '')
                .replaceAll('/', '.'),
              message: violation.description.replaceAll(/\s+/g, ' ').trim(),
            }),
          ),
        );
    },
    dispose: () => plugin._dispose(),
  };
}
