import { type ControlFamily, testsOf } from '../control.ts';
import { matches, refersTo, variableRefersTo } from '../template/expectation.ts';
import { every, those } from '../template/selection.ts';
import * as look from './selections.ts';

/** 45 CFR 164.312(a): who gets at electronic protected health information. */
export const accessControl: ControlFamily = {
  title: 'Technical safeguards: access control',
  source: '45 CFR 164.312(a)',
  controls: [
    {
      id: '164.312(a)(1)',
      title: 'Access control: only persons and programs that have been granted rights',
      how: 'Every route but health, service info and documentation needs an API key or a token; each route names the one right that opens it, and every query names the tenant. Tasks connect to the database as a role without DDL and reach no network but AWS by private endpoints.',
      templates: [look.databaseIamLogin, look.bucketsPrivate],
      policies: [
        'iam-no-wildcard-action',
        'iam-no-wildcard-resource',
        'iam-no-public-principal',
        'database-reach',
        'reachable',
        'sg-ingress',
      ],
      code: [
        'service/src/http/pipeline.ts',
        'service/src/identity/authenticator.ts',
        'service/src/identity/roles.ts',
        'service/src/database/service-role.ts',
        'lib/constructs/least-privilege-role.ts',
      ],
      tests: [
        ...testsOf(
          'service/identity/permissions',
          '%s: %s is answered with %d',
          'the matrix has every route of the OpenAPI document that needs a key',
          'without a key, %s is answered with 401 and a challenge',
          'a tenant gets 404 for a note of another, as for one that does not exist, and a failure in its own trail',
        ),
        ...testsOf('service/access/care-teams', '%s %s, asking for a note of the team %s, is answered with %d'),
        ...testsOf('service/audit/trail-rights', 'the trail in the database grants the role of the service no "%s"'),
        ...testsOf(
          'lib/stacks/service',
          'The service task may connect as one database role, open data keys of its stage, sign and publish, and nothing else',
        ),
      ],
      live: [
        { sees: 'refusal without a key', command: 'curl -i https://DOMAIN/notes/search -X POST' },
        {
          sees: 'the rights of the tasks',
          command: 'aws iam list-attached-role-policies --role-name healthcare-ai-STAGE-service-task',
        },
        { sees: 'denials, in the audit log', command: 'Logs Insights: healthcare-ai-STAGE/denials' },
      ],
      organisation: 'Decide who is granted which role, and keep the decisions (docs/compliance/access-control.md).',
    },
    {
      id: '164.312(a)(2)(i)',
      title: 'Unique user identification',
      demand: 'required',
      how: 'A key belongs to one principal of one tenant; a token names its subject. Every audit event carries the principal, the tenant and the role.',
      templates: [look.savedQuery('what-a-principal-did')],
      code: [
        'service/src/identity/api-key-store.ts',
        'service/src/identity/jwt.ts',
        'packages/audit-trail/src/format/event.ts',
      ],
      tests: [
        ...testsOf('service/identity/jwt', 'the subject, tenant and roles of the token are who the trail names'),
        ...testsOf(
          'service/identity/permissions',
          'a tenant is told apart by its key, not by the name of the principal',
          'each denial is an event of its own, with who, what and where from',
        ),
      ],
      live: [
        {
          sees: 'everything that one principal did',
          command: 'Logs Insights: healthcare-ai-STAGE/what-a-principal-did',
        },
      ],
      organisation: 'Give no key to two people or two systems.',
    },
    {
      id: '164.312(a)(2)(ii)',
      title: 'Emergency access procedure',
      demand: 'required',
      how: 'Break-glass: a clinician opens the notes of a patient of another care team with a stated reason, for a bounded time; every access under the grant names it, and an alarm tells of it. What happens while the service is down is in the contingency plan.',
      templates: [
        look.alarmNotifies('audit-break-glass'),
        look.savedQuery('break-glass'),
        look.savedQuery('what-was-done-under-break-glass'),
      ],
      policies: ['alarm-can-fire', 'alarm-notifies'],
      code: ['docs/break-glass.md', 'docs/runbooks/break-glass.md', 'service/src/notes/access/break-glass.ts'],
      tests: [
        ...testsOf(
          'service/access/break-glass',
          'a grant a grant opens the notes of its patient, in every way, and each access names it',
          'a grant its event says who, whose, why by a code and for how it was asked, and never in words',
          'a grant it is of no use for another patient, another principal, or another tenant',
          'a grant an auditor reads why, and that is an event too',
        ),
        ...testsOf('service/access/grants', 'a grant in the database ends by the time, in every way'),
      ],
      live: [
        { sees: 'who broke the glass', command: 'Logs Insights: healthcare-ai-STAGE/break-glass' },
        {
          sees: 'what was done under it',
          command: 'Logs Insights: healthcare-ai-STAGE/what-was-done-under-break-glass',
        },
      ],
      organisation: 'Say who may ask for access in an emergency, and who looks at it afterwards.',
    },
    {
      id: '164.312(a)(2)(iii)',
      title: 'Automatic logoff',
      demand: 'addressable',
      how: 'The service keeps no sessions. A token ends at its expiry; a key may be given an end; a revoked key stops within five seconds; idle connections are closed.',
      templates: [look.edgeAttribute('idle_timeout.timeout_seconds', '60')],
      policies: ['timeout-chain'],
      code: ['service/src/identity/jwt.ts', 'service/src/commands/keys.ts'],
      tests: [
        ...testsOf('service/identity/jwt', 'an expired token is told in the trail as expired, others as invalid'),
        ...testsOf(
          'service/identity/api-keys',
          'while the service runs a key is refused once it has expired, though it was believed a moment ago',
          'while the service runs a new key works at once, and a revoked one no longer than 5 seconds',
        ),
        ...testsOf('service/commands/keys', 'a key may end by itself'),
      ],
      live: [{ sees: 'the keys with their ends', command: 'npm run ops -- keys list --stage STAGE' }],
      organisation: 'Let workstations lock themselves; set the lifetime of tokens at your identity provider.',
    },
    {
      id: '164.312(a)(2)(iv)',
      title: 'Encryption and decryption',
      demand: 'addressable',
      how: 'Notes and patient ids are sealed with AES-256-GCM under data keys that KMS (or a local master key) wraps, before they reach the database. Database, buckets, log groups, images, backups and topics are encrypted by customer keys that rotate each year.',
      templates: [
        look.customerKeysRotate,
        look.databaseEncrypted,
        look.databaseKey,
        look.logGroupsEncrypted,
        every('AWS::ECR::Repository', 'EncryptionConfiguration.KmsKey', refersTo('AWS::KMS::Key')),
        every('AWS::SNS::Topic', 'KmsMasterKeyId', refersTo('AWS::KMS::Key')),
        every('AWS::Backup::BackupVault', 'EncryptionKeyArn', refersTo('AWS::KMS::Key')),
        every('AWS::CloudTrail::Trail', 'KMSKeyId', refersTo('AWS::KMS::Key')),
        every(
          'AWS::S3::Bucket',
          'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm',
          matches(/^(aws:kms|AES256)$/),
        ),
        those(
          'AWS::ECS::TaskDefinition',
          ['Family', matches(/-service$/)],
          'ContainerDefinitions.0.Environment',
          variableRefersTo('KMS_KEY_ID', 'AWS::KMS::Key'),
        ),
      ],
      policies: [
        'kms-rotation',
        'kms-key-policy',
        'kms-enabled',
        'kms-task-context',
        'bucket-encrypted',
        'log-group-encrypted',
        'database-cluster',
      ],
      code: [
        'service/src/crypto/envelope.ts',
        'service/src/crypto/keyring.ts',
        'service/src/crypto/kms-key-wrapper.ts',
        'lib/constructs/customer-key.ts',
      ],
      tests: [
        ...testsOf(
          'service/crypto/envelope',
          'a sealed note opens to exactly what was sealed, whatever well-formed text it was',
          'a sealed note does not open with another key',
        ),
        ...testsOf(
          'service/canary/canary',
          'with %s no byte of the database’s files and logs holds one, and the search would find it there',
          'the ciphertext is what holds the words: with the master key, and only with it, they are there',
        ),
        ...testsOf(
          'service/crypto/key-wrapper',
          'AWS KMS makes a data key with stage and purpose as its encryption context, and opens it',
        ),
        ...testsOf(
          'service/commands/rotation',
          'after the master key was rotated and the keys wrapped again, old notes are read without the old one',
        ),
        ...testsOf(
          'lib/stacks/evidence',
          'Keys are customer managed, one for each class of data, rotated each year and kept',
        ),
      ],
      live: [
        {
          sees: 'rotation of the data key',
          command: 'aws kms get-key-rotation-status --key-id alias/healthcare-ai-STAGE/data',
        },
        {
          sees: 'encryption of the database',
          command:
            'aws rds describe-db-clusters --db-cluster-identifier healthcare-ai-STAGE --query "DBClusters[].[StorageEncrypted,KmsKeyId]"',
        },
        { sees: 'who used the keys', command: 'Logs Insights: healthcare-ai-STAGE/use-of-the-keys' },
      ],
    },
  ],
};
