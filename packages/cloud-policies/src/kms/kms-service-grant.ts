import type { Policy } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import { statementsOf } from '../core/statements.ts';

function admits(key: Resource, service: RegExp, action: RegExp): boolean {
  return [...statementsOf(key)].some(
    ({ allows, principals, actions }) =>
      allows && principals.some((name) => service.test(name)) && actions.some((name) => action.test(name)),
  );
}

const dataKey = /^kms:(GenerateDataKey\*?|\*)$/;

/** Who writes to what with a customer key, and cannot when the key's policy does not admit it. */
const writers = [
  { type: 'AWS::CloudTrail::Trail', property: 'KMSKeyId', service: 'cloudtrail.amazonaws.com' },
  { type: 'AWS::SNS::Topic', property: 'KmsMasterKeyId', service: 'cloudwatch.amazonaws.com' },
  { type: 'AWS::SNS::Topic', property: 'KmsMasterKeyId', service: 'events.amazonaws.com' },
] as const;

export const kmsServiceGrant: Policy = {
  id: 'kms-service-grant',
  description:
    'The key of a trail or an alarm topic admits the service that writes to it: else events are lost silently.',
  *check(assembly) {
    for (const { type, property, service } of writers) {
      for (const resource of assembly.resources(type)) {
        const key = resource.target(property);
        if (key?.type !== 'AWS::KMS::Key') continue;
        if (!admits(key, new RegExp(`^Service:${service.replaceAll('.', '\\.')}$`), dataKey)) {
          yield key.fault(
            'KeyPolicy',
            `does not admit ${service}, which ${resource.logicalId} needs; allow kms:GenerateDataKey*`,
          );
        }
      }
    }
  },
};
