import type { Policy } from '../core/finding.ts';
import { environmentValues } from '../core/stage.ts';

/** Parameters whose values come from SSM by name when the stack is deployed. */
const fromSsm = /^AWS::SSM::Parameter::Value<(String|AWS::EC2::Image::Id)>$/;

export const parameters: Policy = {
  id: 'parameters',
  description:
    'Templates are complete: their only parameters are names of SSM parameters, and no output reveals a secret.',
  *check(assembly) {
    const stages = environmentValues(assembly, 'STAGE');
    for (const { name, body } of assembly.templates) {
      for (const [id, parameter] of Object.entries(body.Parameters ?? {})) {
        const pinned = /\^sha256:/.test(String(parameter.AllowedPattern)) && parameter.Default === undefined;
        if (!fromSsm.test(String(parameter.Type)) && !pinned) {
          yield {
            template: name,
            resource: `Parameters.${id}`,
            property: 'Type',
            message: `got ${String(parameter.Type)}; use configuration, or AWS::SSM::Parameter::Value`,
          };
        }
        const named = String(parameter.Default ?? '').split('/');
        if (stages.length > 0 && named[1] === 'healthcare-ai' && !stages.includes(named[2] ?? '')) {
          yield {
            template: name,
            resource: `Parameters.${id}`,
            property: 'Default',
            message: `got ${named.join('/')}, which is of another stage; use ${stages[0]}`,
          };
        }
        if (/password|secret|token|credential|private/i.test(id)) {
          yield {
            template: name,
            resource: `Parameters.${id}`,
            property: '',
            message: 'is a secret; keep it in Secrets Manager',
          };
        }
      }
      for (const [id, output] of Object.entries(body.Outputs ?? {})) {
        const text = assembly.render(output.Value, { name, body });
        if (
          /\{\{resolve:(secretsmanager|ssm-secure)/.test(text) ||
          /secretstring|password/i.test(text.replaceAll(/[\w/]*\./g, ''))
        ) {
          yield {
            template: name,
            resource: `Outputs.${id}`,
            property: 'Value',
            message: 'reveals a secret; remove the output',
          };
        }
      }
    }
  },
};
