import { DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import { type DoctorCheck, fault, ok, Unknown } from '../check.ts';

/** Is the default security group of the VPC closed? State Manager does that in a VPC of the stage. */
export const defaultGroup: DoctorCheck = {
  name: 'default security group',
  async run({ context, resources }) {
    const existing = context.config.network.vpc?.id;
    const vpc = existing ?? (await resources('network', 'AWS::EC2::VPC'))[0]?.physicalId;
    if (vpc === undefined) throw new Unknown('the network stack has no VPC');
    const { SecurityGroups = [] } = await context.clients.ec2.send(
      new DescribeSecurityGroupsCommand({
        Filters: [
          { Name: 'vpc-id', Values: [vpc] },
          { Name: 'group-name', Values: ['default'] },
        ],
      }),
    );
    const [group] = SecurityGroups;
    if (group === undefined) throw new Unknown(`${vpc} shows no default security group`);
    const rules = (group.IpPermissions?.length ?? 0) + (group.IpPermissionsEgress?.length ?? 0);
    if (rules === 0) return ok(`${group.GroupId} has no rules`);
    if (existing !== undefined) {
      return fault(`${group.GroupId} of ${vpc} has ${rules} rules`, 'ask the owner of the VPC to remove them');
    }
    const [association] = await resources('network', 'AWS::SSM::Association');
    return fault(
      `${group.GroupId} has ${rules} rules: State Manager has not removed them`,
      `aws ssm start-associations-once --association-ids ${association?.physicalId ?? 'ID'}; aws ssm describe-association-executions --association-id ${association?.physicalId ?? 'ID'} shows why it failed`,
    );
  },
};
