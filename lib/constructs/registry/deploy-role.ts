import type * as ecr from 'aws-cdk-lib/aws-ecr';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Names } from '../../config/names.ts';
import { forGithubEnvironment, LeastPrivilegeRole } from '../least-privilege-role.ts';
import { operationStatements, operationWildcards } from './operation-rights.ts';

export interface DeployRoleProps {
  readonly names: Names;

  /** Also the name of the GitHub environment, whose approvals guard the role. */
  readonly stage: string;

  /** owner/name, or owner@ID/name@ID: as the subject of its OIDC tokens names it. */
  readonly githubRepository: string;
  readonly repository: ecr.IRepository;

  /** Of the load balancer, where the stage does not make it. */
  readonly certificateArn?: string;

  /** Of the CDK bootstrap stack. */
  readonly qualifier: string;

  /** Regions of the stage's stacks beside its own. */
  readonly otherRegions: readonly string[];
}

/** What a GitHub workflow takes to deploy, without a long-lived key. CloudFormation itself acts by CDK's own roles. */
export class DeployRole extends Construct {
  constructor(scope: Construct, id: string, props: DeployRoleProps) {
    super(scope, id);
    const { partition, region, account } = Stack.of(this);
    const { names } = props;
    const ecs = (kind: string, name: string) => `arn:${partition}:ecs:${region}:${account}:${kind}/${name}`;
    const role = new LeastPrivilegeRole(this, 'Role', {
      roleName: names.roles.deploy,
      description: `Deploys ${props.stage} from GitHub Actions`,
      wildcards: {
        '*': 'ecr:GetAuthorizationToken and the calls of TakeNoResource take none; ListTasks is bound to the cluster.',
        [`${names.migrateFamily}:*`]: 'Each change of the task makes a revision.',
        [`task/${names.cluster}/*`]: 'A task of this cluster gets its id when it starts.',
        ...operationWildcards({ names }),
      },
      assumedBy: forGithubEnvironment(this, props.githubRepository, props.stage),
      statements: [
        {
          sid: 'CdkRoles',
          actions: ['sts:AssumeRole'],
          resources: ['deploy', 'file-publishing', 'lookup'].map(
            (kind) => `arn:${partition}:iam::${account}:role/cdk-${props.qualifier}-${kind}-role-${account}-${region}`,
          ),
        },
        { sid: 'EcrLogin', actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
        {
          sid: 'PushImage',
          actions: [
            'ecr:BatchCheckLayerAvailability',
            'ecr:BatchGetImage',
            'ecr:CompleteLayerUpload',
            'ecr:DescribeImages',
            'ecr:DescribeRepositories',
            'ecr:DescribeImageScanFindings',
            'ecr:GetDownloadUrlForLayer',
            'ecr:InitiateLayerUpload',
            'ecr:PutImage',
            'ecr:StartImageScan',
            'ecr:UploadLayerPart',
          ],
          resources: [props.repository.repositoryArn],
        },
        {
          sid: 'ImageDigest',
          actions: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:GetParameterHistory'],
          resources: [`arn:${partition}:ssm:${region}:${account}:parameter${names.imageDigestParameter}`],
        },
        {
          sid: 'RunMigration',
          actions: ['ecs:RunTask'],
          resources: [ecs('task-definition', `${names.migrateFamily}:*`)],
        },
        {
          sid: 'WatchTask',
          actions: ['ecs:DescribeTasks', 'ecs:StopTask'],
          resources: [ecs('task', `${names.cluster}/*`)],
        },
        {
          sid: 'PassTaskRoles',
          actions: ['iam:PassRole'],
          resources: [names.roles.migrateTask, names.roles.migrateExecution].map(
            (name) => `arn:${partition}:iam::${account}:role/${name}`,
          ),
          conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
        },
        {
          sid: 'WatchService',
          actions: ['ecs:DescribeServices', 'ecs:UpdateService'],
          resources: [ecs('service', `${names.cluster}/${names.service}`)],
        },
        ...operationStatements({ ...props, partition, region, account }),
      ],
    });
    (role.node.defaultChild as iam.CfnRole).maxSessionDuration = Duration.hours(2).toSeconds();
  }
}
