import type { Policy } from '../core/finding.ts';

const runbook = 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules';

export const defaultGroupClosed: Policy = {
  id: 'default-group-closed',
  description: "A VPC's default security group is emptied: whatever is started without a group gets it.",
  *check(assembly) {
    const associations = assembly.resources('AWS::SSM::Association').filter((item) => item.get('Name') === runbook);
    for (const vpc of assembly.resources('AWS::EC2::VPC')) {
      if (!associations.some((item) => item.followAll(item.get('Parameters.GroupId')).includes(vpc))) {
        yield vpc.fault('', `no AWS::SSM::Association runs ${runbook} for it; add one`);
      }
    }
  },
};
