import type { Policy } from '../core/finding.ts';

/** What an isolated task calls: its image, its logs, its keys, its secrets, its buckets. */
const services = ['ecr.api', 'ecr.dkr', 'logs', 'kms', 'secretsmanager', 's3'];

export const endpointsComplete: Policy = {
  id: 'endpoints-complete',
  description:
    'Tasks without a way out have an endpoint for every service of AWS that they call, and its name resolves.',
  *check(assembly) {
    const wayOut = assembly.resources('AWS::EC2::NatGateway').length > 0;
    const names = assembly.resources('AWS::EC2::VPCEndpoint').map((endpoint) => endpoint.text('ServiceName'));
    const needed = assembly.resources('AWS::ECS::Service').length > 0 && !wayOut;
    for (const vpc of assembly.resources('AWS::EC2::VPC')) {
      for (const name of needed ? services : []) {
        if (!names.some((given) => given.endsWith(`.${name}`)))
          yield vpc.fault('', `has no endpoint of ${name}; add it`);
      }
      for (const key of ['EnableDnsSupport', 'EnableDnsHostnames']) {
        if (vpc.get(key) !== true)
          yield vpc.fault(key, 'is off, so private names of endpoints do not resolve; use true');
      }
    }
  },
};
