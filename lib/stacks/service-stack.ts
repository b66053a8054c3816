import type * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { CfnOutput, CfnParameter } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/schema.ts';
import { ApiService } from '../constructs/api-service.ts';
import { DeploymentAlarms } from '../constructs/deployment-alarms.ts';
import { EdgeLoadBalancer } from '../constructs/edge-load-balancer.ts';
import { EncryptedLogGroup } from '../constructs/encrypted-log-group.ts';
import { DATABASE_PORT } from '../constructs/security-groups.ts';
import { StageStack } from '../constructs/stage-stack.ts';
import { migrateTask, SERVICE_CONTAINER, serviceTask } from '../constructs/task-definitions.ts';
import type { Surroundings } from '../constructs/task-environment.ts';
import { serviceRole } from '../constructs/task-roles.ts';
import { WebFirewall } from '../constructs/web-firewall.ts';
import type { AuditStack } from './audit-stack.ts';
import type { DatabaseStack } from './database-stack.ts';
import type { NetworkStack } from './network-stack.ts';

export interface ServiceStackProps {
  readonly config: StageConfig;
  readonly audit: AuditStack;
  readonly network: NetworkStack;
  readonly database: DatabaseStack;
  readonly repository: ecr.IRepository;
}

/** What changes with every release: cluster, tasks, load balancer, WAF. */
export class ServiceStack extends StageStack {
  readonly service: ecs.FargateService;
  readonly edge: EdgeLoadBalancer;
  readonly firewallName: string;

  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, { ...props, description: 'Cluster, tasks, load balancer, WAF' });
    const { config, names } = this;
    const { audit, network } = props;
    const cluster = this.cluster(props);
    const around = this.surroundings(props);
    const image = this.image(props.repository);
    const common = { config, names, around, image, repository: props.repository };

    const task = serviceTask(this, 'Task', {
      ...common,
      logGroup: this.logGroup('ServiceLogs', names.logGroups.service, audit),
      taskRole: serviceRole(this, 'TaskRole', {
        name: `${names.serviceFamily}-task`,
        stage: config.stage,
        keys: audit.keys,
        auditBucket: audit.auditBucket,
        auditLogGroup: audit.auditLogGroup,
        databaseUserArn: `arn:${this.partition}:rds-db:${this.region}:${this.account}:dbuser:${props.database.cluster.clusterResourceIdentifier}/${names.databaseRole}`,
        modelArn:
          config.analysis.engine === 'bedrock'
            ? `arn:${this.partition}:bedrock:${this.region}::foundation-model/${config.analysis.modelId}`
            : undefined,
      }),
    });
    const migrate = migrateTask(this, 'Migrate', {
      ...common,
      logGroup: this.logGroup('MigrateLogs', names.logGroups.migrate, audit),
      ownerSecretArn: props.database.cluster.secret!.secretArn,
      ownerSecretKey: props.database.masterSecretKey,
    });

    this.edge = new EdgeLoadBalancer(this, 'Edge', {
      vpc: network.vpc,
      subnets: network.loadBalancerSubnets,
      securityGroupId: network.groups.loadBalancer.securityGroupId,
      internetFacing: config.network.exposure === 'internet',
      edge: config.edge,
      accessLogs: audit.accessLogs,
      twoGroups: config.service.deployment === 'canary',
    });
    const alarms = new DeploymentAlarms(this, 'DeploymentAlarms', {
      names,
      loadBalancer: this.edge.loadBalancer,
      topic: audit.alarmTopic,
      serverErrors: config.alarms.serverErrors,
      latencyP99Seconds: config.alarms.latencyP99Seconds,
    });
    this.service = new ApiService(this, 'Api', {
      name: names.service,
      cluster,
      taskDefinition: task,
      containerName: SERVICE_CONTAINER,
      subnets: network.taskSubnets,
      securityGroupId: network.groups.service.securityGroupId,
      settings: config.service,
      targetGroups: this.edge.targetGroups,
      productionRule: this.edge.productionRule,
      alarmNames: alarms.alarms.map((alarm) => alarm.alarmName),
    }).service;
    this.firewallName = new WebFirewall(this, 'Firewall', {
      name: names.base,
      loadBalancerArn: this.edge.loadBalancer.loadBalancerArn,
      requestsPerMinute: config.edge.requestsPerMinute,
      logGroup: this.logGroup('FirewallLogs', names.logGroups.waf, audit, false),
    }).name;
    this.outputs(network, migrate);
  }

  private logGroup(id: string, name: string, audit: AuditStack, masked = true): EncryptedLogGroup {
    const retentionDays = this.config.retention.applicationLogs;
    return new EncryptedLogGroup(this, id, { name, key: audit.keys.logs, retentionDays, masked });
  }

  private cluster({ network, audit }: ServiceStackProps): ecs.Cluster {
    // ECS would make the group itself, without key and without end.
    const insights = this.logGroup('InsightsLogs', this.names.logGroups.containerInsights, audit, false);
    const cluster = new ecs.Cluster(this, 'Cluster', {
      clusterName: this.names.cluster,
      vpc: network.vpc,
      containerInsightsV2: ecs.ContainerInsights.ENHANCED,
      enableFargateCapacityProviders: true,
    });
    cluster.node.addDependency(insights);
    return cluster;
  }

  private surroundings({ database, audit }: ServiceStackProps): Surroundings {
    return {
      databaseHost: database.cluster.clusterEndpoint.hostname,
      databasePort: DATABASE_PORT,
      dataKeyArn: audit.keys.data.keyArn,
      signingKeyArn: audit.keys.signing.keyArn,
      auditBucket: audit.auditBucket.bucketName,
      auditLogGroup: audit.auditLogGroup.logGroupName,
    };
  }

  /**
   * The image that the stage's SSM parameter names. The parameter is written by deploy, rollout and rollback, and by no
   * template: until it exists CloudFormation refuses to start, and no later deploy brings an old image back.
   */
  private image(repository: ecr.IRepository): ecs.ContainerImage {
    const digest = new CfnParameter(this, 'ImageDigest', {
      type: 'AWS::SSM::Parameter::Value<String>',
      default: this.names.imageDigestParameter,
      description: 'SSM parameter that holds the digest of the image, sha256:...',
    });
    // fromEcrRepository would render repo:sha256... for a digest that is a token.
    return ecs.ContainerImage.fromRegistry(repository.repositoryUriForDigest(digest.valueAsString));
  }

  /** What the operator's tools need to run a one-off task and to find the service. */
  private outputs(network: NetworkStack, migrate: ecs.FargateTaskDefinition): void {
    const subnets = network.vpc.selectSubnets(network.taskSubnets).subnetIds;
    const values = {
      LoadBalancerDnsName: this.edge.loadBalancer.loadBalancerDnsName,
      ClusterName: this.names.cluster,
      ServiceName: this.names.service,
      MigrateTaskDefinition: migrate.taskDefinitionArn,
      TaskSubnets: subnets.join(','),
      ServiceSecurityGroup: network.groups.service.securityGroupId,
      MigrateSecurityGroup: network.groups.migrate.securityGroupId,
    };
    for (const [name, value] of Object.entries(values)) new CfnOutput(this, name, { value });
  }
}
