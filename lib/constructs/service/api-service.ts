import { contract } from '@healthcare-ai/contract';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { StageConfig } from '../../config/schema.ts';
import { acknowledge } from '../acknowledge.ts';
import { LeastPrivilegeRole } from '../least-privilege-role.ts';

export interface ApiServiceProps {
  readonly name: string;
  readonly cluster: ecs.ICluster;
  readonly taskDefinition: ecs.FargateTaskDefinition;

  /** Name of the container that listens on `contract.port`. */
  readonly containerName: string;
  readonly subnets: ec2.SubnetSelection;
  readonly securityGroupId: string;
  readonly settings: StageConfig['service'];

  /** One for a rolling deployment, two for a canary. */
  readonly targetGroups: readonly elbv2.ApplicationTargetGroup[];
  readonly productionRule: elbv2.ApplicationListenerRule;

  /** Alarms that roll a deployment back. */
  readonly alarmNames: readonly string[];
}

const LOAD_BALANCER_POLICY = 'AmazonECSInfrastructureRolePolicyForLoadBalancers';

/** The service: never below full capacity, back by itself when a deployment fails, scaled by CPU. */
export class ApiService extends Construct {
  readonly service: ecs.FargateService;

  constructor(scope: Construct, id: string, props: ApiServiceProps) {
    super(scope, id);
    const { settings } = props;
    const canary = settings.deployment === 'canary';
    this.service = new ecs.FargateService(this, 'Resource', {
      serviceName: props.name,
      cluster: props.cluster,
      taskDefinition: props.taskDefinition,
      vpcSubnets: props.subnets,
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(this, 'Group', props.securityGroupId, { mutable: false })],
      assignPublicIp: false,
      // No desiredCount: every deploy would undo what scaling has done.
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.ENABLED,
      healthCheckGracePeriod: Duration.seconds(contract.timeouts.healthCheckGrace),
      circuitBreaker: { enable: true, rollback: true },
      deploymentAlarms: { alarmNames: [...props.alarmNames], behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM },
      ...(canary
        ? {
            deploymentStrategy: ecs.DeploymentStrategy.CANARY,
            canaryConfiguration: {
              stepPercent: settings.canaryPercent,
              stepBakeTime: Duration.minutes(settings.bakeMinutes),
            },
            bakeTime: Duration.minutes(settings.bakeMinutes),
          }
        : // ECS computes the bake time of a rolling deployment from the alarms.
          // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
          { deploymentStrategy: ecs.DeploymentStrategy.ROLLING }),
      capacityProviderStrategies: [
        { capacityProvider: settings.capacity === 'spot' ? 'FARGATE_SPOT' : 'FARGATE', weight: 1 },
      ],
      platformVersion: ecs.FargatePlatformVersion.LATEST,
      enableExecuteCommand: false,
      enableECSManagedTags: true,
      propagateTags: ecs.PropagatedTagSource.SERVICE,
    });
    this.attach(props, canary);
    this.scale(settings);
  }

  private attach(props: ApiServiceProps, canary: boolean): void {
    const [blue, green] = props.targetGroups;
    const target = this.service.loadBalancerTarget({
      containerName: props.containerName,
      containerPort: contract.port,
      alternateTarget: canary
        ? new ecs.AlternateTarget('Green', {
            alternateTargetGroup: green!,
            productionListener: ecs.ListenerRuleConfiguration.applicationListenerRule(props.productionRule),
            role: this.infrastructureRole().sealed,
          })
        : undefined,
    });
    target.attachToApplicationTargetGroup(blue!);
    // ECS refuses a target group that no listener uses yet.
    this.service.node.addDependency(props.productionRule);
  }

  private infrastructureRole(): LeastPrivilegeRole {
    const role = new LeastPrivilegeRole(this, 'TrafficRole', {
      // AWS documents this trust without a condition, and whether ECS sends one is unknown.
      // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html
      assumedBy: new iam.ServicePrincipal('ecs.amazonaws.com'),
      description: 'ECS shifts the traffic between the target groups',
      awsManaged: [LOAD_BALANCER_POLICY],
    });
    acknowledge(role.node.defaultChild!, {
      id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${LOAD_BALANCER_POLICY}]`,
      reason: 'AWS maintains what its deployment controller needs; only ECS may take the role.',
    });
    return role;
  }

  private scale(settings: StageConfig['service']): void {
    const scaling = this.service.autoScaleTaskCount({
      minCapacity: settings.minTasks,
      maxCapacity: settings.maxTasks,
    });
    scaling.scaleOnCpuUtilization('Cpu', {
      targetUtilizationPercent: settings.cpuTarget,
      scaleInCooldown: Duration.seconds(300),
      scaleOutCooldown: Duration.seconds(60),
    });
  }
}
