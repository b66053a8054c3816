import { contract } from '@healthcare-ai/contract';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import {
  EXPIRE_CONTAINER,
  MIGRATE_CONTAINER,
  type Names,
  RESTORE_CONTAINER,
  SERVICE_CONTAINER,
} from '../../config/names.ts';
import type { StageConfig } from '../../config/schema.ts';
import { acknowledge } from '../acknowledge.ts';
import { forThisAccount, LeastPrivilegeRole } from '../least-privilege-role.ts';
import { addHardenedContainer } from './hardened-container.ts';
import { addSidecar, sidecarSecretArns } from './sidecars.ts';
import {
  expireEnvironment,
  migrateEnvironment,
  restoreEnvironment,
  type StageOutputs,
  serviceEnvironment,
} from './task-environment.ts';
import { executionRole, type PublishedTo, restoreRole } from './task-roles.ts';

export interface TaskDefinitionProps {
  readonly config: StageConfig;
  readonly names: Names;
  readonly outputs: StageOutputs;
  readonly image: ecs.ContainerImage;
  readonly repository: ecr.IRepository;
  readonly logGroup: logs.ILogGroup;
}

export interface ServiceTaskProps extends TaskDefinitionProps {
  readonly taskRole: LeastPrivilegeRole;
}

export interface MigrateTaskProps extends TaskDefinitionProps {
  /** The master secret that Aurora manages. */
  readonly ownerSecretArn: string;
  readonly ownerSecretKey: kms.IKey;
}

export interface ExpireTaskProps extends TaskDefinitionProps {
  /** rds-db ARN of the database role. */
  readonly databaseUserArn: string;
}

export interface RestoreTaskProps extends TaskDefinitionProps {
  readonly audit: PublishedTo;

  /** rds-db ARN of the service's database role. */
  readonly databaseUserArn: string;
}

const platform: ecs.RuntimePlatform = {
  cpuArchitecture: ecs.CpuArchitecture.ARM64,
  operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
};

function acknowledgeEnvironment(task: ecs.FargateTaskDefinition): void {
  acknowledge(task.node.defaultChild!, {
    id: 'AwsSolutions-ECS2',
    reason: 'The variables are names and addresses; secrets come by `secrets`, and a policy of ours proves it.',
  });
}

/** Names of staff and places: a variable would show them to everybody who may describe the task. */
function siteProfile(scope: Construct, secretArn: string): ecs.Secret {
  return ecs.Secret.fromSecretsManager(secretsmanager.Secret.fromSecretCompleteArn(scope, 'SiteProfile', secretArn));
}

/** The task of the service. */
export function serviceTask(scope: Construct, id: string, props: ServiceTaskProps): ecs.FargateTaskDefinition {
  const { config, names } = props;
  const { siteProfileSecretArn } = config.analysis;
  const task = new ecs.FargateTaskDefinition(scope, id, {
    family: names.serviceFamily,
    cpu: config.service.cpu,
    memoryLimitMiB: config.service.memory,
    runtimePlatform: platform,
    taskRole: props.taskRole.sealed,
    executionRole: executionRole(scope, 'ExecutionRole', {
      name: names.roles.serviceExecution,
      repository: props.repository,
      logGroup: props.logGroup,
      secretArns: [
        ...sidecarSecretArns(config.sidecar),
        ...(siteProfileSecretArn === undefined ? [] : [siteProfileSecretArn]),
      ],
    }).sealed,
  });
  const container = addHardenedContainer(task, SERVICE_CONTAINER, {
    image: props.image,
    logGroup: props.logGroup,
    streamPrefix: 'service',
    environment: serviceEnvironment(config, names, props.outputs),
    secrets:
      siteProfileSecretArn === undefined ? undefined : { SITE_PROFILE: siteProfile(scope, siteProfileSecretArn) },
    restart: true,
    healthCheck: {
      command: ['CMD', ...contract.container.healthCheck],
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      retries: 3,
      startPeriod: Duration.seconds(30),
    },
    port: true,
  });
  task.defaultContainer = container;
  addSidecar(task, { sidecar: config.sidecar, names, logGroup: props.logGroup });
  acknowledgeEnvironment(task);
  return task;
}

/** The one-off task that lists what is past its retention in the audit trail; without `--dry-run` it deletes that. */
export function expireTask(scope: Construct, id: string, props: ExpireTaskProps): ecs.FargateTaskDefinition {
  const { names, outputs } = props;
  const task = new ecs.FargateTaskDefinition(scope, id, {
    family: names.expireFamily,
    cpu: 1024,
    memoryLimitMiB: 2048,
    runtimePlatform: platform,
    taskRole: new LeastPrivilegeRole(scope, `${id}Role`, {
      roleName: names.roles.expireTask,
      assumedBy: forThisAccount('ecs-tasks'),
      description: 'Expiry of the audit trail at work',
      statements: [
        { sid: 'Database', actions: ['rds-db:connect'], resources: [props.databaseUserArn] },
        { sid: 'Tombstones', actions: ['kms:Sign', 'kms:GetPublicKey'], resources: [outputs.signingKeyArn] },
      ],
    }).sealed,
    executionRole: executionRole(scope, `${id}ExecutionRole`, {
      name: names.roles.expireExecution,
      repository: props.repository,
      logGroup: props.logGroup,
      secretArns: [],
    }).sealed,
  });
  addHardenedContainer(task, EXPIRE_CONTAINER, {
    image: props.image,
    logGroup: props.logGroup,
    streamPrefix: 'expire',
    environment: expireEnvironment(props.config, names, outputs),
    // Started by mistake, it only lists what it would do.
    command: [...contract.container.expireAudit, '--dry-run'],
  });
  acknowledgeEnvironment(task);
  return task;
}

/** The one-off task that adds to the trail of a database, which was set back, what was published. */
export function restoreTask(scope: Construct, id: string, props: RestoreTaskProps): ecs.FargateTaskDefinition {
  const { names, outputs, audit, databaseUserArn } = props;
  const task = new ecs.FargateTaskDefinition(scope, id, {
    family: names.restoreFamily,
    cpu: 1024,
    memoryLimitMiB: 2048,
    runtimePlatform: platform,
    taskRole: restoreRole(scope, `${id}Role`, { name: names.roles.restoreTask, audit, databaseUserArn }).sealed,
    executionRole: executionRole(scope, `${id}ExecutionRole`, {
      name: names.roles.restoreExecution,
      repository: props.repository,
      logGroup: props.logGroup,
      secretArns: [],
    }).sealed,
  });
  addHardenedContainer(task, RESTORE_CONTAINER, {
    image: props.image,
    logGroup: props.logGroup,
    streamPrefix: 'restore',
    environment: restoreEnvironment(props.config, names, outputs),
    // Started by mistake it finds that a process seals, or that nothing is missing.
    command: [...contract.container.restoreAudit],
  });
  acknowledgeEnvironment(task);
  return task;
}

/** The one-off task that changes the schema as the owner; with `contract.container.keys` it makes API keys. */
export function migrateTask(scope: Construct, id: string, props: MigrateTaskProps): ecs.FargateTaskDefinition {
  const { names } = props;
  const secret = secretsmanager.Secret.fromSecretCompleteArn(scope, 'Owner', props.ownerSecretArn);
  const task = new ecs.FargateTaskDefinition(scope, id, {
    family: names.migrateFamily,
    cpu: 256,
    memoryLimitMiB: 512,
    runtimePlatform: platform,
    // No rights at all: it needs the database and nothing of AWS.
    taskRole: new LeastPrivilegeRole(scope, 'MigrateRole', {
      roleName: names.roles.migrateTask,
      assumedBy: forThisAccount('ecs-tasks'),
      description: 'The migration at work: no rights in AWS',
    }).sealed,
    executionRole: executionRole(scope, 'MigrateExecutionRole', {
      name: names.roles.migrateExecution,
      repository: props.repository,
      logGroup: props.logGroup,
      secretArns: [props.ownerSecretArn],
      secretKey: props.ownerSecretKey,
    }).sealed,
  });
  addHardenedContainer(task, MIGRATE_CONTAINER, {
    image: props.image,
    logGroup: props.logGroup,
    streamPrefix: 'migrate',
    environment: migrateEnvironment(props.config, names, props.outputs),
    command: [
      ...contract.container.migrate,
      ...['--service-role', names.databaseRole, '--retention-role', names.retentionRole, '--iam'],
    ],
    secrets: {
      DATABASE_USER: ecs.Secret.fromSecretsManager(secret, 'username'),
      DATABASE_PASSWORD: ecs.Secret.fromSecretsManager(secret, 'password'),
    },
  });
  acknowledgeEnvironment(task);
  return task;
}
