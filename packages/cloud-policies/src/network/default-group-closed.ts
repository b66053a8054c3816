import type { Policy } from '../core/finding.ts';
import { equals, matches, unmet } from '../core/requirements.ts';

const runbook = 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules';

export const defaultGroupClosed: Policy = {
  id: 'default-group-closed',
  description: "A VPC's default security group is emptied: whatever is started without a group gets it.",
  *check(assembly) {
    const associations = assembly.resources('AWS::SSM::Association').filter((item) => item.get('Name') === runbook);
    for (const item of associations) {
      yield* unmet(item, {
        ScheduleExpression: matches(/^rate\((1 day|([1-9]|1\d|2[0-4]) hours?)\)$/, 'rate(1 day)'),
        // State Manager takes both or neither, and this is the documented form of an Automation runbook.
        AutomationTargetParameterName: equals('GroupId'),
        'Targets.0.Key': equals('ParameterValues'),
      });
    }
    for (const vpc of assembly.resources('AWS::EC2::VPC')) {
      if (!associations.some((item) => item.followAll(item.get('Targets.0.Values')).includes(vpc))) {
        yield vpc.fault('', `no AWS::SSM::Association runs ${runbook} for it; add one`);
      }
    }
  },
};
