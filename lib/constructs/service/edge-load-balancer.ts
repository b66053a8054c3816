import { contract } from '@healthcare-ai/contract';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { StageConfig } from '../../config/schema.ts';
import { acknowledgeRule } from '../acknowledge.ts';
import { accessLogPrefixes } from '../audit/access-log-bucket.ts';

export interface EdgeLoadBalancerProps {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.SubnetSelection;
  readonly securityGroupId: string;
  readonly internetFacing: boolean;
  readonly deletionProtection: boolean;
  readonly certificate: elbv2.IListenerCertificate;
  readonly edge: Pick<StageConfig['edge'], 'minimumTls' | 'jwt'>;
  readonly accessLogs: s3.IBucket;

  /** Makes a second target group, to which a canary deployment shifts the traffic. */
  readonly twoGroups: boolean;
}

/** HTTPS in, HTTPS on to the tasks; what is malformed is dropped. */
export class EdgeLoadBalancer extends Construct {
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  /** Receives the traffic first; a canary deployment flips between it and the other. */
  readonly targetGroups: readonly elbv2.ApplicationTargetGroup[];
  readonly productionRule: elbv2.ApplicationListenerRule;

  constructor(scope: Construct, id: string, props: EdgeLoadBalancerProps) {
    super(scope, id);
    this.loadBalancer = new elbv2.ApplicationLoadBalancer(this, 'Resource', {
      vpc: props.vpc,
      vpcSubnets: props.subnets,
      internetFacing: props.internetFacing,
      securityGroup: ec2.SecurityGroup.fromSecurityGroupId(this, 'Group', props.securityGroupId, { mutable: false }),
      deletionProtection: props.deletionProtection,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: elbv2.DesyncMitigationMode.STRICTEST,
      xffHeaderProcessingMode: elbv2.XffHeaderProcessingMode.APPEND,
      http2Enabled: true,
      idleTimeout: Duration.seconds(contract.timeouts.loadBalancerIdle),
    });
    // A WAF that cannot answer stops the traffic rather than letting it pass unjudged. (CDK leaves out the default.)
    this.loadBalancer.setAttribute('waf.fail_open.enabled', 'false');
    this.loadBalancer.logAccessLogs(props.accessLogs, accessLogPrefixes.loadBalancer);
    this.loadBalancer.logConnectionLogs(props.accessLogs, accessLogPrefixes.connections);

    const names = props.twoGroups ? ['Blue', 'Green'] : ['Blue'];
    this.targetGroups = names.map((name) => this.targetGroup(name, props.vpc));
    const listener = this.loadBalancer.addListener('Https', {
      port: 443,
      protocol: elbv2.ApplicationProtocol.HTTPS,
      certificates: [props.certificate],
      sslPolicy: props.edge.minimumTls === 'tls1.3' ? elbv2.SslPolicy.TLS13_13_PQ : elbv2.SslPolicy.TLS13_12_RES_PQ,
      open: false,
      defaultAction: elbv2.ListenerAction.fixedResponse(404, { contentType: 'text/plain', messageBody: 'Not found' }),
    });
    this.productionRule = this.rules(listener, props.edge.jwt);
    this.redirect();
  }

  private targetGroup(name: string, vpc: ec2.IVpc): elbv2.ApplicationTargetGroup {
    return new elbv2.ApplicationTargetGroup(this, name, {
      vpc,
      targetType: elbv2.TargetType.IP,
      protocol: elbv2.ApplicationProtocol.HTTPS,
      port: contract.port,
      deregistrationDelay: Duration.seconds(contract.timeouts.deregistration),
      healthCheck: {
        path: contract.paths.health,
        protocol: elbv2.Protocol.HTTPS,
        healthyHttpCodes: '200',
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 3,
      },
    });
  }

  /** A rule rather than the default action: ECS shifts the weights of a rule. */
  private rules(listener: elbv2.ApplicationListener, jwt: StageConfig['edge']['jwt']): elbv2.ApplicationListenerRule {
    const [blue] = this.targetGroups;
    const forward = elbv2.ListenerAction.weightedForward(
      this.targetGroups.map((targetGroup) => ({ targetGroup, weight: targetGroup === blue ? 100 : 0 })),
    );
    if (jwt !== undefined) {
      const { health, live, ready } = contract.paths;
      new elbv2.ApplicationListenerRule(this, 'Health', {
        listener,
        priority: 10,
        conditions: [elbv2.ListenerCondition.pathPatterns([health, live, ready])],
        action: elbv2.ListenerAction.forward([blue!]),
      });
    }
    return new elbv2.ApplicationListenerRule(this, 'Production', {
      listener,
      priority: 100,
      conditions: [elbv2.ListenerCondition.pathPatterns(['/*'])],
      action:
        jwt === undefined
          ? forward
          : elbv2.ListenerAction.authenticateJwt({ issuer: jwt.issuer, jwksEndpoint: jwt.jwksEndpoint, next: forward }),
    });
  }

  private redirect(): void {
    const listener = this.loadBalancer.addListener('Http', {
      port: 80,
      protocol: elbv2.ApplicationProtocol.HTTP,
      open: false,
      defaultAction: elbv2.ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
    });
    acknowledgeRule(listener.node.defaultChild!, 'ELBv2ACMCertificateRequired', {
      reason: 'Port 80 answers nothing but a redirect to HTTPS; a listener of plain HTTP cannot have a certificate.',
    });
  }
}
