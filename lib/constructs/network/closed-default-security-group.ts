import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeRule } from '../acknowledge.ts';
import { forThisAccount, LeastPrivilegeRole } from '../least-privilege-role.ts';

/** https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-aws-remove-default-vpc-sg-rules.html */
const RUNBOOK = 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules';

/**
 * Takes every rule off the VPC's default security group, when it is made and each day again.
 *
 * CDK's own way is a Lambda behind a custom resource: code to patch, that runs once. Here State Manager runs a runbook
 * that AWS keeps, and a rule that is added later is removed the next day.
 */
export class ClosedDefaultSecurityGroup extends Construct {
  constructor(scope: Construct, id: string, vpc: ec2.Vpc) {
    super(scope, id);
    const { partition, region, account } = Stack.of(this);
    const group = `arn:${partition}:ec2:${region}:${account}:security-group/${vpc.vpcDefaultSecurityGroup}`;
    const role = new LeastPrivilegeRole(this, 'Role', {
      description: 'Empties the default security group of the VPC',
      wildcards: {
        '*': 'ec2:DescribeSecurityGroups takes no resource.',
        [`${RUNBOOK}:*`]: 'One runbook, in the version that AWS keeps.',
        'automation-execution/*': 'An execution gets its id when it starts.',
      },
      assumedBy: forThisAccount('ssm'),
      statements: [
        { actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'], resources: [group] },
        { actions: ['ec2:DescribeSecurityGroups'], resources: ['*'] },
        {
          actions: ['ssm:StartAutomationExecution'],
          resources: [`arn:${partition}:ssm:${region}::automation-definition/${RUNBOOK}:*`],
        },
        {
          actions: ['ssm:GetAutomationExecution'],
          resources: [`arn:${partition}:ssm:${region}:${account}:automation-execution/*`],
        },
      ],
    });
    new ssm.CfnAssociation(this, 'Resource', {
      name: RUNBOOK,
      associationName: `${Stack.of(this).stackName}-close-default-security-group`,
      // State Manager accepts an Automation runbook with a target and its parameter, or with neither; with both it also
      // rejects the target's parameter among the parameters.
      // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateAssociation.html
      automationTargetParameterName: 'GroupId',
      targets: [{ key: 'ParameterValues', values: [vpc.vpcDefaultSecurityGroup] }],
      parameters: { AutomationAssumeRole: [role.roleArn] },
      scheduleExpression: 'rate(1 day)',
      complianceSeverity: 'HIGH',
    }).node.addDependency(role);

    acknowledgeRule(vpc.node.defaultChild!, 'VPCDefaultSecurityGroupClosed', {
      reason: `Closed by State Manager (${RUNBOOK}, at once and daily); the rule knows only CDK's custom resource.`,
    });
  }
}
