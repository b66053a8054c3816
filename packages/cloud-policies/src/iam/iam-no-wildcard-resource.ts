import type { Policy } from '../core/finding.ts';
import { allStatements, conditionValues, type Statement } from '../core/statements.ts';
import { type ActionReader, actionsCovered } from './iam-data.ts';

/** Whether an ARN names nothing in particular: `*`, or a wildcard where the resource's own name begins. */
export function isWide(arn: string): boolean {
  if (!arn.startsWith('arn:')) return /^[*?]/.test(arn) || arn === '';
  const parts = arn.replaceAll(/\$\{[^}]*\}/g, 'x').split(':');
  const [, , service = '', , , ...rest] = parts;
  const name = rest.join(':');
  const own = service === 's3' ? name : name.replace(/^[a-z-]+[/:]/, '');
  return /[*?]/.test(service) || /^[/:]?[*?]/.test(own) || own === '';
}

/** AWS gives these actions no resource to name. */
const takesNoResource = (action: string, reader: ActionReader): boolean => {
  const covered = actionsCovered(action, reader);
  return covered.length > 0 && covered.every(({ resourceTypes }) => resourceTypes.length === 0);
};

/** Actions that AWS lists with a resource and that cannot be narrowed by it, each with what narrows it instead. */
const excused: { readonly [action: string]: (statement: Statement) => boolean } = {
  // By query id, which belongs to whoever started the query.
  'logs:GetQueryResults': () => true,
  'logs:StopQuery': () => true,
  // By execution id, which Systems Manager gives when the execution starts.
  'ssm:GetAutomationExecution': () => true,
  // Its resource is a container instance, which Fargate has not: https://github.com/cdklabs/construct-hub/pull/1207
  'ecs:ListTasks': (statement) => {
    const clusters = conditionValues(statement, 'ecs:cluster', 'ArnEquals');
    return clusters.length > 0 && clusters.every((arn) => !isWide(arn));
  },
  'cloudwatch:PutMetricData': (statement) => {
    const names = conditionValues(statement, 'cloudwatch:namespace', 'StringEquals');
    return names.length > 0 && names.every((name) => !name.includes('*'));
  },
};

const isExcused = (action: string, statement: Statement): boolean => excused[action]?.(statement) === true;

export const iamNoWildcardResource: Policy = {
  id: 'iam-no-wildcard-resource',
  description: 'A policy names the resources that it allows; `*` only where the action takes no resource.',
  *check(assembly) {
    for (const statement of allStatements(assembly)) {
      // In a resource's own policy `*` can only mean that resource.
      if (!statement.allows || statement.kind !== 'identity') continue;
      const narrow = statement.actions.filter(
        (action) => !takesNoResource(action, assembly.actions) && !isExcused(action, statement),
      );
      if (statement.resources.length === 0) yield statement.resource.fault(statement.path, 'got no Resource; name it');
      for (const arn of statement.resources) {
        if (isWide(arn) && narrow.length > 0) {
          yield statement.resource.fault(
            `${statement.path}.Resource`,
            `got "${arn}" for ${narrow.slice(0, 3).join(', ')}; name the resources`,
          );
        }
      }
    }
  },
};
