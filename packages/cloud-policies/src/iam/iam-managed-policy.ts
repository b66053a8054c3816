import type { Policy } from '../core/finding.ts';
import { show } from '../core/template.ts';

/** AWS-managed policies that only the service in question can use, and that AWS alone keeps in step with it. */
export const reviewedManagedPolicies: readonly string[] = [
  'service-role/AmazonRDSEnhancedMonitoringRole',
  'service-role/AWSBackupServiceRolePolicyForBackup',
  'service-role/AWSBackupServiceRolePolicyForRestores',
  'service-role/AWS_ConfigRole',
  'AmazonECSInfrastructureRolePolicyForLoadBalancers',
];

export const iamManagedPolicy: Policy = {
  id: 'iam-managed-policy',
  description: 'Roles hold policies of this deployment, or AWS-managed ones that were reviewed.',
  *check(assembly) {
    for (const role of assembly.resources('AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group')) {
      for (const { path, value } of role.items('ManagedPolicyArns')) {
        if (role.follow(value)?.type === 'AWS::IAM::ManagedPolicy') continue;
        const name = /:iam::aws:policy\/(.+)$/.exec(role.render(value))?.[1] ?? '';
        if (!reviewedManagedPolicies.includes(name)) {
          yield role.fault(path, `got ${name || show(value)}; write a policy of your own that allows what is needed`);
        }
      }
      if (role.get('PermissionsBoundary') !== undefined && role.target('PermissionsBoundary') === undefined) {
        yield role.fault('PermissionsBoundary', 'the boundary is not of this deployment; refer to one that is');
      }
    }
  },
};
