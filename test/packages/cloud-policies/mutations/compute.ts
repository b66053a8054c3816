import { type Draft, mutation } from '../draft.ts';

const SERVICE = 'AWS::ECS::Service';
const TASK = 'AWS::ECS::TaskDefinition';
const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
const SCALING = 'AWS::ApplicationAutoScaling::ScalingPolicy';
const IMAGES = 'AWS::ECR::Repository';
const CANARY = 'AWS::Synthetics::Canary';
const container = 'ContainerDefinitions.0';
const deployment = 'DeploymentConfiguration';
const tracking = 'TargetTrackingScalingPolicyConfiguration';

const variable = (draft: Draft, name: string, value: unknown): void => {
  const list = (
    draft.resource(TASK, /^Task/).Properties.ContainerDefinitions as {
      Environment: { Name: string; Value: unknown }[];
    }[]
  )[0]!;
  list.Environment = [...list.Environment.filter((item) => item.Name !== name), { Name: name, Value: value }];
};

/** Faults of containers and tasks. */
export const containers = [
  mutation('image by tag', 'container-image', (d) =>
    d.set(TASK, `${container}.Image`, '111122223333.dkr.ecr.us-east-1.amazonaws.com/kit:v1', /^Task/),
  ),
  mutation('image `latest` of the own repository', 'container-image', (d) =>
    d.set(
      TASK,
      `${container}.Image`,
      { 'Fn::Join': ['', [{ Ref: 'AWS::AccountId' }, '.dkr.ecr.us-east-1.amazonaws.com/kit:latest']] },
      /^Task/,
    ),
  ),
  mutation('image of a stranger, digest by parameter', 'container-image', (d) =>
    d.set(
      TASK,
      `${container}.Image`,
      { 'Fn::Join': ['', ['docker.io/evil@', { Ref: Object.keys(d.template(SERVICE).Parameters!)[0] }]] },
      /^Task/,
    ),
  ),
  mutation('writable root file system', 'container-hardening', (d) =>
    d.set(TASK, `${container}.ReadonlyRootFilesystem`, false, /^Task/),
  ),
  mutation('root file system left at its default', 'container-hardening', (d) =>
    d.unset(TASK, `${container}.ReadonlyRootFilesystem`, /^Migrate/),
  ),
  mutation('container runs as root', 'container-hardening', (d) => d.set(TASK, `${container}.User`, '0', /^Task/)),
  mutation('container runs as a named user', 'container-hardening', (d) =>
    d.set(TASK, `${container}.User`, 'node', /^Task/),
  ),
  mutation('container without user', 'container-hardening', (d) => d.unset(TASK, `${container}.User`, /^Task/)),
  mutation('capabilities kept', 'container-hardening', (d) =>
    d.set(TASK, `${container}.LinuxParameters.Capabilities.Drop`, [], /^Task/),
  ),
  mutation('capability added', 'container-hardening', (d) =>
    d.set(TASK, `${container}.LinuxParameters.Capabilities.Add`, ['SYS_PTRACE'], /^Task/),
  ),
  mutation('privileged container', 'container-hardening', (d) => d.set(TASK, `${container}.Privileged`, true, /^Task/)),
  mutation('no init process', 'container-hardening', (d) =>
    d.set(TASK, `${container}.LinuxParameters.InitProcessEnabled`, false, /^Task/),
  ),
  mutation('another entry point', 'container-hardening', (d) =>
    d.set(TASK, `${container}.EntryPoint`, ['/bin/sh', '-c'], /^Task/),
  ),
  mutation('password in the environment', 'container-secrets', (d) => variable(d, 'DATABASE_PASSWORD', 'hunter2')),
  mutation('secret resolved into the environment', 'container-secrets', (d) =>
    variable(d, 'SESSION', '{{resolve:secretsmanager:db:SecretString:password}}'),
  ),
  mutation('password in the database URL', 'container-secrets', (d) =>
    variable(d, 'DATABASE_URL', 'postgres://app:hunter2@db:5432/x'),
  ),
  mutation('AWS key in the environment', 'no-literal-secret', (d) => variable(d, 'LOG_LEVEL', 'AKIAIOSFODNN7EXAMPLE')),
  mutation('local master key instead of KMS', 'container-secrets', (d) =>
    variable(d, 'ENCRYPTION_KEY', 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY='),
  ),
  mutation('environment read from a file in S3', 'container-secrets', (d) =>
    d.set(TASK, `${container}.EnvironmentFiles`, [{ Type: 's3', Value: 'arn:aws:s3:::x/y.env' }], /^Task/),
  ),
  mutation('TLS to the task off', 'container-environment', (d) => variable(d, 'TLS', 'off')),
  mutation('TLS to the database off', 'container-environment', (d) => variable(d, 'DATABASE_TLS', 'off')),
  mutation('password authentication to the database', 'container-environment', (d) =>
    variable(d, 'DATABASE_AUTH', 'password'),
  ),
  mutation('certificates not verified', 'container-environment', (d) =>
    variable(d, 'NODE_TLS_REJECT_UNAUTHORIZED', '0'),
  ),
  mutation('code injected by NODE_OPTIONS', 'container-environment', (d) =>
    variable(d, 'NODE_OPTIONS', '--require ./x.js'),
  ),
  mutation('AWS calls sent elsewhere', 'container-environment', (d) =>
    variable(d, 'AWS_ENDPOINT_URL', 'https://evil.example'),
  ),
  mutation('every proxy hop trusted', 'container-environment', (d) => variable(d, 'TRUST_PROXY_HOPS', '9')),
  mutation('debug log in production', 'container-environment', (d) => variable(d, 'LOG_LEVEL', 'debug')),
  mutation('rate limit of the service off', 'container-environment', (d) => variable(d, 'RATE_LIMIT', 'off')),
  mutation('misspelt variable', 'container-environment', (d) => variable(d, 'MAX_NOTE_LENGHT', '10000')),
  mutation('service drains for another time than the balancer waits', 'container-environment', (d) =>
    variable(d, 'SHUTDOWN_DELAY_SECONDS', '1'),
  ),
  mutation('service listens on another port', 'container-ports', (d) => variable(d, 'PORT', '8080')),
  mutation('metrics port opened to the load balancer', 'container-ports', (d) =>
    d.push(TASK, `${container}.PortMappings`, { ContainerPort: 9464, Protocol: 'tcp' }, /^Task/),
  ),
  mutation('no logs', 'container-logs', (d) => d.unset(TASK, `${container}.LogConfiguration`, /^Task/)),
  mutation('logs to a group that nobody made', 'container-logs', (d) =>
    d.set(TASK, `${container}.LogConfiguration.Options.awslogs-group`, '/somewhere', /^Task/),
  ),
  mutation('logs by another driver', 'container-logs', (d) =>
    d.set(TASK, `${container}.LogConfiguration.LogDriver`, 'splunk', /^Task/),
  ),
  mutation('volume of the host', 'reviewed-property', (d) =>
    d.set(TASK, 'Volumes', [{ Name: 'x', Host: { SourcePath: '/' } }], /^Task/),
  ),
  mutation('shared file system', 'reviewed-property', (d) =>
    d.set(TASK, 'Volumes', [{ Name: 'x', EFSVolumeConfiguration: { FilesystemId: 'fs-1' } }], /^Task/),
  ),
  mutation('two vCPUs (one Node thread never reaches 70 %)', 'task-definition', (d) =>
    d.set(TASK, 'Cpu', '2048', /^Task/),
  ),
  mutation('task role that is the execution role', 'task-definition', (d) =>
    d.set(TASK, 'TaskRoleArn', d.resource(TASK, /^Task/).Properties.ExecutionRoleArn, /^Task/),
  ),
  mutation('task without role', 'task-definition', (d) => d.unset(TASK, 'TaskRoleArn', /^Task/)),
  mutation('shared process namespace', 'task-definition', (d) => d.set(TASK, 'PidMode', 'task', /^Task/)),
  mutation('task on the host network', 'task-definition', (d) => d.set(TASK, 'NetworkMode', 'host', /^Task/)),
  mutation('fault injection on', 'task-definition', (d) => d.set(TASK, 'EnableFaultInjection', true, /^Task/)),
  mutation('killed before it has drained', 'timeout-chain', (d) =>
    d.set(TASK, `${container}.StopTimeout`, 30, /^Task/),
  ),
  mutation('stop timeout left at 30 s', 'timeout-chain', (d) => d.unset(TASK, `${container}.StopTimeout`, /^Task/)),
];

/** Faults of the service, its scaling and its images. */
export const service = [
  mutation('circuit breaker off', 'service-deployment', (d) =>
    d.set(SERVICE, `${deployment}.DeploymentCircuitBreaker.Enable`, false),
  ),
  mutation('circuit breaker without rollback', 'service-deployment', (d) =>
    d.set(SERVICE, `${deployment}.DeploymentCircuitBreaker.Rollback`, false),
  ),
  mutation('circuit breaker left out', 'service-deployment', (d) =>
    d.unset(SERVICE, `${deployment}.DeploymentCircuitBreaker`),
  ),
  mutation('minimum healthy 0 %', 'service-deployment', (d) =>
    d.set(SERVICE, `${deployment}.MinimumHealthyPercent`, 0),
  ),
  mutation('minimum healthy left at its default', 'service-deployment', (d) =>
    d.unset(SERVICE, `${deployment}.MinimumHealthyPercent`),
  ),
  mutation('maximum 100 %', 'service-deployment', (d) => d.set(SERVICE, `${deployment}.MaximumPercent`, 100)),
  mutation('deployment alarms off', 'service-deployment', (d) => d.set(SERVICE, `${deployment}.Alarms.Enable`, false)),
  mutation('deployment alarms without rollback', 'service-deployment', (d) =>
    d.set(SERVICE, `${deployment}.Alarms.Rollback`, false),
  ),
  mutation('no deployment alarm named', 'service-deployment', (d) =>
    d.set(SERVICE, `${deployment}.Alarms.AlarmNames`, []),
  ),
  mutation('deployment alarm that does not exist', 'service-deployment', (d) =>
    d.set(SERVICE, `${deployment}.Alarms.AlarmNames`, ['nothing']),
  ),
  mutation('all at once', 'service-deployment', (d) => d.set(SERVICE, `${deployment}.Strategy`, 'RECREATE')),
  mutation('canary of 100 %', 'service-deployment', (d) =>
    d.set(SERVICE, `${deployment}.CanaryConfiguration.CanaryPercent`, 100),
  ),
  mutation('zones not rebalanced', 'service-deployment', (d) =>
    d.set(SERVICE, 'AvailabilityZoneRebalancing', 'DISABLED'),
  ),
  mutation('public address for tasks', 'service-network', (d) =>
    d.set(SERVICE, 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp', 'ENABLED'),
  ),
  mutation('tasks without security group', 'service-network', (d) =>
    d.unset(SERVICE, 'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups'),
  ),
  mutation('old platform version', 'service-network', (d) => d.set(SERVICE, 'PlatformVersion', '1.3.0')),
  mutation('spot capacity in production', 'service-network', (d) =>
    d.set(SERVICE, 'CapacityProviderStrategy', [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }]),
  ),
  mutation('shell into tasks', 'service-exec', (d) => d.set(SERVICE, 'EnableExecuteCommand', true)),
  mutation('grace period of a second', 'timeout-chain', (d) => d.set(SERVICE, 'HealthCheckGracePeriodSeconds', 1)),
  mutation('desired count fixed', 'scaling-bounds', (d) => d.set(SERVICE, 'DesiredCount', 2)),
  mutation('tasks in public subnets', 'subnet-isolated', (d) => {
    const subnets = d.resource('AWS::ElasticLoadBalancingV2::LoadBalancer').Properties.Subnets;
    d.set(SERVICE, 'NetworkConfiguration.AwsvpcConfiguration.Subnets', subnets);
  }),
  mutation('tasks in one zone', 'two-zones', (d) => {
    const [first] = subnets(d);
    d.set(SERVICE, 'NetworkConfiguration.AwsvpcConfiguration.Subnets', [first]);
  }),
  mutation('one task in production', 'scaling-bounds', (d) => d.set(TARGET, 'MinCapacity', 1)),
  mutation('no room to scale', 'scaling-bounds', (d) =>
    d.set(TARGET, 'MaxCapacity', d.resource(TARGET).Properties.MinCapacity),
  ),
  mutation('scaling suspended', 'scaling-bounds', (d) =>
    d.set(TARGET, 'SuspendedState', { DynamicScalingOutSuspended: true }),
  ),
  mutation('scaling removed', 'scaling-bounds', (d) => {
    d.removeAll(SCALING);
    d.remove(TARGET);
  }),
  mutation('no scaling policy', 'scaling-target-tracking', (d) => d.removeAll(SCALING)),
  mutation('CPU target of 95 %', 'scaling-target-tracking', (d) => d.set(SCALING, `${tracking}.TargetValue`, 95)),
  mutation('never scales in', 'scaling-target-tracking', (d) => d.set(SCALING, `${tracking}.DisableScaleIn`, true)),
  mutation('scale-in cooldown of a second', 'scaling-target-tracking', (d) =>
    d.set(SCALING, `${tracking}.ScaleInCooldown`, 1),
  ),
  mutation('scale-out cooldown left at its default', 'scaling-target-tracking', (d) =>
    d.unset(SCALING, `${tracking}.ScaleOutCooldown`),
  ),
  mutation('container insights off', 'AwsSolutions-ECS4', (d) =>
    d.set('AWS::ECS::Cluster', 'ClusterSettings.0.Value', 'disabled'),
  ),
  mutation('image tags may be overwritten', 'ecr-repository', (d) => d.set(IMAGES, 'ImageTagMutability', 'MUTABLE')),
  mutation('images not scanned', 'ecr-repository', (d) =>
    d.set(IMAGES, 'ImageScanningConfiguration.ScanOnPush', false),
  ),
  mutation('images encrypted by the key of AWS', 'ecr-repository', (d) =>
    d.set(IMAGES, 'EncryptionConfiguration', { EncryptionType: 'AES256' }),
  ),
  mutation('images open to everybody', 'iam-no-public-principal', (d) =>
    d.set(IMAGES, 'RepositoryPolicyText', {
      Statement: [{ Effect: 'Allow', Principal: '*', Action: ['ecr:BatchGetImage'] }],
    }),
  ),
  mutation('canary stopped', 'canary', (d) => d.set(CANARY, 'StartCanaryAfterCreation', false)),
  mutation('canary once a day', 'canary', (d) => d.set(CANARY, 'Schedule.Expression', 'rate(1 day)')),
];

function subnets(draft: Draft): unknown[] {
  const network = draft.resource(SERVICE).Properties.NetworkConfiguration as {
    AwsvpcConfiguration: { Subnets: unknown[] };
  };
  return network.AwsvpcConfiguration.Subnets;
}
