import { type ControlFamily, testsOf } from '../control.ts';
import { has, is } from '../template/expectation.ts';
import { every } from '../template/selection.ts';
import * as look from './selections.ts';

/** 45 CFR 164.312(d) and (e): who speaks, and over what. */
export const authenticationAndTransmission: ControlFamily = {
  title: 'Technical safeguards: authentication and transmission',
  source: '45 CFR 164.312(d) and (e)',
  controls: [
    {
      id: '164.312(d)',
      title: 'Person or entity authentication',
      demand: 'required',
      how: 'API keys of 256 random bits, stored as hashes and compared in constant time; OIDC tokens verified against a key set. Tasks log in to the database by IAM; the auditor’s role wants a second factor.',
      templates: [
        look.databaseIamLogin,
        look.databaseManagedSecret,
        look.serviceVariable('DATABASE_AUTH', 'iam'),
        look.alarmNotifies('authentication-failures'),
      ],
      policies: ['iam-trust', 'container-secrets'],
      code: ['service/src/identity/api-key.ts', 'service/src/identity/jwt.ts', 'service/src/identity/authenticator.ts'],
      tests: [
        ...testsOf(
          'service/identity/api-keys',
          'a key has a prefix to look for, an id, and 256 random bits',
          'is answered with 401: %s',
          'while the service runs the database holds the hash of a key and not the key',
        ),
        ...testsOf(
          'service/identity/jwt',
          'a token signed by %s opens the API',
          'is answered with 401: a token with alg none, in any spelling',
          'is answered with 401: a token signed by HMAC with the public key, which everybody knows',
          'is answered with 401: a token whose claims were changed after it was signed',
        ),
        ...testsOf(
          'lib/stacks/evidence',
          'The audit stack gives the auditor the evidence, with a second factor, and nothing that changes anything',
        ),
      ],
      live: [
        { sees: 'keys, without their secrets', command: 'npm run ops -- keys list --stage STAGE' },
        {
          sees: 'that the auditor’s role wants a second factor',
          command: 'aws iam get-role --role-name healthcare-ai-STAGE-auditor --query Role.AssumeRolePolicyDocument',
        },
      ],
      organisation:
        'Prove who a person is before a key is handed out; require a second factor at your identity provider.',
    },
    {
      id: '164.312(e)(1)',
      title: 'Transmission security',
      how: 'Nothing is spoken in the clear: TLS from the client to the load balancer, from there to the task, and from the task to the database; AWS is reached by private endpoints; buckets and topics refuse plain HTTP.',
      templates: [
        look.edgeTls,
        look.edgeRedirects,
        look.targetsTls,
        look.databaseForcesTls,
        every('AWS::EC2::VPCEndpoint', 'PrivateDnsEnabled', is(true)),
      ],
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
      tests: [
        ...testsOf(
          'lib/stacks/edge',
          'The load balancer speaks HTTPS by a post-quantum policy, redirects port 80, and speaks TLS to the tasks',
        ),
        ...testsOf(
          'lib/stacks/foundation',
          'The network stack gives tasks and database no route but to VPC endpoints, whose policies admit this account',
        ),
        ...testsOf(
          'service/config/start',
          'TLS=self-signed serves HTTPS of TLS 1.2 and later, and survives what is not TLS',
        ),
      ],
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
      templates: [
        look.edgeAttribute('routing.http.drop_invalid_header_fields.enabled', 'true'),
        look.edgeAttribute('routing.http.desync_mitigation_mode', 'strictest'),
      ],
      policies: ['alb-attributes'],
      code: ['service/src/http/read-json.ts', 'service/src/http/server.ts'],
      tests: [
        ...testsOf('service/http/ingest', 'what fits is kept byte for byte %s'),
        ...testsOf('service/http/wire', 'two readings of where a body ends are not given a chance: 400 %s'),
        ...testsOf(
          'lib/stacks/edge',
          'The load balancer drops malformed requests, is logged, and cannot be deleted by mistake',
        ),
      ],
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
      how: 'TLS 1.2 and 1.3 with post-quantum key agreement at the edge, TLS to the task, and a verified certificate to the database; clients are told to stay on HTTPS.',
      templates: [
        look.edgeTls,
        look.targetsTls,
        look.databaseForcesTls,
        every('AWS::RDS::DBClusterParameterGroup', 'Parameters', has({ ssl_min_protocol_version: 'TLSv1.2' })),
        look.serviceVariable('TLS', 'self-signed'),
        look.serviceVariable('DATABASE_TLS', 'verify'),
      ],
      policies: ['alb-listener-tls', 'target-group', 'database-tls'],
      code: [
        'service/src/http/self-signed.ts',
        'service/src/http/security-headers.ts',
        'lib/constructs/database/aurora.ts',
      ],
      tests: [
        ...testsOf('service/http/security-headers', '%d, %s: every header of the policy is there once, with its value'),
        ...testsOf(
          'lib/stacks/foundation',
          'The database stack is encrypted, protected, logs in by IAM over TLS, and keeps its master secret out of the template',
        ),
        ...testsOf('lib/stacks/options', 'By configuration an old TLS is refused where the stage says so'),
      ],
      live: [
        {
          sees: 'the TLS policy of the listener',
          command:
            'aws elbv2 describe-listeners --load-balancer-arn LOAD_BALANCER_ARN --query "Listeners[].[Port,Protocol,SslPolicy]"',
        },
      ],
    },
  ],
};
