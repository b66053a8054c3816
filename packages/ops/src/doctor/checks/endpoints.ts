import { DescribeVpcEndpointsCommand } from '@aws-sdk/client-ec2';
import { type DoctorCheck, fault, ok, Unknown } from '../check.ts';

export const endpoints: DoctorCheck = {
  name: 'VPC endpoints',
  async run({ context, resources }) {
    const existing = context.config.network.vpc;
    if (existing?.endpoints === 'existing') return ok('none of this stage: doctor --live looks at those of the VPC');
    const made = await resources('network', 'AWS::EC2::VPCEndpoint');
    if (made.length === 0) throw new Unknown('the network stack has none');
    const [vpc] = await resources('network', 'AWS::EC2::VPC');
    // By the VPC: asked for by their ids, one that is gone would make the whole call fail.
    const { VpcEndpoints = [] } = await context.clients.ec2.send(
      new DescribeVpcEndpointsCommand({
        Filters: [{ Name: 'vpc-id', Values: [existing?.id ?? vpc?.physicalId ?? ''] }],
      }),
    );
    const states = new Map(VpcEndpoints.map((endpoint) => [endpoint.VpcEndpointId, endpoint]));
    const bad = made.flatMap(({ logicalId, physicalId }) => {
      const state = states.get(physicalId)?.State?.toLowerCase() ?? 'gone';
      return state === 'available' ? [] : [`${logicalId} (${physicalId}) is ${state}`];
    });
    if (bad.length === 0) return ok(`${made.length} available`);
    return fault(
      `${bad.join('; ')}: tasks do not start without`,
      `npx cdk deploy '${context.stage}/network' -c stage=${context.stage}, after aws cloudformation detect-stack-drift --stack-name ${context.names.base}-network`,
    );
  },
};
