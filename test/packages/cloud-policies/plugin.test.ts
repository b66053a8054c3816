import type { Policy } from '@healthcare-ai/cloud-policies';
import { HealthcarePolicies } from '@healthcare-ai/cloud-policies/plugin';
import { App } from 'aws-cdk-lib/core';
import { type Folder, folderOf } from './folder.ts';

const rotation: Policy = {
  id: 'rotation',
  description: 'Keys rotate.',
  *check(assembly) {
    for (const key of assembly.resources('AWS::KMS::Key')) {
      if (key.get('EnableKeyRotation') !== true) yield key.fault('EnableKeyRotation', 'got nothing; use true');
    }
  },
};

/** Speaks when it can follow an import from the one stack to the other. */
const together: Policy = {
  id: 'together',
  description: 'Topics have a key of the same stage.',
  *check(assembly) {
    for (const topic of assembly.resources('AWS::SNS::Topic')) {
      if (topic.target('KmsMasterKeyId') === undefined)
        yield topic.fault('KmsMasterKeyId', 'leads nowhere; refer to a key');
    }
  },
};

const keys = {
  Resources: { Key: { Type: 'AWS::KMS::Key', Properties: {} } },
  Outputs: { Key: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] }, Export: { Name: 'key' } } },
};
const topics = {
  Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: { 'Fn::ImportValue': 'key' } } } },
};

let folder: Folder;
beforeAll(() => {
  folder = folderOf({ 'keys.json': keys, 'topics.json': topics });
});
afterAll(() => folder.remove());

/** @param stacks construct path -> template */
const report = (stacks: Readonly<Record<string, string>>, ...policies: readonly Policy[]) =>
  new HealthcarePolicies(policies).validate({
    templatePaths: [],
    stackTemplates: Object.entries(stacks).map(([stackConstructPath, file]) => ({
      stackConstructPath,
      templatePath: `${folder.path}/${file}`,
      accountId: undefined,
      region: 'us-east-1',
    })),
    appConstruct: new App(),
  });

test('a fault is a violation at its resource and property', () => {
  const { success, violations } = report({ 'prod/audit': 'keys.json' }, rotation);

  expect(success).toBe(false);
  expect(violations).toEqual([
    {
      ruleName: 'rotation',
      description: 'audit Key: got nothing; use true',
      severity: 'error',
      violatingResources: [
        {
          resourceLogicalId: 'Key',
          templatePath: `${folder.path}/keys.json`,
          locations: ['Properties/EnableKeyRotation'],
        },
      ],
    },
  ]);
});

test('stacks of one stage are judged together, and those of another apart', () => {
  expect(report({ 'prod/audit': 'keys.json', 'prod/monitoring': 'topics.json' }, together).success).toBe(true);
  expect(report({ 'dev/audit': 'keys.json', 'prod/monitoring': 'topics.json' }, together).success).toBe(false);
});

test('without a fault there is no violation', () => {
  expect(report({ 'prod/monitoring': 'topics.json' }, rotation)).toEqual({ success: true, violations: [] });
});
