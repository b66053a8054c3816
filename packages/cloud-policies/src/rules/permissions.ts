import { type ActionReader, actionsCovered } from '../core/actions.ts';
import { isLiteral } from '../core/assembly.ts';
import { type Policy, resourcePolicy } from '../core/policy.ts';
import { allStatements, conditionValues, type Statement } from '../core/statements.ts';
import { isRecord, listOf, show, walk } from '../core/template.ts';
import type { Profile } from '../profile/profile.ts';
import { isKeyAdministration } from './principals.ts';

const service = /^Service:[a-z0-9-]+(\.([a-z0-9-]+|\$\{AWS::Region\}))*\.(amazonaws\.com|\$\{AWS::URLSuffix\})$/;
const target = /^\*$|^arn:|\$\{/;

export const iamComplete: Policy = {
  id: 'iam-complete',
  description:
    'Policy documents say something, of real services and resources: an empty or misspelt one protects nothing.',
  *check(assembly) {
    for (const resource of assembly.all.filter(({ type }) => !type.startsWith('AWS::WAFv2::'))) {
      for (const { path, value } of walk(resource.properties)) {
        const named =
          /(^|\.)(\w*PolicyDocument|KeyPolicy|AccessPolicy)$/.test(path) && isRecord(value) && isLiteral(value);
        const statements = named ? listOf(value.Statement) : [];
        if (named && (statements.length === 0 || !statements.every(isRecord)))
          yield resource.fault(path, 'holds no statement that can be read; add one, or remove the policy');
      }
    }
    for (const { kind, resource, path, resources, principals, actions } of allStatements(assembly)) {
      if (actions.length === 0) yield resource.fault(path, 'names no Action; name it');
      if (kind !== 'trust' && resources.length === 0) yield resource.fault(path, 'names no Resource; name it');
      if (kind !== 'identity' && principals.length === 0) yield resource.fault(path, 'names no Principal; name it');
      for (const name of resources.filter((item) => !target.test(item))) {
        yield resource.fault(`${path}.Resource`, `got "${name}", which is no ARN; name the resource`);
      }
      for (const name of principals) {
        if (name.startsWith('Service:') && !service.test(name))
          yield resource.fault(`${path}.Principal`, `got "${name}", which is no AWS service`);
        if (name.startsWith('AWS:') && !/^AWS:(\*$|arn:|\$\{|\d{12}$)/.test(name))
          yield resource.fault(`${path}.Principal`, `got "${name}", which is not a principal`);
      }
    }
  },
};

/** AWS-managed policies that only the service in question can use, and that AWS alone keeps in step with it. */
const reviewedManagedPolicies: readonly string[] = [
  'service-role/AmazonRDSEnhancedMonitoringRole',
  'service-role/AWSBackupServiceRolePolicyForBackup',
  'service-role/AWSBackupServiceRolePolicyForRestores',
  'service-role/AWS_ConfigRole',
  'AmazonECSInfrastructureRolePolicyForLoadBalancers',
];

export const iamManagedPolicy = resourcePolicy({
  id: 'iam-managed-policy',
  description: 'Roles hold policies of this deployment, or AWS-managed ones that were reviewed.',
  types: ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'],
  *check(role) {
    for (const { path, value } of role.items('ManagedPolicyArns')) {
      if (role.follow(value)?.type === 'AWS::IAM::ManagedPolicy') continue;
      const name = /:iam::aws:policy\/(.+)$/.exec(role.render(value))?.[1] ?? '';
      if (!reviewedManagedPolicies.includes(name)) {
        yield role.fault(path, `got ${name || show(value)}; write a policy of your own that allows what is needed`);
      }
    }
    const boundary = role.text('PermissionsBoundary');
    const declared = role.assembly.outside.some(
      ({ type, id }) => type === 'AWS::IAM::ManagedPolicy' && boundary.endsWith(`:policy/${id}`),
    );
    if (boundary !== '' && role.target('PermissionsBoundary') === undefined && !declared) {
      yield role.fault('PermissionsBoundary', 'the boundary is not of this deployment; refer to one that is');
    }
  },
});

/** Actions with a trailing `*` that were read: what CDK grants and AWS documents for the use of a key. */
const reviewedWildcards: readonly string[] = [
  'kms:Encrypt*',
  'kms:Decrypt*',
  'kms:ReEncrypt*',
  'kms:GenerateDataKey*',
  'kms:Describe*',
];

export const iamNoWildcardAction: Policy = {
  id: 'iam-no-wildcard-action',
  description: 'A policy names the actions that it allows: a wildcard grows whenever AWS adds an action.',
  *check(assembly) {
    for (const statement of allStatements(assembly)) {
      if (!statement.allows || isKeyAdministration(statement)) continue;
      // An endpoint's policy narrows what others allow; endpoint-policy judges it.
      if (statement.resource.type === 'AWS::EC2::VPCEndpoint') continue;
      if (statement.actions.length === 0 && statement.body.NotAction === undefined) {
        yield statement.resource.fault(statement.path, 'got no Action; name the actions');
      }
      for (const action of statement.actions) {
        if (/[*?]/.test(action) && !reviewedWildcards.includes(action)) {
          yield statement.resource.fault(`${statement.path}.Action`, `got "${action}"; name each action`);
        }
      }
    }
  },
};

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
  // By query id, which belongs to the principal that started the query.
  'logs:GetQueryResults': () => true,
  'logs:StopQuery': () => true,
  // By execution id, which Systems Manager gives when the execution starts.
  'ssm:GetAutomationExecution': () => true,
  // Asked without a name, which is the point: whether the account has a recorder at all.
  'config:DescribeConfigurationRecorders': () => true,
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

/** A logical id without the hash that CDK appends. */
const withoutHash = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');

export const iamReviewedAction = ({ reviewedActions }: Profile): Policy => ({
  id: 'iam-reviewed-action',
  description: 'Each role holds only the actions that were reviewed for it.',
  *check(assembly) {
    for (const { allows, kind, actions, resource, path } of allStatements(assembly)) {
      if (!allows || kind !== 'identity') continue;
      const reviewed = reviewedActions.find(({ policy }) => policy === withoutHash(resource.logicalId));
      for (const action of actions) {
        if (!reviewed?.actions.includes(action)) {
          yield resource.fault(
            `${path}.Action`,
            `got "${action}", reviewed for no such role; leave it out, or add it to packages/cloud-policies/src/profile/reviewed-actions.ts`,
          );
        }
      }
    }
  },
});
