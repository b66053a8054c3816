import type { Policy } from '../core/finding.ts';
import { equals, on, present, unmet } from '../core/requirements.ts';
import { conditionValues, statementsOf } from '../core/statements.ts';
import { pseudo } from '../core/template.ts';
import { isWide } from '../iam/iam-no-wildcard-resource.ts';

export const endpointPolicy: Policy = {
  id: 'endpoint-policy',
  description:
    "VPC endpoints serve this account's principals or named resources: else they are a way out for stolen data.",
  *check(assembly) {
    for (const endpoint of assembly.resources('AWS::EC2::VPCEndpoint')) {
      yield* unmet(endpoint, { VpcEndpointType: equals('Interface', 'Gateway') });
      if (endpoint.get('VpcEndpointType') === 'Interface') {
        yield* unmet(endpoint, { PrivateDnsEnabled: on, SecurityGroupIds: present, SubnetIds: present });
      }
      if (!/^com\.amazonaws\./.test(endpoint.text('ServiceName'))) {
        yield endpoint.fault('ServiceName', `got "${endpoint.text('ServiceName')}"; use a service of AWS`);
      }
      const statements = [...statementsOf(endpoint)].filter(({ allows }) => allows);
      if (statements.length === 0) {
        yield endpoint.fault('PolicyDocument', 'got nothing, which allows everything to everybody; add a policy');
      }
      for (const statement of statements) {
        const tied = ['aws:PrincipalAccount'].some((key) =>
          conditionValues(statement, key, 'Equals').some(
            (value) => value === pseudo('AccountId') || value === endpoint.template.account,
          ),
        );
        const named = statement.resources.length > 0 && !statement.resources.some(isWide);
        // Else data leaves for a bucket of somebody else, by a principal of ours.
        const kept = conditionValues(statement, 'aws:ResourceAccount', 'Equals').some(
          (value) => value === pseudo('AccountId') || value === endpoint.template.account,
        );
        if (endpoint.text('ServiceName').endsWith('.s3') && !named && !kept) {
          yield endpoint.fault(
            statement.path,
            'reaches buckets of any account; add a condition on aws:ResourceAccount',
          );
        }
        if (!tied && !named) {
          yield endpoint.fault(
            statement.path,
            'serves any account; add a condition on aws:PrincipalAccount, or name the resources',
          );
        }
      }
    }
  },
};
