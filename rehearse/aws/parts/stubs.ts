import { deepEqual } from 'node:assert/strict';
import type { Part } from '../../support/rehearsal.ts';
import type { AwsWorld } from '../world.ts';

/** What the emulator cannot model, each with the reason. Nothing else may be a stub. */
const stubbedTypes: Readonly<Record<string, string>> = {
  'AWS::Backup::BackupPlan': 'moto keeps backup plans, and nothing runs them',
  'AWS::Backup::BackupSelection': 'moto has no selections',
  'AWS::Backup::BackupVault': 'moto keeps vaults without their lock, key and events',
  'AWS::Backup::RestoreTestingPlan': 'moto has no restore tests',
  'AWS::Backup::RestoreTestingSelection': 'moto has no restore tests',
  'AWS::Budgets::Budget': 'the emulator has no bridge to it; the gates judge its template',
  'AWS::Config::ConfigRule': 'moto keeps rules, and nothing evaluates them',
  'AWS::ECS::ClusterCapacityProviderAssociations': 'moto has no capacity providers of Fargate',
  'AWS::Logs::QueryDefinition': 'saved queries change nothing, and moto runs none',
  'AWS::SSM::Association': 'State Manager runs nothing in moto',
};

const stubbedAttributes: Readonly<Record<string, string>> = {
  'AWS::Backup::BackupPlan BackupPlanId': 'of a stub, read by another stub',
  'AWS::Backup::BackupVault BackupVaultArn': 'of a stub, read by another stub',
  'AWS::Backup::BackupVault BackupVaultName': 'of a stub, read by another stub',
};

export const stubsPart = ({ emulator }: AwsWorld): Part => ({
  name: 'What the emulator does not model',
  needs: [],
  async run({ check }) {
    const { types, attributes } = emulator.stubs();
    await check('the types that were stubbed are those of the list, and no others', () => {
      deepEqual([...types].sort(), Object.keys(stubbedTypes).sort());
      return Object.entries(stubbedTypes)
        .map(([type, reason]) => `\n         ${type}: ${reason}`)
        .join('');
    });
    await check('no value of a stub went into a resource that is none', () => {
      deepEqual([...attributes].sort(), Object.keys(stubbedAttributes).sort());
    });
  },
});
