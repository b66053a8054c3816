import type { Policy } from '../core/finding.ts';
import { isTrue, type Resource } from '../core/resource.ts';
import { containers, environment } from '../ecs/containers.ts';

export const kmsDataKeyRegions: Policy = {
  id: 'kms-data-key-regions',
  description:
    'The key that opens notes is multi-Region, which cannot be chosen later, and is wherever their backups are copied.',
  *check(assembly) {
    const dataKeys = new Set<Resource>();
    for (const container of containers(assembly)) {
      for (const { name, value } of environment(container)) {
        if (name !== 'KMS_KEY_ID') continue;
        for (const key of assembly.mentioned(value)) if (key.type === 'AWS::KMS::Key') dataKeys.add(key);
      }
    }
    const replicas = assembly.resources('AWS::KMS::ReplicaKey');
    for (const key of dataKeys) {
      if (!isTrue(key.get('MultiRegion'))) {
        yield key.fault('MultiRegion', 'opens notes, and could never open a copy in another region; use true');
      }
      for (const vault of assembly.resources('AWS::Backup::BackupVault')) {
        const { region } = vault.template;
        if (region === undefined || region === key.template.region) continue;
        const there = replicas.some(
          (replica) => replica.template.region === region && replica.target('PrimaryKeyArn') === key,
        );
        if (!there) {
          yield vault.fault('', `notes in its copies cannot be opened in ${region}; add a replica of ${key.logicalId}`);
        }
      }
    }
  },
};
