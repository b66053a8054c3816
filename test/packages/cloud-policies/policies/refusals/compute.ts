import type { Draft } from '../../gates/draft.ts';
import { type Refusals, refusal } from '../refusal.ts';

const TASK = 'AWS::ECS::TaskDefinition';
const SERVICE = 'AWS::ECS::Service';
const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
const SCALING = 'AWS::ApplicationAutoScaling::ScalingPolicy';
const container = 'ContainerDefinitions.0';
const deployment = 'DeploymentConfiguration';

const variable = (draft: Draft, Name: string, Value: string): void =>
  draft.push(TASK, `${container}.Environment`, { Name, Value });

export const compute: Refusals = {
  cluster: [refusal('no insights', 'Cluster', (d) => d.unset('AWS::ECS::Cluster', 'ClusterSettings'))],
  'container-environment': [
    refusal('a variable set twice', 'Task', (d) => variable(d, 'TLS', 'self-signed')),
    refusal('code by NODE_OPTIONS', 'Task', (d) => variable(d, 'NODE_OPTIONS', '-r x')),
    refusal('a missing variable', 'Task', (d) => d.unset(TASK, `${container}.Environment.0`)),
  ],
  'container-hardening': [
    refusal('root', 'Task', (d) => d.set(TASK, `${container}.User`, 'root')),
    refusal('a writable root', 'Task', (d) => d.unset(TASK, `${container}.ReadonlyRootFilesystem`)),
    refusal('capabilities', 'Task', (d) => d.unset(TASK, `${container}.LinuxParameters.Capabilities`)),
  ],
  'container-image': [
    refusal('a tag', 'Task', (d) => d.set(TASK, `${container}.Image`, 'repository:v1')),
    refusal('a parameter that holds anything', 'Task', (d) => {
      d.template(TASK).Parameters = { Tag: { Type: 'String' } };
      d.set(TASK, `${container}.Image`, { 'Fn::Join': ['', [{ Ref: 'Images' }, '@', { Ref: 'Tag' }]] });
    }),
  ],
  'container-logs': [
    refusal('a group that is not here', 'Task', (d) =>
      d.set(TASK, `${container}.LogConfiguration.Options.awslogs-group`, '/x'),
    ),
  ],
  'container-ports': [
    refusal('another port', 'Task', (d) => d.set(TASK, `${container}.PortMappings.0.ContainerPort`, 3000)),
    refusal('a container that is not there', 'Api', (d) => d.set(SERVICE, 'LoadBalancers.0.ContainerName', 'nobody')),
  ],
  'container-secrets': [
    refusal('a password', 'Task', (d) => variable(d, 'DATABASE_PASSWORD', 'hunter2')),
    refusal('a secret that is no reference', 'Task', (d) => d.set(TASK, `${container}.Secrets.0.ValueFrom`, 'hunter2')),
  ],
  'container-volumes': [
    refusal('a folder of the host', 'Task', (d) => d.set(TASK, 'Volumes.0.Host', { SourcePath: '/' })),
  ],
  'scaling-bounds': [
    refusal('one task in production', 'Scaling', (d) => d.set(TARGET, 'MinCapacity', 1)),
    refusal('a fixed count', 'Api', (d) => d.set(SERVICE, 'DesiredCount', 2)),
  ],
  'scaling-target-tracking': [
    refusal('a target that is never reached', 'ScalingOnCpu', (d) =>
      d.set(SCALING, 'TargetTrackingScalingPolicyConfiguration.TargetValue', 95),
    ),
    refusal('no policy', 'Scaling', (d) => d.remove(SCALING)),
  ],
  'service-deployment': [
    refusal('no circuit breaker', 'Api', (d) => d.unset(SERVICE, `${deployment}.DeploymentCircuitBreaker`)),
    refusal('half the capacity', 'Api', (d) => d.set(SERVICE, `${deployment}.MinimumHealthyPercent`, 50)),
    refusal('an alarm that is not here', 'Api', (d) => d.set(SERVICE, `${deployment}.Alarms.AlarmNames`, ['x'])),
    refusal('an alarm on one target group', 'Unhealthy', (d) =>
      d.set(SERVICE, `${deployment}.Alarms.AlarmNames`, [{ Ref: 'Unhealthy' }]),
    ),
  ],
  'service-exec': [refusal('a shell', 'Api', (d) => d.set(SERVICE, 'EnableExecuteCommand', true))],
  'service-network': [
    refusal('a public address', 'Api', (d) =>
      d.set(SERVICE, 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp', 'ENABLED'),
    ),
  ],
  'task-definition': [
    refusal('two vCPUs', 'Task', (d) => d.set(TASK, 'Cpu', '2048')),
    refusal('one role for both', 'Task', (d) => d.set(TASK, 'TaskRoleArn', { 'Fn::GetAtt': ['ExecutionRole', 'Arn'] })),
  ],
  'ecr-repository': [
    refusal('tags that change', 'Images', (d) => d.set('AWS::ECR::Repository', 'ImageTagMutability', 'MUTABLE')),
  ],
  canary: [
    refusal('a canary once a day', 'Uptime', (d) =>
      d.set('AWS::Synthetics::Canary', 'Schedule.Expression', 'rate(1 day)'),
    ),
  ],
};
