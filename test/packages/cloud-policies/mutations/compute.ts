import { absent, changed, type Draft, mutation, removedAll } from '../draft.ts';

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
  changed('container runs as root', 'container-hardening', TASK, `${container}.User`, '0', /^Task/),
  changed('container runs as a named user', 'container-hardening', TASK, `${container}.User`, 'node', /^Task/),
  absent('container without user', 'container-hardening', TASK, `${container}.User`, /^Task/),
  mutation('capabilities kept', 'container-hardening', (d) =>
    d.set(TASK, `${container}.LinuxParameters.Capabilities.Drop`, [], /^Task/),
  ),
  mutation('capability added', 'container-hardening', (d) =>
    d.set(TASK, `${container}.LinuxParameters.Capabilities.Add`, ['SYS_PTRACE'], /^Task/),
  ),
  changed('privileged container', 'container-hardening', TASK, `${container}.Privileged`, true, /^Task/),
  mutation('no init process', 'container-hardening', (d) =>
    d.set(TASK, `${container}.LinuxParameters.InitProcessEnabled`, false, /^Task/),
  ),
  changed('another entry point', 'container-hardening', TASK, `${container}.EntryPoint`, ['/bin/sh', '-c'], /^Task/),
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
  absent('no logs', 'container-logs', TASK, `${container}.LogConfiguration`, /^Task/),
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
  changed('two vCPUs (one Node thread never reaches 70 %)', 'task-definition', TASK, 'Cpu', '2048', /^Task/),
  mutation('task role that is the execution role', 'task-definition', (d) =>
    d.set(TASK, 'TaskRoleArn', d.resource(TASK, /^Task/).Properties.ExecutionRoleArn, /^Task/),
  ),
  absent('task without role', 'task-definition', TASK, 'TaskRoleArn', /^Task/),
  changed('shared process namespace', 'task-definition', TASK, 'PidMode', 'task', /^Task/),
  changed('task on the host network', 'task-definition', TASK, 'NetworkMode', 'host', /^Task/),
  changed('fault injection on', 'task-definition', TASK, 'EnableFaultInjection', true, /^Task/),
  changed('killed before it has drained', 'timeout-chain', TASK, `${container}.StopTimeout`, 30, /^Task/),
  absent('stop timeout left at 30 s', 'timeout-chain', TASK, `${container}.StopTimeout`, /^Task/),
];

/** Faults of the service, its scaling and its images. */
export const service = [
  changed('circuit breaker off', 'service-deployment', SERVICE, `${deployment}.DeploymentCircuitBreaker.Enable`, false),
  mutation('circuit breaker without rollback', 'service-deployment', (d) =>
    d.set(SERVICE, `${deployment}.DeploymentCircuitBreaker.Rollback`, false),
  ),
  absent('circuit breaker left out', 'service-deployment', SERVICE, `${deployment}.DeploymentCircuitBreaker`),
  changed('minimum healthy 0 %', 'service-deployment', SERVICE, `${deployment}.MinimumHealthyPercent`, 0),
  absent('minimum healthy left at its default', 'service-deployment', SERVICE, `${deployment}.MinimumHealthyPercent`),
  changed('maximum 100 %', 'service-deployment', SERVICE, `${deployment}.MaximumPercent`, 100),
  changed('deployment alarms off', 'service-deployment', SERVICE, `${deployment}.Alarms.Enable`, false),
  changed('deployment alarms without rollback', 'service-deployment', SERVICE, `${deployment}.Alarms.Rollback`, false),
  changed('no deployment alarm named', 'service-deployment', SERVICE, `${deployment}.Alarms.AlarmNames`, []),
  mutation('deployment alarm that does not exist', 'service-deployment', (d) =>
    d.set(SERVICE, `${deployment}.Alarms.AlarmNames`, ['nothing']),
  ),
  changed('all at once', 'service-deployment', SERVICE, `${deployment}.Strategy`, 'RECREATE'),
  changed('canary of 100 %', 'service-deployment', SERVICE, `${deployment}.CanaryConfiguration.CanaryPercent`, 100),
  changed('zones not rebalanced', 'service-deployment', SERVICE, 'AvailabilityZoneRebalancing', 'DISABLED'),
  mutation('public address for tasks', 'service-network', (d) =>
    d.set(SERVICE, 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp', 'ENABLED'),
  ),
  mutation('tasks without security group', 'service-network', (d) =>
    d.unset(SERVICE, 'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups'),
  ),
  changed('old platform version', 'service-network', SERVICE, 'PlatformVersion', '1.3.0'),
  mutation('spot capacity in production', 'service-network', (d) =>
    d.set(SERVICE, 'CapacityProviderStrategy', [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }]),
  ),
  changed('shell into tasks', 'service-exec', SERVICE, 'EnableExecuteCommand', true),
  changed('grace period of a second', 'timeout-chain', SERVICE, 'HealthCheckGracePeriodSeconds', 1),
  changed('desired count fixed', 'scaling-bounds', SERVICE, 'DesiredCount', 2),
  mutation('tasks in public subnets', 'subnet-isolated', (d) => {
    const subnets = d.resource('AWS::ElasticLoadBalancingV2::LoadBalancer').Properties.Subnets;
    d.set(SERVICE, 'NetworkConfiguration.AwsvpcConfiguration.Subnets', subnets);
  }),
  mutation('tasks in one zone', 'two-zones', (d) => {
    const [first] = subnets(d);
    d.set(SERVICE, 'NetworkConfiguration.AwsvpcConfiguration.Subnets', [first]);
  }),
  changed('one task in production', 'scaling-bounds', TARGET, 'MinCapacity', 1),
  mutation('no room to scale', 'scaling-bounds', (d) =>
    d.set(TARGET, 'MaxCapacity', d.resource(TARGET).Properties.MinCapacity),
  ),
  changed('scaling suspended', 'scaling-bounds', TARGET, 'SuspendedState', { DynamicScalingOutSuspended: true }),
  mutation('scaling removed', 'scaling-bounds', (d) => {
    d.removeAll(SCALING);
    d.remove(TARGET);
  }),
  removedAll('no scaling policy', 'scaling-target-tracking', SCALING),
  changed('CPU target of 95 %', 'scaling-target-tracking', SCALING, `${tracking}.TargetValue`, 95),
  changed('never scales in', 'scaling-target-tracking', SCALING, `${tracking}.DisableScaleIn`, true),
  changed('scale-in cooldown of a second', 'scaling-target-tracking', SCALING, `${tracking}.ScaleInCooldown`, 1),
  absent('scale-out cooldown left at its default', 'scaling-target-tracking', SCALING, `${tracking}.ScaleOutCooldown`),
  changed('container insights off', 'AwsSolutions-ECS4', 'AWS::ECS::Cluster', 'ClusterSettings.0.Value', 'disabled'),
  changed('image tags may be overwritten', 'ecr-repository', IMAGES, 'ImageTagMutability', 'MUTABLE'),
  changed('images not scanned', 'ecr-repository', IMAGES, 'ImageScanningConfiguration.ScanOnPush', false),
  mutation('images encrypted by the key of AWS', 'ecr-repository', (d) =>
    d.set(IMAGES, 'EncryptionConfiguration', { EncryptionType: 'AES256' }),
  ),
  mutation('images open to everybody', 'iam-no-public-principal', (d) =>
    d.set(IMAGES, 'RepositoryPolicyText', {
      Statement: [{ Effect: 'Allow', Principal: '*', Action: ['ecr:BatchGetImage'] }],
    }),
  ),
  changed('canary stopped', 'canary', CANARY, 'StartCanaryAfterCreation', false),
  changed('canary once a day', 'canary', CANARY, 'Schedule.Expression', 'rate(1 day)'),
];

function subnets(draft: Draft): unknown[] {
  const network = draft.resource(SERVICE).Properties.NetworkConfiguration as {
    AwsvpcConfiguration: { Subnets: unknown[] };
  };
  return network.AwsvpcConfiguration.Subnets;
}
