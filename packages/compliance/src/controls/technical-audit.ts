import { type ControlFamily, testsOf } from '../control.ts';
import { has, is, matches } from '../template/expectation.ts';
import { those } from '../template/selection.ts';
import * as look from './selections.ts';

/** 45 CFR 164.312(b) and (c): what is recorded, and how a change would show. */
export const auditAndIntegrity: ControlFamily = {
  title: 'Technical safeguards: audit controls and integrity',
  source: '45 CFR 164.312(b) and (c)',
  controls: [
    {
      id: '164.312(b)',
      title: 'Audit controls: record and examine activity',
      demand: 'required',
      how: 'Every create, read, search, denial and failure is an event, written in the transaction that it describes, in tables that take additions only, and published to a log group and a locked bucket of their own. CloudTrail records the account, and who touches the audit bucket; the audit log group is kept, locked and never masked.',
      templates: [
        look.trailLogging,
        look.trailEveryRegion,
        look.auditLogProtected,
        look.auditLogSixYears,
        look.logGroupsKept,
        look.savedQuery('who-read-a-patient'),
        look.savedQuery('what-happened-to-a-note'),
        look.savedQuery('denials'),
        look.savedQuery('who-touched-the-audit-bucket'),
        look.serviceVariablePresent('AUDIT_LOG_GROUP'),
        look.serviceVariablePresent('AUDIT_BUCKET'),
        look.alarmNotifies('audit-lag'),
        look.alarmNotifies('audit-checkpoints-absent'),
        look.alarmNotifies('audit-sink-failures'),
        look.alarmNotifies('audit-seal-refusals'),
        look.alarmNotifies('trail-trail-changes'),
      ],
      policies: ['trail', 'audit-log-protected', 'log-group-retention', 'log-group-standard', 'metric-filter'],
      code: [
        'packages/audit-trail/src/format/event.ts',
        'service/src/audit/committer.ts',
        'service/src/audit/query.ts',
        'service/src/audit/publish/publisher.ts',
        'lib/constructs/audit/trail.ts',
        'lib/constructs/audit/auditor-role.ts',
      ],
      tests: [
        ...testsOf(
          'service/http/search-audit',
          'audit events have who, what, whose, when, where from and their place in the chain, and no word of the patient',
          'audit events of a note are told from its creation on, and that they were read is one more',
          'audit events are found by principal, action, outcome, patient and time, and by all of them together',
        ),
        ...testsOf('service/commands/keys', 'each use of a command is an event in the trail, without a secret'),
        ...testsOf(
          'service/durability/kill',
          'kill -9 of the process under load, on PostgreSQL with fsync on every audit chain is whole, and each process began its own',
        ),
        ...testsOf(
          'service/audit/saved-queries',
          'the saved query %s reads fields that events have which the service wrote',
        ),
        ...testsOf(
          'service/audit/publish/kill',
          'kill -9 of the services that seal and publish, … times under load nothing is missing in the sink and nothing stands out of order',
          'kill -9 of the services that seal and publish, … times under load every acknowledged note has its event in the sink',
        ),
        ...testsOf(
          'lib/stacks/evidence',
          'The audit stack records every region, validates its files, and who touches audit events',
          'Log groups mask identifiers where applications write, and never in the audit trail',
        ),
      ],
      live: [
        { sees: 'who read a patient’s notes', command: 'Logs Insights: healthcare-ai-STAGE/who-read-a-patient' },
        {
          sees: 'the events of one note',
          command: 'curl -H "Authorization: Bearer AUDITOR_KEY" https://DOMAIN/audit/events/AUDIT_ID',
        },
        {
          sees: 'that the trail of the account records',
          command: 'aws cloudtrail get-trail-status --name healthcare-ai-STAGE',
        },
      ],
      organisation: 'Look at the trail: docs/compliance/calendar.md says how often.',
    },
    {
      id: '164.312(c)(1)',
      title: 'Integrity: no improper alteration or destruction',
      how: 'The service has no right to change or delete an audit event or a note, and triggers refuse the owner. The audit bucket is under Object Lock; keys, buckets, log groups and the database outlive their stacks.',
      templates: [
        look.auditBucketLocked,
        look.auditBucketCompliance,
        look.auditBucketSixYears,
        look.databaseProtected,
        look.vaultsLocked,
      ],
      policies: ['bucket-object-lock', 'bucket-versioned', 'retained', 'termination-protection', 'backup-vault'],
      code: [
        'service/src/database/migrations/0001-notes-and-audit.ts',
        'service/src/database/service-role.ts',
        'lib/constructs/audit/audit-bucket.ts',
      ],
      tests: [
        ...testsOf(
          'service/audit/trail-rights',
          'the trail in the database refuses its owner "%s", by a trigger',
          'the trail in the database grants the role of the service no "%s"',
        ),
        ...testsOf(
          'service/durability/kill',
          'kill -9 of the process under load, on PostgreSQL with fsync on every acknowledged note is there, byte for byte',
        ),
        ...testsOf(
          'lib/stacks/evidence',
          'The audit stack locks the audit bucket for six years: nobody can delete in prod, governance elsewhere',
          'The stage has its stacks, and keeps those that hold data from being deleted',
        ),
      ],
      live: [
        {
          sees: 'the lock of the audit bucket',
          command: 'aws s3api get-object-lock-configuration --bucket AUDIT_BUCKET',
        },
      ],
    },
    {
      id: '164.312(c)(2)',
      title: 'Mechanism to authenticate electronic protected health information',
      demand: 'addressable',
      how: 'The authentication tag of AES-GCM binds a note to its row, so that neither a changed nor an exchanged note opens. Audit events are chained by SHA-256, and checkpoints over the chains are signed with Ed25519: the verifier needs the events, the checkpoints and the public key, and names the first bad record. CloudTrail validates its own files.',
      templates: [
        look.trailValidated,
        look.serviceVariablePresent('AUDIT_SIGNING_KEY_ID'),
        look.alarmNotifies('audit-broken-trail'),
        look.alarmNotifies('audit-broken-chains'),
        those(
          'AWS::KMS::Key',
          ['Description', is('Signs the checkpoints of the audit trail')],
          'KeySpec',
          is('ECC_NIST_EDWARDS25519'),
        ),
        those(
          'AWS::KMS::Key',
          ['Description', is('Signs the checkpoints of the audit trail')],
          'KeyUsage',
          matches(/^SIGN_VERIFY$/),
        ),
        those(
          'AWS::IAM::ManagedPolicy',
          ['Description', is('Reads audit events, CloudTrail and the proof of both')],
          'PolicyDocument.Statement',
          has({ Action: 'kms:GetPublicKey' }),
        ),
      ],
      code: [
        'service/src/crypto/sealed-text.ts',
        'packages/audit-trail/src/format/chain.ts',
        'packages/audit-trail/src/verify/verifier.ts',
        'service/src/audit/seal/sealer.ts',
        'packages/audit-trail/src/verify/verifier.ts',
        'service/src/audit/signing/kms-signer.ts',
      ],
      tests: [
        ...testsOf(
          'service/crypto/envelope',
          'a sealed note does not open after any one of its bits was changed',
          'a sealed note does not open when its row is passed off as that of %s',
        ),
        ...testsOf(
          'packages/audit-trail/owner',
          'the owner of the database does nothing, and nothing is found',
          'the owner of the database %s: the event is named',
        ),
        ...testsOf(
          'packages/audit-trail/chain',
          'canonical JSON is what RFC 8785 gives for its own example',
          'an audit chain begins with the hash of its own id, and each event names the one before',
        ),
        ...testsOf(
          'packages/audit-trail/tampering/tampering',
          'a trail that was tampered with random changes to trails of 500 events are detected, and the first bad record is named',
          'a trail that was tampered with random changes to a trail of 100,000 events are detected, and the first bad record is named',
        ),
        ...testsOf(
          'packages/audit-trail/untouched',
          'a trail that nobody touched is verified, 1,000 times of 1,000: after crashes, restarts, rotations, expiry and repeated delivery',
        ),
        ...testsOf(
          'packages/audit-trail/directory/export',
          'an export is verified from its files and the public key alone',
        ),
      ],
      live: [
        {
          sees: 'that what was published is whole and signed',
          command: 'npm run ops -- audit verify --cloudwatch --stage STAGE',
        },
        {
          sees: 'that CloudTrail’s files are as written',
          command: 'aws cloudtrail validate-logs --trail-arn TRAIL_ARN --start-time START',
        },
      ],
    },
  ],
};
