import type { ControlFamily } from '../control.ts';

export const technical: readonly ControlFamily[] = [
  {
    title: 'Technical safeguards: access control',
    source: '45 CFR 164.312(a)',
    controls: [
      {
        id: '164.312(a)(1)',
        title: 'Access control: only persons and programs that have been granted rights',
        how: 'Every route but health, service info and documentation needs an API key or a token; each route names the one right that opens it, and every query names the tenant. Tasks connect to the database as a role without DDL and reach no network but AWS by private endpoints.',
        policies: [
          'iam-no-wildcard-action',
          'iam-no-wildcard-resource',
          'iam-no-public-principal',
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
        tested: true,
        live: [
          { sees: 'refusal without a key', command: 'curl -i https://DOMAIN/notes/search -X POST' },
          {
            sees: 'the rights of the tasks',
            command: 'aws iam list-attached-role-policies --role-name healthcare-ai-STAGE-REGION-service-task',
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
        code: [
          'service/src/identity/api-key-store.ts',
          'packages/access-tokens/src/token-verifier.ts',
          'packages/audit-trail/src/format/event.ts',
        ],
        tested: true,
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
        how: 'Break-glass: a clinician opens the notes of a patient of another care team with a stated reason, for a bounded time; every access under the grant names it, and raises an alarm. What happens while the service is down is in the contingency plan.',
        policies: ['alarm-can-fire', 'alarm-notifies', 'alarms-complete'],
        code: ['docs/break-glass.md', 'docs/runbooks/break-glass.md', 'service/src/notes/access/break-glass.ts'],
        tested: true,
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
        how: 'A session of the page ends 15 minutes after its last request, with its token, after 12 hours, or when its key is revoked; the page warns before and clears the screen. Of the API, a token ends at its expiry; a key may be given an end; a revoked key stops within five seconds; idle connections are closed.',
        policies: ['timeout-chain'],
        code: [
          'service/src/identity/sessions.ts',
          'packages/access-tokens/src/token-verifier.ts',
          'service/src/commands/keys.ts',
        ],
        tested: true,
        live: [{ sees: 'the keys with their ends', command: 'npm run ops -- keys list --stage STAGE' }],
        organisation: 'Let workstations lock themselves; set the lifetime of tokens at your identity provider.',
      },
      {
        id: '164.312(a)(2)(iv)',
        title: 'Encryption and decryption',
        demand: 'addressable',
        how: 'Notes and patient ids are sealed with AES-256-GCM under data keys that KMS (or a local master key) wraps, before they reach the database. Database, buckets, log groups, images, backups and topics are encrypted by customer keys that rotate each year.',
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
        tested: true,
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
  },
  {
    title: 'Technical safeguards: audit controls and integrity',
    source: '45 CFR 164.312(b) and (c)',
    controls: [
      {
        id: '164.312(b)',
        title: 'Audit controls: record and examine activity',
        demand: 'required',
        how: 'Every create, read, search, denial and failure is an event, written in the transaction that it describes, in append-only tables, and published to a log group and a locked bucket of their own: in audit format 2 the bucket has the events, too, and the log group is compared with it. CloudTrail records the account, and who touches the audit bucket; the audit log group is kept, locked and never masked.',
        policies: ['trail', 'audit-log-protected', 'log-group-retention', 'metric-filter', 'alarms-complete'],
        code: [
          'packages/audit-trail/src/format/event.ts',
          'service/src/audit/committer.ts',
          'service/src/audit/query.ts',
          'service/src/audit/publish/publisher.ts',
          'service/src/audit/publish/s3-sink.ts',
          'packages/audit-trail/src/verify/compare-copy.ts',
          'lib/constructs/audit/trail.ts',
          'lib/constructs/audit/auditor-role.ts',
        ],
        tested: true,
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
        policies: ['bucket-object-lock', 'retained', 'termination-protection', 'backup-vault'],
        code: [
          'service/src/database/migrations/0001-notes-and-audit.ts',
          'service/src/database/service-role.ts',
          'lib/constructs/audit/audit-bucket.ts',
        ],
        tested: true,
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
        policies: ['alarms-complete'],
        code: [
          'service/src/crypto/sealed-text.ts',
          'packages/audit-trail/src/format/chain.ts',
          'packages/audit-trail/src/verify/verifier.ts',
          'service/src/audit/seal/sealer.ts',
          'service/src/audit/signing/kms-signer.ts',
        ],
        tested: true,
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
  },
  {
    title: 'Technical safeguards: authentication and transmission',
    source: '45 CFR 164.312(d) and (e)',
    controls: [
      {
        id: '164.312(d)',
        title: 'Person or entity authentication',
        demand: 'required',
        how: 'API keys of 256 random bits, stored as hashes and compared in constant time; OIDC tokens verified against a key set. The page holds neither: it hands one in for a cookie that no script can read and no other site can use. Tasks log in to the database by IAM; the auditor’s role requires a second factor.',
        policies: ['iam-trust', 'container-secrets', 'alarms-complete'],
        code: [
          'packages/contract/src/api-key.ts',
          'packages/access-tokens/src/token-verifier.ts',
          'service/src/identity/authenticator.ts',
          'service/src/http/gates.ts',
        ],
        tested: true,
        live: [
          { sees: 'keys, without their secrets', command: 'npm run ops -- keys list --stage STAGE' },
          {
            sees: 'that the auditor’s role requires a second factor',
            command:
              'aws iam get-role --role-name healthcare-ai-STAGE-REGION-auditor --query Role.AssumeRolePolicyDocument',
          },
        ],
        organisation:
          'Prove who a person is before a key is handed out; require a second factor at your identity provider.',
      },
      {
        id: '164.312(e)(1)',
        title: 'Transmission security',
        how: 'Nothing is sent in the clear: TLS from the client to the load balancer, from there to the task, and from the task to the database; AWS is reached by private endpoints; buckets and topics refuse plain HTTP.',
        policies: [
          'alb-listener-tls',
          'alb-listener-redirect',
          'target-group',
          'database-tls',
          'bucket-tls-only',
          'sns-topic',
          'endpoints-complete',
          'endpoint-policy',
        ],
        code: [
          'lib/constructs/service/edge-load-balancer.ts',
          'service/src/http/self-signed.ts',
          'service/src/database/postgresql.ts',
        ],
        tested: true,
        live: [
          {
            sees: 'the protocol and cipher that are agreed',
            command: 'openssl s_client -connect DOMAIN:443 -brief </dev/null',
          },
        ],
      },
      {
        id: '164.312(e)(2)(i)',
        title: 'Integrity controls in transmission',
        demand: 'addressable',
        how: 'TLS authenticates every record. A note is stored byte for byte as it was sent, and a request whose end can be read in two ways is refused.',
        policies: ['alb-attributes'],
        code: ['service/src/http/read-json.ts', 'service/src/http/server.ts'],
        tested: true,
        live: [
          {
            sees: 'the attributes of the load balancer',
            command: 'aws elbv2 describe-load-balancer-attributes --load-balancer-arn LOAD_BALANCER_ARN',
          },
        ],
      },
      {
        id: '164.312(e)(2)(ii)',
        title: 'Encryption in transmission',
        demand: 'addressable',
        how: 'TLS 1.2 and 1.3 with post-quantum key agreement at the edge, TLS to the task, and a verified certificate to the database; clients stay on HTTPS (HSTS).',
        policies: ['alb-listener-tls', 'target-group', 'database-tls'],
        code: [
          'service/src/http/self-signed.ts',
          'service/src/http/security-headers.ts',
          'lib/constructs/database/aurora.ts',
        ],
        tested: true,
        live: [
          {
            sees: 'the TLS policy of the listener',
            command:
              'aws elbv2 describe-listeners --load-balancer-arn LOAD_BALANCER_ARN --query "Listeners[].[Port,Protocol,SslPolicy]"',
          },
        ],
      },
    ],
  },
];
