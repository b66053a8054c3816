import { absent, attribute, changed, type Draft, mutation, removed } from '../draft.ts';

const LB = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const TARGETS = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const ACL = 'AWS::WAFv2::WebACL';
const LOGGING = 'AWS::WAFv2::LoggingConfiguration';
const ATTRIBUTES = 'LoadBalancerAttributes';
const HTTPS = /Https/;
const HTTP = /EdgeHttp[0-9A-F]/;

type Rule = {
  Name: string;
  Priority: number;
  Action?: unknown;
  OverrideAction?: unknown;
  Statement: Record<string, Record<string, unknown>>;
};

const rules = (draft: Draft): Rule[] => draft.resource(ACL).Properties.Rules as Rule[];
const rule = (draft: Draft, name: RegExp): Rule => rules(draft).find((item) => name.test(item.Name))!;
const group = (draft: Draft, name: RegExp) => rule(draft, name).Statement.ManagedRuleGroupStatement!;
const rate = (draft: Draft) => rules(draft).find((item) => item.Statement.RateBasedStatement !== undefined)!;

/** Faults of the load balancer. */
export const balancer = [
  mutation('TLS 1.0 policy on the HTTPS listener', 'alb-listener-tls', (d) =>
    d.set(LISTENER, 'SslPolicy', 'ELBSecurityPolicy-2016-08', HTTPS),
  ),
  changed('invented TLS policy', 'alb-listener-tls', LISTENER, 'SslPolicy', 'ELBSecurityPolicy-TLS-9', HTTPS),
  absent('no TLS policy (AWS chooses its default)', 'alb-listener-tls', LISTENER, 'SslPolicy', HTTPS),
  absent('HTTPS listener without certificate', 'alb-listener-tls', LISTENER, 'Certificates', HTTPS),
  changed('HTTPS listener turned to HTTP', 'alb-listener-redirect', LISTENER, 'Protocol', 'HTTP', HTTPS),
  removed('HTTPS listener removed', 'alb-listener-tls', LISTENER, HTTPS),
  mutation('port 80 forwards instead of redirecting', 'alb-listener-redirect', (d) =>
    d.set(LISTENER, 'DefaultActions', [{ Type: 'forward', TargetGroupArn: { Ref: d.logicalId(TARGETS) } }], HTTP),
  ),
  mutation('port 80 redirects to plain HTTP', 'alb-listener-redirect', (d) =>
    d.set(LISTENER, 'DefaultActions.0.RedirectConfig.Protocol', 'HTTP', HTTP),
  ),
  mutation('port 80 redirects to another host', 'alb-listener-redirect', (d) =>
    d.set(LISTENER, 'DefaultActions.0.RedirectConfig.Host', 'evil.example', HTTP),
  ),
  mutation('listener answers 200 by itself', 'alb-listener-action', (d) =>
    d.set(LISTENER, 'DefaultActions', [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }], HTTPS),
  ),
  mutation('listener rule forwards to a foreign target group', 'alb-listener-action', (d) =>
    d.set(RULE, 'Actions', [
      { Type: 'forward', TargetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:999999999999:targetgroup/x/1' },
    ]),
  ),
  mutation('malformed headers let through', 'alb-attributes', (d) =>
    d.attribute(LB, ATTRIBUTES, 'routing.http.drop_invalid_header_fields.enabled', 'false'),
  ),
  mutation('header check left at its default', 'alb-attributes', (d) =>
    d.attribute(LB, ATTRIBUTES, 'routing.http.drop_invalid_header_fields.enabled', undefined),
  ),
  mutation('desync mitigation only monitors', 'alb-attributes', (d) =>
    d.attribute(LB, ATTRIBUTES, 'routing.http.desync_mitigation_mode', 'monitor'),
  ),
  attribute('load balancer may be deleted', 'alb-attributes', LB, ATTRIBUTES, 'deletion_protection.enabled', 'false'),
  attribute('access log off', 'alb-attributes', LB, ATTRIBUTES, 'access_logs.s3.enabled', 'false'),
  mutation('access log to a foreign bucket', 'alb-attributes', (d) =>
    d.attribute(LB, ATTRIBUTES, 'access_logs.s3.bucket', 'somebody-elses-bucket'),
  ),
  attribute('connection log off', 'alb-attributes', LB, ATTRIBUTES, 'connection_logs.s3.enabled', 'false'),
  mutation('idle timeout over the keep-alive of the service', 'alb-attributes', (d) =>
    d.attribute(LB, ATTRIBUTES, 'idle_timeout.timeout_seconds', '120'),
  ),
  mutation('load balancer passes on when the WAF fails', 'alb-attributes', (d) =>
    d.attribute(LB, ATTRIBUTES, 'waf.fail_open.enabled', 'true'),
  ),
  mutation('client addresses removed from X-Forwarded-For', 'alb-attributes', (d) =>
    d.attribute(LB, ATTRIBUTES, 'routing.http.xff_header_processing.mode', 'remove'),
  ),
  changed('plain HTTP to the task', 'target-group', TARGETS, 'Protocol', 'HTTP'),
  changed('target port of another program', 'target-group', TARGETS, 'Port', 9464),
  changed('health check on another path', 'target-group', TARGETS, 'HealthCheckPath', '/'),
  mutation('health check on the path that needs the database', 'target-group', (d) =>
    d.set(TARGETS, 'HealthCheckPath', '/health/ready'),
  ),
  changed('health check takes 200-499', 'target-group', TARGETS, 'Matcher.HttpCode', '200-499'),
  changed('health check off', 'target-group', TARGETS, 'HealthCheckEnabled', false),
  changed('health check every five minutes', 'target-group', TARGETS, 'HealthCheckIntervalSeconds', 300),
  changed('health check timeout over its interval', 'target-group', TARGETS, 'HealthCheckTimeoutSeconds', 29),
  attribute('sticky sessions', 'target-group', TARGETS, 'TargetGroupAttributes', 'stickiness.enabled', 'true'),
  mutation('no connection draining', 'timeout-chain', (d) =>
    d.attribute(TARGETS, 'TargetGroupAttributes', 'deregistration_delay.timeout_seconds', '0'),
  ),
  mutation('draining left at 300 s', 'timeout-chain', (d) =>
    d.attribute(TARGETS, 'TargetGroupAttributes', 'deregistration_delay.timeout_seconds', undefined),
  ),
];

/** Faults of the web ACL. */
export const firewall = [
  removed('WAF not joined to the load balancer', 'NIST.800.53.R5-ALBWAFEnabled', 'AWS::WAFv2::WebACLAssociation'),
  mutation('WAF removed with all that belongs to it', 'NIST.800.53.R5-ALBWAFEnabled', (d) => {
    for (const type of ['AWS::WAFv2::WebACLAssociation', LOGGING, ACL]) d.remove(type);
  }),
  mutation('managed group in count mode', 'waf-managed-groups', (d) => {
    rule(d, /CommonRuleSet/).OverrideAction = { Count: {} };
  }),
  mutation('managed group removed', 'waf-managed-groups', (d) =>
    d.set(
      ACL,
      'Rules',
      rules(d).filter(({ Name }) => !/SQLi/.test(Name)),
    ),
  ),
  mutation('managed group of another vendor under its name', 'waf-managed-groups', (d) => {
    group(d, /SQLi/).VendorName = 'Nobody';
  }),
  mutation('managed group scoped down to a path', 'waf-managed-groups', (d) => {
    group(d, /SQLi/).ScopeDownStatement = { ByteMatchStatement: { SearchString: '/x' } };
  }),
  mutation('rule excluded from a managed group', 'waf-managed-groups', (d) => {
    group(d, /KnownBad/).ExcludedRules = [{ Name: 'Log4JRCE_HEADER' }];
  }),
  mutation('managed group pinned to an old version', 'waf-managed-groups', (d) => {
    group(d, /CommonRuleSet/).Version = 'Version_1.0';
  }),
  mutation('a further managed rule only counts', 'waf-exceptions', (d) => {
    group(d, /SQLi/).RuleActionOverrides = [{ Name: 'SQLi_QUERYARGUMENTS', ActionToUse: { Count: {} } }];
  }),
  mutation('a managed rule allows', 'waf-exceptions', (d) => {
    group(d, /CommonRuleSet/).RuleActionOverrides = [{ Name: 'CrossSiteScripting_BODY', ActionToUse: { Allow: {} } }];
  }),
  mutation('body rules no longer block off the note routes', 'waf-exceptions', (d) =>
    d.set(
      ACL,
      'Rules',
      rules(d).filter(({ Name }) => !/off-the-note-routes/.test(Name)),
    ),
  ),
  mutation('body rules excused on a route of its own', 'waf-exceptions', (d) => {
    const text = JSON.stringify(rule(d, /off-the-note-routes/).Statement).replace('"/ingest"', '"/audit/search"');
    rule(d, /off-the-note-routes/).Statement = JSON.parse(text);
  }),
  mutation('note routes matched by prefix', 'waf-exceptions', (d) => {
    const text = JSON.stringify(rule(d, /off-the-note-routes/).Statement).replace('"EXACTLY"', '"STARTS_WITH"');
    rule(d, /off-the-note-routes/).Statement = JSON.parse(text);
  }),
  mutation('block rule judged before the groups add their labels', 'waf-exceptions', (d) => {
    rule(d, /off-the-note-routes/).Priority = 1;
  }),
  mutation('own rule allows a path past the WAF', 'waf-managed-groups', (d) =>
    d.push(ACL, 'Rules', {
      Name: 'allow',
      Priority: 5,
      Action: { Allow: {} },
      Statement: { GeoMatchStatement: { CountryCodes: ['US'] } },
    }),
  ),
  mutation('own rule only counts', 'waf-rate-limit', (d) => {
    rate(d).Action = { Count: {} };
  }),
  mutation('no rate rule', 'waf-rate-limit', (d) =>
    d.set(
      ACL,
      'Rules',
      rules(d).filter((item) => item !== rate(d)),
    ),
  ),
  mutation('rate of millions', 'waf-rate-limit', (d) => {
    rate(d).Statement.RateBasedStatement!.Limit = 2_000_000_000;
  }),
  mutation('rate counted over ten minutes', 'waf-rate-limit', (d) => {
    rate(d).Statement.RateBasedStatement!.EvaluationWindowSec = 600;
  }),
  mutation('rate keyed by a header that the client writes', 'waf-rate-limit', (d) => {
    rate(d).Statement.RateBasedStatement!.AggregateKeyType = 'FORWARDED_IP';
  }),
  mutation('rate rule exempts the ingest route', 'waf-rate-limit', (d) => {
    const text = JSON.stringify(rate(d).Statement).replace('"/health"', '"/ingest"');
    rate(d).Statement = JSON.parse(text);
  }),
  mutation('rate refused with 403', 'waf-rate-limit', (d) => {
    rate(d).Action = { Block: {} };
  }),
  removed('WAF log removed', 'waf-logged', LOGGING),
  changed('API keys in the WAF log', 'waf-logged', LOGGING, 'RedactedFields', [{ SingleHeader: { Name: 'cookie' } }]),
  mutation('WAF log drops what it blocks', 'waf-logged', (d) =>
    d.set(LOGGING, 'LoggingFilter', { DefaultBehavior: 'DROP', Filters: [] }),
  ),
  changed('WAF without metrics', 'waf-managed-groups', ACL, 'VisibilityConfig.CloudWatchMetricsEnabled', false),
  changed('WAF of scope CLOUDFRONT', 'waf-managed-groups', ACL, 'Scope', 'CLOUDFRONT'),
];
