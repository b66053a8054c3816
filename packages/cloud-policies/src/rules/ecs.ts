import { numberOf, type Resource } from '../core/assembly.ts';
import {
  absent,
  atLeast,
  between,
  equals,
  off,
  on,
  optional,
  type Policy,
  type PolicyFault,
  present,
  refersTo,
  resourcePolicy,
  unmet,
} from '../core/policy.ts';
import { isDisposable, isProduction } from '../core/stage.ts';
import { listOf, recordOf } from '../core/template.ts';
import { metricsOf } from './metrics-of-alarm.ts';

export const scalingBounds: Policy = {
  id: 'scaling-bounds',
  description: 'Each service scales, from two tasks in production, and no template sets a count that would undo it.',
  *check(assembly) {
    const targets = assembly.resources('AWS::ApplicationAutoScaling::ScalableTarget');
    for (const target of targets) {
      yield* unmet(target, {
        MinCapacity: between(isProduction(assembly) ? 2 : isDisposable(assembly) ? 0 : 1, 1000),
        MaxCapacity: between(isDisposable(assembly) ? 1 : 2, 1000),
        ScalableDimension: equals('ecs:service:DesiredCount'),
        ServiceNamespace: equals('ecs'),
        SuspendedState: absent,
        ScheduledActions: absent,
      });
      if (!(numberOf(target.get('MaxCapacity')) > numberOf(target.get('MinCapacity')))) {
        yield target.fault('MaxCapacity', 'is not above MinCapacity, so nothing scales; raise it');
      }
    }
    for (const service of assembly.resources('AWS::ECS::Service')) {
      const name = service.text('ServiceName');
      const scaled = targets.some((target) => {
        const id = target.text('ResourceId');
        return assembly.mentioned(id).includes(service) || (name !== '' && id.endsWith(`/${name}`));
      });
      if (!scaled) yield service.fault('', 'has no ScalableTarget; add one');
      if (scaled && service.get('DesiredCount') !== undefined) {
        yield service.fault('DesiredCount', 'undoes scaling at each deployment; leave it out');
      }
    }
  },
};

const tracking = 'TargetTrackingScalingPolicyConfiguration';

export const scalingTargetTracking: Policy = {
  id: 'scaling-target-tracking',
  description:
    'Scaling holds CPU near 70 %: out after 60 s, in after 300 s. One Node thread must be able to reach the target.',
  *check(assembly) {
    const policies = assembly.resources('AWS::ApplicationAutoScaling::ScalingPolicy');
    for (const target of assembly.resources('AWS::ApplicationAutoScaling::ScalableTarget')) {
      const own = policies.filter(
        (policy) =>
          policy.target('ScalingTargetId') === target || policy.text('ResourceId') === target.text('ResourceId'),
      );
      const onCpu = own.filter(
        (policy) =>
          policy.get(`${tracking}.PredefinedMetricSpecification.PredefinedMetricType`) ===
          'ECSServiceAverageCPUUtilization',
      );
      if (onCpu.length === 0) yield target.fault('', 'has no target tracking on CPU; add it');
    }
    for (const policy of policies) {
      yield* unmet(policy, {
        PolicyType: equals('TargetTrackingScaling'),
        ScalingTargetId: refersTo('AWS::ApplicationAutoScaling::ScalableTarget'),
        [`${tracking}.PredefinedMetricSpecification.PredefinedMetricType`]: equals(
          'ECSServiceAverageCPUUtilization',
          'ECSServiceAverageMemoryUtilization',
          'ALBRequestCountPerTarget',
        ),
        [`${tracking}.DisableScaleIn`]: off,
        [`${tracking}.ScaleInCooldown`]: equals(300),
        [`${tracking}.ScaleOutCooldown`]: equals(60),
      });
      const metric = policy.get(`${tracking}.PredefinedMetricSpecification.PredefinedMetricType`);
      // Above 75 a burst finds no headroom while new tasks start; below 50 half of what is paid for idles.
      if (metric === 'ECSServiceAverageCPUUtilization')
        yield* unmet(policy, { [`${tracking}.TargetValue`]: between(50, 75) });
    }
  },
};

const configuration = 'DeploymentConfiguration';

export const serviceDeployment = resourcePolicy({
  id: 'service-deployment',
  description:
    'A deployment cannot hang, never drops below full capacity, and goes back by itself when it fails or alarms.',
  types: ['AWS::ECS::Service'],
  *check(service) {
    yield* unmet(service, {
      [`${configuration}.DeploymentCircuitBreaker.Enable`]: on,
      [`${configuration}.DeploymentCircuitBreaker.Rollback`]: on,
      [`${configuration}.MinimumHealthyPercent`]: between(100, 100),
      [`${configuration}.MaximumPercent`]: between(150, 200),
      [`${configuration}.Alarms.Enable`]: on,
      [`${configuration}.Alarms.Rollback`]: on,
      [`${configuration}.Strategy`]: optional(equals('ROLLING', 'CANARY', 'LINEAR', 'BLUE_GREEN')),
      [`${configuration}.CanaryConfiguration.CanaryPercent`]: optional(between(1, 50)),
      [`${configuration}.CanaryConfiguration.CanaryBakeTimeInMinutes`]: optional(atLeast(1)),
      AvailabilityZoneRebalancing: equals('ENABLED'),
      SchedulingStrategy: optional(equals('REPLICA')),
      'DeploymentController.Type': optional(equals('ECS')),
    });
    const shifting = ['CANARY', 'LINEAR', 'BLUE_GREEN'].includes(service.text(`${configuration}.Strategy`));
    if (shifting !== (service.get('LoadBalancers.0.AdvancedConfiguration') !== undefined)) {
      yield service.fault(
        `${configuration}.Strategy`,
        'and the alternate target group do not fit; set both or neither',
      );
    }
    // ECS computes the bake time of a rolling deployment, and documents that it cannot be set.
    yield* unmet(service, { [`${configuration}.BakeTimeInMinutes`]: shifting ? between(1, 1440) : absent });
    if (service.text(`${configuration}.Strategy`) === 'CANARY') {
      yield* unmet(service, {
        [`${configuration}.CanaryConfiguration.CanaryPercent`]: between(1, 50),
        [`${configuration}.CanaryConfiguration.CanaryBakeTimeInMinutes`]: between(1, 1440),
      });
    }
    yield* deploymentAlarmFaults(service);
  },
});

/** The alarms that roll a deployment back are there, and see all of it. */
function* deploymentAlarmFaults(service: Resource): Generator<PolicyFault> {
  const names = listOf(service.get(`${configuration}.Alarms.AlarmNames`));
  const alarms = names.flatMap((name) => {
    const text = service.render(name);
    return service.assembly
      .resources('AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm')
      .filter((alarm) => service.assembly.mentioned(text).includes(alarm) || alarm.text('AlarmName') === text);
  });
  if (names.length === 0 || alarms.length < names.length) {
    yield service.fault(
      `${configuration}.Alarms.AlarmNames`,
      'names no alarm of this deployment, or one that is not; refer to them',
    );
  }
  // Traffic flips between two target groups, so an alarm on one of them is blind half of the time.
  const groups = service.assembly.resources('AWS::ElasticLoadBalancingV2::TargetGroup');
  for (const alarm of alarms) {
    const seen = metricsOf(alarm).flatMap(({ dimensions }) => service.assembly.mentioned(dimensions.TargetGroup ?? ''));
    if (seen.length > 0 && !groups.every((group) => seen.includes(group))) {
      yield alarm.fault(
        'Dimensions',
        'a deployment alarm looks at one target group; use the load balancer, or every group',
      );
    }
  }
  // Few requests make few errors: a count alone passes a release that fails every one of them.
  const rates = alarms.filter((alarm) => {
    const names = metricsOf(alarm).map(({ name }) => name);
    return names.includes('HTTPCode_Target_5XX_Count') && names.includes('RequestCount');
  });
  if (rates.length === 0) {
    yield service.fault(
      `${configuration}.Alarms.AlarmNames`,
      'none compares HTTPCode_Target_5XX_Count with RequestCount; add an alarm on the share of failed requests',
    );
  }
}

export const serviceExec: Policy = {
  id: 'service-exec',
  description: 'No shell can be opened in a task that holds decrypted notes.',
  *check(assembly) {
    for (const service of assembly.resources('AWS::ECS::Service')) yield* unmet(service, { EnableExecuteCommand: off });
  },
};

const network = 'NetworkConfiguration.AwsvpcConfiguration';

export const serviceNetwork: Policy = {
  id: 'service-network',
  description:
    'Tasks have no public address, groups of their own, the newest platform, and are not interruptible in production.',
  *check(assembly) {
    for (const item of assembly.resources('AWS::ECS::ClusterCapacityProviderAssociations')) {
      for (const { path, value } of item.items('CapacityProviders')) {
        if (!['FARGATE', 'FARGATE_SPOT'].includes(String(value)))
          yield item.fault(path, `got ${String(value)}; use FARGATE`);
      }
    }
    for (const service of assembly.resources('AWS::ECS::Service')) {
      yield* unmet(service, {
        Cluster: refersTo('AWS::ECS::Cluster'),
        TaskDefinition: refersTo('AWS::ECS::TaskDefinition'),
        [`${network}.AssignPublicIp`]: equals('DISABLED'),
        [`${network}.SecurityGroups`]: present,
        [`${network}.Subnets`]: present,
        PlatformVersion: optional(equals('LATEST', '1.4.0')),
        LaunchType: optional(equals('FARGATE')),
        'LoadBalancers.0.TargetGroupArn': refersTo('AWS::ElasticLoadBalancingV2::TargetGroup'),
      });
      for (const { path, value } of service.items('CapacityProviderStrategy')) {
        const provider = recordOf(value).CapacityProvider;
        const allowed = isProduction(assembly) ? ['FARGATE'] : ['FARGATE', 'FARGATE_SPOT'];
        if (!allowed.includes(String(provider)))
          yield service.fault(path, `got ${String(provider)}; use ${allowed.join(' or ')}`);
      }
    }
  },
};

export const taskDefinition = resourcePolicy({
  id: 'task-definition',
  description:
    'Tasks are Fargate on ARM64 with at most one vCPU (one Node thread), and two roles that are not the same.',
  types: ['AWS::ECS::TaskDefinition'],
  *check(task) {
    yield* unmet(task, {
      Cpu: between(256, 1024),
      Memory: between(512, 30_720),
      NetworkMode: equals('awsvpc'),
      'RequiresCompatibilities.0': equals('FARGATE'),
      'RuntimePlatform.CpuArchitecture': equals('ARM64'),
      'RuntimePlatform.OperatingSystemFamily': equals('LINUX'),
      TaskRoleArn: refersTo('AWS::IAM::Role'),
      ExecutionRoleArn: refersTo('AWS::IAM::Role'),
      PidMode: absent,
      IpcMode: absent,
      EnableFaultInjection: absent,
      ProxyConfiguration: absent,
    });
    if (task.target('TaskRoleArn') !== undefined && task.target('TaskRoleArn') === task.target('ExecutionRoleArn')) {
      yield task.fault('TaskRoleArn', 'is the execution role too, which may read every secret; use two roles');
    }
    if (task.items('ContainerDefinitions').length === 0)
      yield task.fault('ContainerDefinitions', 'got none; add the service');
  },
});
