import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Names } from '../../config/names.ts';

export interface OperationScope {
  readonly names: Names;
  readonly partition: string;
  readonly region: string;
  readonly account: string;

  /** Regions of the stage's stacks beside its own: that of the backup copies. */
  readonly otherRegions: readonly string[];

  /** Certificate of the load balancer, where the stage does not make it: a deploy checks that it was issued. */
  readonly certificateArn?: string;

  /** Of the CDK bootstrap stack. */
  readonly qualifier: string;
}

/** Why rights of `npm run ops` have `*` in their resources. */
export const operationWildcards = ({ names }: Pick<OperationScope, 'names'>): Record<string, string> => ({
  [`stack/${names.base}-*/*`]: 'The stacks of this stage, each with an id that CloudFormation gives it.',
  'stack/healthcare-ai-account/*': 'CloudFormation gives a stack an id when it is made.',
  [`stack/${names.base}-tasks/*`]: 'CloudFormation gives a stack an id when it is made.',
  [`stack/${names.base}-service/*`]: 'CloudFormation gives a stack an id when it is made.',
  'role/aws-service-role/*': 'Whether a service-linked role exists: each has the path of its service.',
  [`service-deployment/${names.cluster}/${names.service}/*`]: 'A deployment gets its id when it begins.',
  [`alarm:${names.base}-*`]: 'The alarms of this stage, by the beginning of their names.',
  ...Object.fromEntries(
    [names.logGroups.service, names.logGroups.migrate].map((group) => [
      `log-group:${group}:log-stream:*`,
      'A task gets its id, and so its stream, when it starts.',
    ]),
  ),
});

/**
 * What `npm run deploy` looks at, and `npm run ops -- status | rollout | rollback | restart` call. Scaling is for a person,
 * and would reach every service of the account; so is the repair of a stack that is stuck or was never made. CloudFormation continues with the role that CDK gave the stacks: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html
 */
export function operationStatements(scope: OperationScope): iam.PolicyStatementProps[] {
  const { names, partition, region, account } = scope;
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
  return [
    {
      // CloudFormation reads the parameters of a template with the rights of its caller.
      sid: 'TemplateParameters',
      actions: ['ssm:GetParameters'],
      resources: [names.imageDigestParameter, `/cdk-bootstrap/${scope.qualifier}/version`].map((name) =>
        arn('ssm', `parameter${name}`),
      ),
    },
    {
      sid: 'ChangeUnderWay',
      actions: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:GetParameterHistory', 'ssm:DeleteParameter'],
      resources: [arn('ssm', `parameter${names.changeParameter}`)],
    },
    {
      sid: 'LookAtStacks',
      actions: [
        'cloudformation:DescribeStackEvents',
        'cloudformation:DescribeStackResources',
        'cloudformation:DescribeStacks',
        'cloudformation:GetTemplate',
        'cloudformation:ListStackResources',
      ],
      resources: [region, ...scope.otherRegions].flatMap((place) =>
        [`${names.base}-*`, 'healthcare-ai-account'].map(
          (stack) => `arn:${partition}:cloudformation:${place}:${account}:stack/${stack}/*`,
        ),
      ),
    },
    {
      sid: 'Bootstrap',
      actions: ['ssm:GetParameter'],
      resources: [region, ...scope.otherRegions].map(
        (place) => `arn:${partition}:ssm:${place}:${account}:parameter/cdk-bootstrap/${scope.qualifier}/version`,
      ),
    },
    ...(scope.certificateArn === undefined
      ? []
      : [{ sid: 'Certificate', actions: ['acm:DescribeCertificate'], resources: [scope.certificateArn] }]),
    {
      sid: 'UpdateStacks',
      actions: ['cloudformation:CancelUpdateStack', 'cloudformation:UpdateStack'],
      resources: ['tasks', 'service'].map((stack) => arn('cloudformation', `stack/${names.base}-${stack}/*`)),
    },
    {
      sid: 'WatchDeployment',
      actions: ['ecs:ListServiceDeployments', 'ecs:DescribeServiceDeployments'],
      resources: [
        arn('ecs', `service/${names.cluster}/${names.service}`),
        arn('ecs', `service-deployment/${names.cluster}/${names.service}/*`),
      ],
    },
    {
      sid: 'ListTasks',
      actions: ['ecs:ListTasks'],
      resources: ['*'],
      conditions: { ArnEquals: { 'ecs:cluster': arn('ecs', `cluster/${names.cluster}`) } },
    },
    {
      sid: 'TakeNoResource',
      actions: [
        'application-autoscaling:DescribeScalableTargets',
        'backup:DescribeRegionSettings',
        'cloudtrail:DescribeTrails',
        'config:DescribeConfigurationRecorders',
        'ecs:DescribeTaskDefinition',
        'elasticloadbalancing:DescribeLoadBalancerAttributes',
        'elasticloadbalancing:DescribeRules',
        'elasticloadbalancing:DescribeTargetHealth',
        'guardduty:ListDetectors',
        'iam:ListOpenIDConnectProviders',
        'logs:DescribeLogGroups',
      ],
      resources: ['*'],
    },
    {
      sid: 'ServiceLinkedRoles',
      actions: ['iam:GetRole'],
      resources: [`arn:${partition}:iam::${account}:role/aws-service-role/*`],
    },
    {
      sid: 'LastLines',
      actions: ['logs:GetLogEvents'],
      resources: [names.logGroups.service, names.logGroups.migrate].map((group) =>
        arn('logs', `log-group:${group}:log-stream:*`),
      ),
    },
    { sid: 'Alarms', actions: ['cloudwatch:DescribeAlarms'], resources: [arn('cloudwatch', `alarm:${names.base}-*`)] },
  ];
}
