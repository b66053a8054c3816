import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { StageConfig } from '../../config/schema.ts';

/**
 * The name of the stage: its certificate and, with a hosted zone, its alias record. Apart from the load balancer, which
 * another exposure replaces: Route 53 refuses a second record of the same name, so the first one must be updated.
 */
export class Domain extends Construct {
  readonly certificate: elbv2.IListenerCertificate;
  private readonly name: string;
  private readonly zone: route53.IHostedZone | undefined;

  constructor(scope: Construct, id: string, { certificateArn, hostedZone, domainName }: StageConfig['edge']) {
    super(scope, id);
    this.name = domainName;
    if (hostedZone !== undefined) {
      const { id: hostedZoneId, name: zoneName } = hostedZone;
      this.zone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName });
    }
    this.certificate =
      certificateArn === undefined
        ? // CloudFormation waits until ACM has found the record by which it validates the name.
          new acm.Certificate(this, 'Certificate', {
            domainName,
            validation: acm.CertificateValidation.fromDns(this.zone),
          })
        : elbv2.ListenerCertificate.fromArn(certificateArn);
  }

  /** Lets the name lead to the load balancer; without a hosted zone somebody does that by hand. */
  pointTo(loadBalancer: elbv2.IApplicationLoadBalancer): void {
    if (this.zone === undefined) return;
    new route53.ARecord(this, 'Record', {
      zone: this.zone,
      recordName: `${this.name}.`,
      target: route53.RecordTarget.fromAlias(new LoadBalancerTarget(loadBalancer)),
    });
  }
}
