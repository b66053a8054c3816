import { GetWebACLForResourceCommand } from '@aws-sdk/client-wafv2';
import { type DoctorCheck, deployCommand, fault, ok, Unknown } from '../check.ts';

export const address: DoctorCheck = {
  name: 'address',
  async run({ context, stack, resolve }) {
    const { domainName } = context.config.edge;
    const loadBalancer = (await stack('service'))?.outputs.LoadBalancerDnsName;
    if (!loadBalancer) throw new Unknown('there is no load balancer yet', deployCommand(context));
    const [named, balancing] = await Promise.all([resolve(domainName), resolve(loadBalancer)]);
    const fix = `make ${domainName} an alias, or a CNAME, of ${loadBalancer}`;
    if (balancing.length === 0)
      throw new Unknown(`the name of the load balancer, ${loadBalancer}, does not resolve here`);
    if (named.length === 0) return fault(`${domainName} does not resolve`, fix);
    // A load balancer changes and rotates its addresses: one in common is enough.
    return named.some((one) => balancing.includes(one))
      ? ok(`${domainName} is the load balancer`)
      : fault(`${domainName} is ${named.join(', ')}, the load balancer ${balancing.join(', ')}`, fix);
  },
};

export const firewall: DoctorCheck = {
  name: 'WAF',
  async run({ context, resources }) {
    const { clients, names, stage } = context;
    const [loadBalancer] = await resources('service', 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    if (!loadBalancer) throw new Unknown('the service stack has no load balancer');
    const { WebACL } = await clients.waf.send(
      new GetWebACLForResourceCommand({ ResourceArn: loadBalancer.physicalId }),
    );
    return WebACL?.Name === names.base
      ? ok(`${WebACL.Name} protects the load balancer`)
      : fault(
          `${WebACL?.Name ?? 'nothing'} protects the load balancer`,
          `npx cdk deploy '${stage}/service' -c stage=${stage}`,
        );
  },
};
