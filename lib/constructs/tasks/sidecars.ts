import { contract } from '@healthcare-ai/contract';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Names } from '../../config/names.ts';
import type { StageConfig } from '../../config/schema.ts';
import { addHardenedContainer } from './hardened-container.ts';

/** `dd-agent` of the agent's image: https://docs.datadoghq.com/containers/docker/ */
const DATADOG_USER = '100:100';

/** Directories that the agent writes: https://docs.datadoghq.com/integrations/ecs_fargate/ (read-only root filesystem). */
const datadogVolumes = {
  'agent-config': '/etc/datadog-agent',
  'agent-run': '/opt/datadog-agent/run',
  'agent-tmp': '/tmp',
  'agent-log': '/var/log/datadog',
} as const;

export interface SidecarProps {
  readonly sidecar: StageConfig['sidecar'];
  readonly names: Names;
  readonly logGroup: logs.ILogGroup;
}

/** Secrets that the execution role must be able to read for the sidecar. */
export const sidecarSecretArns = (sidecar: StageConfig['sidecar']): string[] =>
  sidecar.kind === 'datadog' ? [sidecar.apiKeySecretArn] : [];

/** Adds the agent that the configuration names. The service keeps running when it fails. */
export function addSidecar(task: ecs.FargateTaskDefinition, props: SidecarProps): void {
  if (props.sidecar.kind === 'datadog') addDatadog(task, props, props.sidecar);
  if (props.sidecar.kind === 'adot') addCollector(task, props, props.sidecar.image);
}

function addDatadog(
  task: ecs.FargateTaskDefinition,
  { names, logGroup }: SidecarProps,
  sidecar: Extract<StageConfig['sidecar'], { kind: 'datadog' }>,
): void {
  const image = ecs.ContainerImage.fromRegistry(sidecar.image);
  const common = { image, logGroup, user: DATADOG_USER, essential: false };
  for (const name of Object.keys(datadogVolumes)) task.addVolume({ name });
  // The mounted directory hides the image's configuration, so it is copied there first.
  const init = addHardenedContainer(task, 'datadog-config', {
    ...common,
    streamPrefix: 'datadog-config',
    command: ['sh', '-c', 'cp -nR /etc/datadog-agent/. /agent-config/'],
    memory: 64,
  });
  init.addMountPoints({ sourceVolume: 'agent-config', containerPath: '/agent-config', readOnly: false });
  const key = secretsmanager.Secret.fromSecretCompleteArn(task, 'DatadogApiKey', sidecar.apiKeySecretArn);
  const agent = addHardenedContainer(task, 'datadog', {
    ...common,
    streamPrefix: 'datadog',
    memory: 256,
    cpu: 64,
    secrets: { DD_API_KEY: ecs.Secret.fromSecretsManager(key) },
    environment: {
      DD_SITE: sidecar.site,
      ECS_FARGATE: 'true',
      DD_DOGSTATSD_NON_LOCAL_TRAFFIC: 'false',
      DD_APM_ENABLED: 'false',
      // Logs go to CloudWatch, where masking and retention are.
      DD_LOGS_ENABLED: 'false',
      DD_TAGS: `service:${names.metricService} env:${names.base}`,
    },
  });
  for (const [sourceVolume, containerPath] of Object.entries(datadogVolumes)) {
    agent.addMountPoints({ sourceVolume, containerPath, readOnly: false });
  }
  agent.addContainerDependencies({ container: init, condition: ecs.ContainerDependencyCondition.COMPLETE });
}

/** `aoc` of the collector's image: https://github.com/aws-observability/aws-otel-collector */
const COLLECTOR_USER = '4317:4317';

function addCollector(task: ecs.FargateTaskDefinition, { names, logGroup }: SidecarProps, image: string): void {
  const configuration = {
    receivers: {
      prometheus: {
        config: {
          scrape_configs: [
            {
              job_name: names.metricService,
              scrape_interval: '60s',
              metrics_path: contract.paths.metrics,
              static_configs: [{ targets: [`127.0.0.1:${contract.metricsPort}`] }],
            },
          ],
        },
      },
    },
    processors: { batch: {} },
    exporters: {
      awsemf: { namespace: `${contract.metrics.namespace}/Prometheus`, log_group_name: names.logGroups.service },
    },
    service: { pipelines: { metrics: { receivers: ['prometheus'], processors: ['batch'], exporters: ['awsemf'] } } },
  };
  addHardenedContainer(task, 'adot', {
    image: ecs.ContainerImage.fromRegistry(image),
    logGroup,
    streamPrefix: 'adot',
    user: COLLECTOR_USER,
    essential: false,
    memory: 256,
    cpu: 64,
    // YAML is a superset of JSON.
    environment: { AOT_CONFIG_CONTENT: JSON.stringify(configuration) },
  });
}
