import type { Policy } from '../core/finding.ts';
import { show } from '../core/template.ts';

/** What holds data, keys, or the record of either, and how it may be left behind. */
const stateful: { readonly [type: string]: readonly string[] } = {
  'AWS::KMS::Key': ['Retain'],
  'AWS::KMS::ReplicaKey': ['Retain'],
  'AWS::S3::Bucket': ['Retain'],
  'AWS::Logs::LogGroup': ['Retain', 'RetainExceptOnCreate'],
  'AWS::RDS::DBCluster': ['Retain', 'Snapshot'],
  'AWS::ECR::Repository': ['Retain', 'RetainExceptOnCreate'],
  'AWS::Backup::BackupVault': ['Retain', 'RetainExceptOnCreate'],
  'AWS::SecretsManager::Secret': ['Retain'],
  'AWS::DynamoDB::Table': ['Retain'],
  'AWS::DynamoDB::GlobalTable': ['Retain'],
  'AWS::EFS::FileSystem': ['Retain'],
};

export const retained: Policy = {
  id: 'retained',
  description: 'What holds data, keys or records outlives its stack, and a replacement of itself.',
  *check(assembly) {
    for (const resource of assembly.all) {
      const allowed = stateful[resource.type];
      if (allowed === undefined) continue;
      for (const key of ['DeletionPolicy', 'UpdateReplacePolicy'] as const) {
        const given = resource.body[key];
        // What a failed first deploy made holds nothing yet; a replacement leaves something behind that does.
        const here = key === 'DeletionPolicy' ? allowed : allowed.filter((policy) => policy !== 'RetainExceptOnCreate');
        if (!here.includes(String(given))) yield resource.fault(key, `got ${show(given)}; use ${here.join(' or ')}`);
      }
    }
  },
};

/** Whether a stack with such a resource has to be protected. Log groups stay behind by themselves. */
export const isStateful = (type: string): boolean => type in stateful && type !== 'AWS::Logs::LogGroup';
