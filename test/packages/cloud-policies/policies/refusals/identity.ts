import type { Draft } from '../../gates/draft.ts';
import { type Refusals, refusal } from '../refusal.ts';

const POLICY = 'AWS::IAM::ManagedPolicy';
const ROLE = 'AWS::IAM::Role';
const TASK = /^TaskRolePolicy$/;

const grant = (draft: Draft, rest: object): void =>
  draft.push(POLICY, 'PolicyDocument.Statement', { Effect: 'Allow', ...rest }, TASK);
const trusts = (draft: Draft, rest: object): void =>
  draft.push(
    ROLE,
    'AssumeRolePolicyDocument.Statement',
    { Effect: 'Allow', Action: 'sts:AssumeRole', ...rest },
    /^TaskRole$/,
  );

export const identity: Refusals = {
  'iam-complete': [
    refusal('an empty document', 'TaskRolePolicy', (d) => d.set(POLICY, 'PolicyDocument.Statement', [], TASK)),
    refusal('a statement without resource', 'TaskRolePolicy', (d) => grant(d, { Action: 's3:PutObject' })),
    refusal('a service that does not exist', 'TaskRole', (d) =>
      trusts(d, { Principal: { Service: 'ecs.amazon.com' } }),
    ),
  ],
  'iam-managed-policy': [
    refusal('AdministratorAccess', 'TaskRole', (d) =>
      d.set(ROLE, 'ManagedPolicyArns', ['arn:aws:iam::aws:policy/AdministratorAccess'], /^TaskRole$/),
    ),
  ],
  'iam-no-inverse': [
    refusal('NotAction', 'TaskRolePolicy', (d) => grant(d, { NotAction: 'iam:*', Resource: 'arn:aws:s3:::x' })),
    refusal('an effect that is neither', 'TaskRolePolicy', (d) =>
      grant(d, { Effect: 'allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::x' }),
    ),
  ],
  'iam-no-public-principal': [
    refusal('everybody', 'AuditBucketPolicy', (d) =>
      d.push(
        'AWS::S3::BucketPolicy',
        'PolicyDocument.Statement',
        { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' },
        /^Audit/,
      ),
    ),
    refusal('another account', 'AuditBucketPolicy', (d) =>
      d.push(
        'AWS::S3::BucketPolicy',
        'PolicyDocument.Statement',
        { Effect: 'Allow', Principal: { AWS: '999999999999' }, Action: 's3:GetObject', Resource: '*' },
        /^Audit/,
      ),
    ),
    refusal('a function that any bucket may call', 'Permission', (d) =>
      d.add(ROLE, 'Permission', { Type: 'AWS::Lambda::Permission', Properties: { Principal: 's3.amazonaws.com' } }),
    ),
  ],
  'iam-no-wildcard-action': [
    refusal('every action', 'TaskRolePolicy', (d) => grant(d, { Action: '*', Resource: 'arn:aws:s3:::x' })),
    refusal('every action of a service', 'TaskRolePolicy', (d) =>
      grant(d, { Action: 's3:Get*', Resource: 'arn:aws:s3:::x' }),
    ),
  ],
  'iam-no-wildcard-resource': [
    refusal('every resource', 'TaskRolePolicy', (d) => grant(d, { Action: 's3:PutObject', Resource: '*' })),
    refusal('every object of every bucket', 'TaskRolePolicy', (d) =>
      grant(d, { Action: 's3:PutObject', Resource: 'arn:aws:s3:::*/*' }),
    ),
    refusal('metrics of any namespace', 'TaskRolePolicy', (d) =>
      grant(d, { Action: 'cloudwatch:PutMetricData', Resource: '*' }),
    ),
    refusal('the tasks of any cluster', 'TaskRolePolicy', (d) => grant(d, { Action: 'ecs:ListTasks', Resource: '*' })),
  ],
  'iam-pass-role': [
    refusal('a role for any service', 'TaskRolePolicy', (d) =>
      grant(d, { Action: 'iam:PassRole', Resource: { 'Fn::GetAtt': ['TaskRole', 'Arn'] } }),
    ),
  ],
  'iam-real-action': [
    refusal('a misspelt action', 'TaskRolePolicy', (d) =>
      grant(d, { Action: 's3:PutObjekt', Resource: 'arn:aws:s3:::x' }),
    ),
    refusal('a wildcard that covers nothing', 'TaskRolePolicy', (d) =>
      grant(d, { Action: 'kms:Generat3*', Resource: 'arn:aws:s3:::x' }),
    ),
  ],
  'iam-reviewed-action': [
    refusal('an action reviewed for another role', 'TaskRolePolicy', (d) =>
      grant(d, { Action: 'logs:StartQuery', Resource: 'arn:aws:logs:x' }),
    ),
  ],
  'iam-service-tied': [
    refusal('a service for any account', 'AuditBucketPolicy', (d) =>
      d.push(
        'AWS::S3::BucketPolicy',
        'PolicyDocument.Statement',
        { Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Action: 's3:PutObject', Resource: '*' },
        /^Audit/,
      ),
    ),
  ],
  'iam-trust': [
    refusal('a service for any account', 'TaskRole', (d) =>
      trusts(d, { Principal: { Service: 'ecs-tasks.amazonaws.com' } }),
    ),
    refusal('people without a second factor', 'TaskRole', (d) =>
      trusts(d, { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }),
    ),
    refusal('any repository of GitHub', 'DeployRole', (d) => {
      d.statement(ROLE, 'AssumeRolePolicyDocument', /github/, /^DeployRole$/).Condition = {
        StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' },
      };
    }),
    refusal('a session of a day', 'TaskRole', (d) => d.set(ROLE, 'MaxSessionDuration', 86_400, /^TaskRole$/)),
  ],
  'oidc-provider': [
    refusal('another issuer', 'Github', (d) => d.set('AWS::IAM::OIDCProvider', 'Url', 'https://evil.example')),
  ],
};
