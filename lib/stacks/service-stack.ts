import type * as ecr from 'aws-cdk-lib/aws-ecr';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { CfnOutput } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { keySetSources } from '../config/issuers.ts';
import { SERVICE_CONTAINER } from '../config/names.ts';
import type { StageConfig } from '../config/schema.ts';
import { EncryptedLogGroup } from '../constructs/encrypted-log-group.ts';
import { ApiService } from '../constructs/service/api-service.ts';
import { DeploymentAlarms } from '../constructs/service/deployment-alarms.ts';
import { Domain } from '../constructs/service/domain.ts';
import { EdgeLoadBalancer } from '../constructs/service/edge-load-balancer.ts';
import { KeySetFunction, readKeySets } from '../constructs/service/key-set-function.ts';
import { WebFirewall } from '../constructs/service/web-firewall.ts';
import { StageStack } from '../constructs/stage-stack.ts';
import { pinnedImage } from '../constructs/tasks/pinned-image.ts';
import { serviceTask } from '../constructs/tasks/task-definitions.ts';
import { stageOutputs } from '../constructs/tasks/task-environment.ts';
import { type ModelAccess, serviceRole } from '../constructs/tasks/task-roles.ts';
import type { AuditStack } from './audit-stack.ts';
import type { DatabaseStack } from './database-stack.ts';
import type { NetworkStack } from './network-stack.ts';

export interface ServiceStackProps {
  readonly config: StageConfig;
  readonly audit: AuditStack;
  readonly network: NetworkStack;
  readonly database: DatabaseStack;
  readonly repository: ecr.IRepository;
  readonly cluster: ecs.ICluster;
}

/** What changes with every release: task, service, load balancer, WAF. */
export class ServiceStack extends StageStack {
  readonly service: ecs.FargateService;
  readonly edge: EdgeLoadBalancer;
  readonly firewallName: string;
  /** What the tasks write to stdout. */
  readonly logGroup: logs.ILogGroup;

  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, { ...props, description: 'Service, load balancer, WAF' });
    const { config, names } = this;
    const { audit, network } = props;

    const sources = keySetSources(config.service.issuers);
    if (sources.length > 0) {
      new KeySetFunction(this, 'KeySets', {
        names,
        sources,
        bucket: audit.accessLogs,
        logGroup: this.encryptedLogGroup('KeySetLogs', names.logGroups.keySets, audit, false),
        topic: audit.alarmTopic,
      });
    }
    this.logGroup = this.encryptedLogGroup('ServiceLogs', names.logGroups.service, audit);
    const task = serviceTask(this, 'Task', {
      config,
      names,
      outputs: stageOutputs(audit, props.database.cluster),
      image: pinnedImage(this, names, props.repository),
      repository: props.repository,
      logGroup: this.logGroup,
      taskRole: serviceRole(this, 'TaskRole', {
        name: names.roles.serviceTask,
        stage: config.stage,
        keys: audit.keys,
        more: sources.length === 0 ? [] : [readKeySets(audit.accessLogs, sources)],
        auditBucket: audit.auditBucket,
        auditLogGroup: audit.auditLogGroup,
        databaseUserArn: `arn:${this.partition}:rds-db:${this.region}:${this.account}:dbuser:${props.database.cluster.clusterResourceIdentifier}/${names.databaseRole}`,
        model: this.model(),
      }),
    });

    const internetFacing = config.network.exposure === 'internet';
    const domain = new Domain(this, 'Domain', config.edge);
    // Another exposure replaces the load balancer. Target groups must be replaced with it, since one of two load balancers
    // cannot take a target group of the other. https://github.com/hashicorp/terraform-provider-aws/issues/22005
    this.edge = new EdgeLoadBalancer(this, internetFacing ? 'Edge' : 'InternalEdge', {
      vpc: network.vpc,
      subnets: network.loadBalancerSubnets,
      securityGroupId: network.groups.loadBalancer.securityGroupId,
      internetFacing,
      deletionProtection: !config.disposable,
      certificate: domain.certificate,
      edge: config.edge,
      accessLogs: audit.accessLogs,
      twoGroups: config.service.deployment === 'canary',
    });
    domain.pointTo(this.edge.loadBalancer);
    const alarms = new DeploymentAlarms(this, 'DeploymentAlarms', {
      names,
      loadBalancer: this.edge.loadBalancer,
      targetGroups: this.edge.targetGroups,
      topic: audit.alarmTopic,
      serverErrors: config.alarms.serverErrors,
      latencyP99Seconds: config.alarms.latencyP99Seconds,
    });
    this.service = new ApiService(this, 'Api', {
      name: names.service,
      cluster: props.cluster,
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
      logGroup: this.encryptedLogGroup('FirewallLogs', names.logGroups.waf, audit, false),
    }).name;
    this.outputs();
  }

  private encryptedLogGroup(id: string, name: string, audit: AuditStack, masked = true): EncryptedLogGroup {
    const retentionDays = this.config.retention.applicationLogs;
    return new EncryptedLogGroup(this, id, { name, key: audit.keys.logs, retentionDays, masked });
  }

  /** The model that the service may call, and the inference profile through which it does. */
  private model(): ModelAccess | undefined {
    const { analysis } = this.config;
    if (analysis.engine !== 'bedrock') return undefined;
    const { modelId, inferenceProfile } = analysis;
    // A global profile is authorized by the model's ARN without a region, too.
    // https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
    const anywhere = inferenceProfile?.id.startsWith('global.') ? [''] : [];
    const regions = [...(inferenceProfile?.regions ?? [this.region]), ...anywhere];
    return {
      models: regions.map((region) => `arn:${this.partition}:bedrock:${region}::foundation-model/${modelId}`),
      profile:
        inferenceProfile === undefined
          ? undefined
          : `arn:${this.partition}:bedrock:${this.region}:${this.account}:inference-profile/${inferenceProfile.id}`,
    };
  }

  /** What the operator's tools need to find the service. */
  private outputs(): void {
    const values = {
      LoadBalancerDnsName: this.edge.loadBalancer.loadBalancerDnsName,
      ClusterName: this.names.cluster,
      ServiceName: this.names.service,
    };
    for (const [name, value] of Object.entries(values)) new CfnOutput(this, name, { value });
  }
}
