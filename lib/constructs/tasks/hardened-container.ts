import { contract } from '@healthcare-ai/contract';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Duration, Size } from 'aws-cdk-lib/core';

export interface HardenedContainerProps {
  readonly image: ecs.ContainerImage;
  readonly logGroup: logs.ILogGroup;
  readonly streamPrefix: string;
  readonly environment?: Record<string, string>;
  readonly secrets?: Record<string, ecs.Secret>;
  readonly command?: string[];

  /** @default - the service's own */
  readonly user?: string;

  /** @default true */
  readonly essential?: boolean;

  /** @default - what the task has */
  readonly cpu?: number;

  /** @default - what the task has, in MiB */
  readonly memory?: number;

  /**
   * Start the container again when it ends with an error, without replacing the task.
   *
   * @default false
   */
  readonly restart?: boolean;

  /** @default - none */
  readonly healthCheck?: ecs.HealthCheck;

  /**
   * Whether the container listens on `contract.port`.
   *
   * @default false
   */
  readonly port?: boolean;
}

/** A container that can write nowhere, has no capability and is not root; its log cannot block it. */
export function addHardenedContainer(
  task: ecs.TaskDefinition,
  id: string,
  props: HardenedContainerProps,
): ecs.ContainerDefinition {
  const container = task.addContainer(id, {
    containerName: id,
    image: props.image,
    environment: props.environment,
    secrets: props.secrets,
    command: props.command,
    essential: props.essential ?? true,
    cpu: props.cpu,
    memoryLimitMiB: props.memory,
    user: props.user ?? `${contract.user.uid}:${contract.user.gid}`,
    readonlyRootFilesystem: true,
    privileged: false,
    healthCheck: props.healthCheck,
    portMappings: props.port ? [{ containerPort: contract.port, protocol: ecs.Protocol.TCP }] : undefined,
    linuxParameters: new ecs.LinuxParameters(task, `${id}Linux`, { initProcessEnabled: true }),
    stopTimeout: Duration.seconds(contract.timeouts.stop),
    versionConsistency: ecs.VersionConsistency.ENABLED,
    ...(props.restart
      ? { enableRestartPolicy: true, restartAttemptPeriod: Duration.seconds(60), restartIgnoredExitCodes: [0] }
      : {}),
    logging: ecs.LogDrivers.awsLogs({
      logGroup: props.logGroup,
      streamPrefix: props.streamPrefix,
      mode: ecs.AwsLogDriverMode.NON_BLOCKING,
      maxBufferSize: Size.mebibytes(25),
    }),
  });
  container.linuxParameters!.dropCapabilities(ecs.Capability.ALL);
  return container;
}
