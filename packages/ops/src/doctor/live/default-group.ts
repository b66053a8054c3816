import { DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import { type DoctorCheck, fault, ok, Unknown } from '../check.ts';

/** Did State Manager close the default security group of the VPC? */
export const defaultGroup: DoctorCheck = {
  name: 'default security group',
  async run({ context, resources }) {
    const [vpc] = await resources('network', 'AWS::EC2::VPC');
    if (vpc === undefined) throw new Unknown('the VPC is not of this deployment: see "resources elsewhere"');
    const { SecurityGroups = [] } = await context.clients.ec2.send(
      new DescribeSecurityGroupsCommand({
        Filters: [
          { Name: 'vpc-id', Values: [vpc.physicalId] },
          { Name: 'group-name', Values: ['default'] },
        ],
      }),
    );
    const [group] = SecurityGroups;
    if (group === undefined) throw new Unknown(`${vpc.physicalId} shows no default security group`);
    const rules = (group.IpPermissions?.length ?? 0) + (group.IpPermissionsEgress?.length ?? 0);
    if (rules === 0) return ok(`${group.GroupId} has no rules`);
    const [association] = await resources('network', 'AWS::SSM::Association');
    return fault(
      `${group.GroupId} has ${rules} rules: State Manager has not removed them`,
      `aws ssm start-associations-once --association-ids ${association?.physicalId ?? 'ID'}; aws ssm describe-association-executions --association-id ${association?.physicalId ?? 'ID'} shows why it failed`,
    );
  },
};
