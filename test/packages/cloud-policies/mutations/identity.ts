import { type Draft, mutation } from '../draft.ts';

const POLICY = 'AWS::IAM::ManagedPolicy';
const ROLE = 'AWS::IAM::Role';
const TASK = /^TaskRolePolicy/;
const statements = 'PolicyDocument.Statement';
const trust = 'AssumeRolePolicyDocument';

const grant = (draft: Draft, rest: object): void => draft.push(POLICY, statements, { Effect: 'Allow', ...rest }, TASK);
const first = (draft: Draft) =>
  (draft.resource(POLICY, TASK).Properties.PolicyDocument as { Statement: Record<string, unknown>[] }).Statement[0]!;

/** Faults of rights. */
export const identity = [
  mutation('`*` on `*`', 'iam-no-wildcard-action', (d) => grant(d, { Action: '*', Resource: '*' })),
  mutation('s3:* on the audit bucket', 'iam-no-wildcard-action', (d) =>
    grant(d, { Action: 's3:*', Resource: { 'Fn::ImportValue': 'x' } }),
  ),
  mutation('kms:D* for the task', 'iam-no-wildcard-action', (d) =>
    grant(d, { Action: 'kms:D*', Resource: 'arn:aws:kms:us-east-1:111122223333:key/x' }),
  ),
  mutation('every key of the account', 'iam-no-wildcard-resource', (d) => {
    d.statement(POLICY, 'PolicyDocument', /kms:/, TASK).Resource = 'arn:aws:kms:us-east-1:111122223333:key/*';
  }),
  mutation('every resource', 'iam-no-wildcard-resource', (d) => {
    first(d).Resource = '*';
  }),
  mutation('every bucket', 'iam-no-wildcard-resource', (d) => {
    d.statement(POLICY, 'PolicyDocument', /s3:PutObject/, TASK).Resource = 'arn:aws:s3:::*/*';
  }),
  mutation('every secret', 'iam-no-wildcard-resource', (d) =>
    grant(d, {
      Action: 'secretsmanager:GetSecretValue',
      Resource: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:*',
    }),
  ),
  mutation('every database role', 'iam-no-wildcard-resource', (d) => {
    d.statement(POLICY, 'PolicyDocument', /rds-db:connect/, TASK).Resource =
      'arn:aws:rds-db:us-east-1:111122223333:dbuser:*/*';
  }),
  mutation('ECS takes the load balancer role with a condition that it may not send', 'iam-condition-sent', (d) => {
    d.statement(ROLE, trust, /ecs\.amazonaws/, /^ApiTrafficRole/).Condition = {
      StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
    };
  }),
  mutation('every role of IAM Identity Center takes the auditor role', 'iam-trust', (d) => {
    const statement = d.statement(ROLE, trust, /MultiFactorAuthPresent/, /^AuditorRole/);
    statement.Principal = { AWS: 'arn:aws:iam::444455556666:root' };
    statement.Condition = {
      ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/*' },
    };
  }),
  mutation('NotAction', 'iam-complete', (d) => grant(d, { NotAction: 'iam:CreateUser', Resource: 'arn:aws:s3:::x' })),
  mutation('NotResource', 'iam-complete', (d) => grant(d, { Action: 's3:PutObject', NotResource: 'arn:aws:s3:::x' })),
  mutation('NotPrincipal', 'iam-complete', (d) =>
    d.push('AWS::S3::BucketPolicy', statements, {
      Effect: 'Allow',
      NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 's3:GetObject',
      Resource: '*',
    }),
  ),
  mutation('misspelt action', 'iam-reviewed-action', (d) => {
    first(d).Action = 'kms:GenerateDataKeys';
  }),
  mutation('misspelt action in a refusal', 'kms-create-grant', (d) => {
    d.statement('AWS::KMS::Key', 'KeyPolicy', /CreateGrant/).Action = 'kms:CreateGrants';
  }),
  mutation('action of a service that does not exist', 'iam-reviewed-action', (d) => {
    first(d).Action = 'kmss:Decrypt';
  }),
  mutation('task may read secrets', 'iam-reviewed-action', (d) =>
    grant(d, {
      Action: 'secretsmanager:GetSecretValue',
      Resource: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:x-AbCdEf',
    }),
  ),
  mutation('task may delete audit logs', 'iam-reviewed-action', (d) =>
    grant(d, { Action: 'logs:DeleteLogStream', Resource: 'arn:aws:logs:us-east-1:111122223333:log-group:x' }),
  ),
  mutation('task may bypass the object lock', 'iam-reviewed-action', (d) =>
    grant(d, { Action: 's3:BypassGovernanceRetention', Resource: 'arn:aws:s3:::x/*' }),
  ),
  mutation('auditor may decrypt notes', 'iam-reviewed-action', (d) =>
    d.push(
      POLICY,
      statements,
      { Effect: 'Allow', Action: 'rds-db:connect', Resource: 'arn:aws:rds-db:us-east-1:111122223333:dbuser:x/y' },
      /^AuditorRolePolicy/,
    ),
  ),
  mutation('task may pass any role', 'iam-no-wildcard-resource', (d) =>
    grant(d, { Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/*' }),
  ),
  mutation('role with AdministratorAccess', 'iam-managed-policy', (d) =>
    d.set(ROLE, 'ManagedPolicyArns', ['arn:aws:iam::aws:policy/AdministratorAccess'], /^TaskRole/),
  ),
  mutation('role with a policy of another account', 'iam-managed-policy', (d) =>
    d.set(ROLE, 'ManagedPolicyArns', ['arn:aws:iam::999999999999:policy/x'], /^TaskRole/),
  ),
  mutation('inline policy with `*`', 'iam-no-wildcard-action', (d) =>
    d.set(
      ROLE,
      'Policies',
      [{ PolicyName: 'x', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }],
      /^TaskRole/,
    ),
  ),
  mutation('inline policy', 'reviewed-property', (d) =>
    d.set(ROLE, 'Policies', [{ PolicyName: 'x', PolicyDocument: { Statement: [] } }], /^TaskRole/),
  ),
  mutation('role assumed by anyone', 'iam-no-public-principal', (d) =>
    d.push(
      ROLE,
      `${trust}.Statement`,
      { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
      /^TaskRole/,
    ),
  ),
  mutation('role assumed by anyone, with a condition', 'iam-no-public-principal', (d) =>
    d.push(
      ROLE,
      `${trust}.Statement`,
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } },
      },
      /^TaskRole/,
    ),
  ),
  mutation('role assumed by another account', 'iam-trust', (d) =>
    d.push(
      ROLE,
      `${trust}.Statement`,
      { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999999999999:role/x' }, Action: 'sts:AssumeRole' },
      /^TaskRole/,
    ),
  ),
  mutation('role assumed by a service for any account (confused deputy)', 'iam-trust', (d) => {
    (d.resource(ROLE, /^TaskRole/).Properties[trust] as { Statement: Record<string, unknown>[] })
      .Statement[0]!.Condition = undefined;
  }),
  mutation('auditor without second factor', 'iam-trust', (d) => {
    (d.resource(ROLE, /^AuditorRole/).Properties[trust] as { Statement: Record<string, unknown>[] })
      .Statement[0]!.Condition = undefined;
  }),
  mutation('role assumed by SAML of anyone', 'iam-trust', (d) =>
    d.push(
      ROLE,
      `${trust}.Statement`,
      {
        Effect: 'Allow',
        Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/x' },
        Action: 'sts:AssumeRoleWithSAML',
      },
      /^TaskRole/,
    ),
  ),
  mutation('role assumed by any GitHub repository', 'iam-trust', (d) =>
    d.push(
      ROLE,
      `${trust}.Statement`,
      {
        Effect: 'Allow',
        Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
          StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' },
        },
      },
      /^TaskRole/,
    ),
  ),
  mutation('IAM user with an access key', 'reviewed-type', (d) =>
    d.add(ROLE, 'Somebody', { Type: 'AWS::IAM::User', Properties: {} }),
  ),
  mutation('function that anyone may call', 'reviewed-type', (d) =>
    d.add(ROLE, 'Url', { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE' } }),
  ),
];
