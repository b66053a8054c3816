import { type ControlFamily, testsOf } from '../control.ts';
import { atLeast, has, is, matches, refersTo } from '../template/expectation.ts';
import { every, those } from '../template/selection.ts';
import * as look from './selections.ts';

/** The seed's pre-deployment checklist: Security. */
export const checklistSecurity: ControlFamily = {
  title: 'Checklist before deployment: security',
  source: 'Production Deployment Guide, Pre-Deployment Checklist, Security',
  controls: [
    {
      id: 'HTTPS/TLS configured',
      title: 'Security',
      how: 'The load balancer speaks TLS 1.2 and 1.3 and redirects port 80; tasks and database speak TLS too. nginx does the same outside of AWS.',
      templates: [look.edgeTls, look.edgeRedirects, look.targetsTls, look.databaseForcesTls],
      policies: ['alb-listener-tls', 'alb-listener-redirect', 'target-group', 'database-tls'],
      code: ['lib/constructs/service/edge-load-balancer.ts', 'deploy/compose/nginx.conf'],
      tests: [
        ...testsOf(
          'lib/stacks/edge',
          'The load balancer speaks HTTPS by a post-quantum policy, redirects port 80, and speaks TLS to the tasks',
        ),
        ...testsOf(
          'service/config/start',
          'TLS=self-signed serves HTTPS of TLS 1.2 and later, and survives what is not TLS',
        ),
        ...testsOf('deploy/nginx', 'nginx itself takes the file'),
      ],
      live: [
        {
          sees: 'the protocol and cipher that are agreed',
          command: 'openssl s_client -connect DOMAIN:443 -brief </dev/null',
        },
      ],
    },
    {
      id: 'API authentication implemented',
      title: 'Security',
      how: 'API keys and OIDC tokens; no route of a patient’s data without one.',
      code: ['service/src/identity/authenticator.ts', 'service/src/http/pipeline.ts'],
      tests: [
        ...testsOf(
          'service/identity/permissions',
          'without a key, %s is answered with 401 and a challenge',
          'the matrix has every route of the OpenAPI document that needs a key',
        ),
        ...testsOf('service/identity/api-keys', 'is answered with 401: %s'),
        ...testsOf('service/identity/jwt', 'is answered with 401: a token %s'),
      ],
      live: [{ sees: '401 without a key', command: 'curl -si https://DOMAIN/ingest -X POST | head -1' }],
    },
    {
      id: 'CORS properly configured',
      title: 'Security',
      how: 'No page may read an answer unless its origin is in CORS_ORIGINS; never with credentials.',
      templates: [look.serviceVariable('CORS_ORIGINS', '[]')],
      code: ['service/src/config/values.ts', 'service/src/http/pipeline.ts'],
      tests: testsOf(
        'service/http/cors',
        'without CORS_ORIGINS no page may do anything, and OPTIONS is a method like others',
        'a page of %p may not',
        'a page may not send cookies along',
      ),
      live: [
        {
          sees: 'no Access-Control-Allow-Origin for a stranger',
          command: 'curl -si https://DOMAIN/health -H "Origin: https://evil.example"',
        },
      ],
    },
    {
      id: 'Secrets in environment variables (not code)',
      title: 'Security',
      how: 'Secrets come from Secrets Manager, IAM or files; no template, image or repository holds one.',
      templates: [
        look.databaseManagedSecret,
        those(
          'AWS::ECS::TaskDefinition',
          ['Family', matches(/-migrate$/)],
          'ContainerDefinitions.0.Secrets',
          has({ Name: 'DATABASE_PASSWORD' }),
        ),
      ],
      policies: ['no-literal-secret', 'container-secrets', 'container-environment'],
      code: ['service/src/config/read.ts', '.env.example', '.gitignore'],
      tests: [
        ...testsOf(
          'lib/stacks/evidence',
          'The stage has no secret, no asset, no look-up and no Lambda in any template',
        ),
        ...testsOf(
          'lib/stacks/service',
          'Every container gets only variables that the service knows, and no secret among them',
        ),
        ...testsOf('service/config/start', '.env.example lacks the master key, the signing key and nothing else'),
      ],
      live: [
        {
          sees: 'variables and secrets of the running task',
          command:
            'aws ecs describe-task-definition --task-definition healthcare-ai-STAGE-service --query "taskDefinition.containerDefinitions[].[environment,secrets]"',
        },
      ],
    },
    {
      id: 'Rate limiting enabled',
      title: 'Security',
      how: 'The WAF limits an address, the service a principal; failed log-ins are limited by address.',
      templates: [
        every('AWS::WAFv2::WebACL', 'Rules.0.Statement.RateBasedStatement.Limit', atLeast(1, 'request')),
        every('AWS::WAFv2::WebACL', 'Rules.0.Action.Block.CustomResponse.ResponseCode', is(429)),
        every('AWS::WAFv2::WebACLAssociation', 'ResourceArn', refersTo('AWS::ElasticLoadBalancingV2::LoadBalancer')),
        look.serviceVariable('RATE_LIMIT', '600/minute'),
      ],
      policies: ['waf-rate-limit', 'waf-associated'],
      code: ['service/src/http/rate-limiter.ts', 'lib/constructs/service/web-firewall.ts'],
      tests: [
        ...testsOf(
          'lib/stacks/edge',
          'The WAF limits an address to 600 requests in 60 seconds with 429, the health path exempt',
        ),
        ...testsOf(
          'service/http/rate-limits',
          'RATE_LIMIT=5/minute allows a principal five requests; the sixth is 429 and says when to try again',
          'failed authentications are limited by address, and lock no good key out',
        ),
      ],
      live: [{ sees: 'the rules of the WAF', command: 'aws wafv2 list-web-acls --scope REGIONAL' }],
    },
    {
      id: 'Input sanitization verified',
      title: 'Security',
      how: 'Every body is validated, none is echoed in an error, and text is kept as it was sent: what is shown is the client’s to escape. Statements to the database have parameters. The WAF refuses attacks.',
      templates: [
        every(
          'AWS::WAFv2::WebACL',
          'Rules',
          has(
            { Statement: { ManagedRuleGroupStatement: { Name: 'AWSManagedRulesSQLiRuleSet' } } },
            { Statement: { ManagedRuleGroupStatement: { Name: 'AWSManagedRulesKnownBadInputsRuleSet' } } },
          ),
        ),
      ],
      policies: ['waf-managed-groups', 'waf-exceptions', 'waf-no-shortcut'],
      code: [
        'service/src/http/read-json.ts',
        'service/src/http/schemas/notes.ts',
        'packages/contract/src/waf-exceptions.ts',
      ],
      tests: [
        ...testsOf(
          'service/hostile/bodies',
          'POST %s answers any JSON object with 200 or what is wrong with it, and echoes nothing',
          'whatever text is taken is given back byte for byte, and what is not taken is one of five kinds',
        ),
        ...testsOf(
          'service/hostile/wire',
          'and after all of it the service serves, and was asked for more than errors of the parser',
        ),
        ...testsOf(
          'lib/waf/clinical-text',
          '$name is refused in the body of every route that is no note route',
          'prose that looks like code passes on every note route',
        ),
      ],
      live: [{ sees: 'what the WAF blocked', command: 'aws logs tail aws-waf-logs-healthcare-ai-STAGE --since 1d' }],
    },
    {
      id: 'Security headers configured',
      title: 'Security',
      how: 'helmet’s headers on every answer, with a policy that allows nothing inline.',
      code: ['service/src/http/security-headers.ts', 'deploy/compose/nginx.conf'],
      tests: [
        ...testsOf(
          'service/http/security-headers',
          '%d, %s: every header of the policy is there once, with its value',
          '%s has the policy too, with a Content-Security-Policy of its own',
        ),
        ...testsOf(
          'deploy/nginx',
          'nginx.conf agrees with the service gives its own answers the security headers of the service',
        ),
      ],
      live: [{ sees: 'the headers', command: 'curl -sI https://DOMAIN/health' }],
    },
  ],
};
