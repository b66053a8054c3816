import type { Draft } from '../../gates/draft.ts';
import { type Refusals, refusal } from '../refusal.ts';

const LB = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const TARGETS = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const ACL = 'AWS::WAFv2::WebACL';

const without = (draft: Draft, name: RegExp): void =>
  draft.set(
    ACL,
    'Rules',
    (draft.resource(ACL).Properties.Rules as { Name: string }[]).filter((rule) => !name.test(rule.Name)),
  );

export const edge: Refusals = {
  'alb-attributes': [
    refusal('malformed headers', 'Balancer', (d) =>
      d.attribute(LB, 'LoadBalancerAttributes', 'routing.http.drop_invalid_header_fields.enabled', 'false'),
    ),
    refusal('an attribute that nobody reviewed', 'Balancer', (d) =>
      d.attribute(LB, 'LoadBalancerAttributes', 'waf.fail_open.enabled', 'true'),
    ),
    refusal('an attribute set twice', 'Balancer', (d) =>
      d.push(LB, 'LoadBalancerAttributes', { Key: 'deletion_protection.enabled', Value: 'false' }),
    ),
    refusal('no scheme', 'Balancer', (d) => d.unset(LB, 'Scheme')),
  ],
  'alb-listener-action': [
    refusal('a target group of a stranger', 'Everything', (d) =>
      d.set('AWS::ElasticLoadBalancingV2::ListenerRule', 'Actions.0.TargetGroupArn', 'arn:aws:elasticloadbalancing:x'),
    ),
    refusal('a success that nobody made', 'Https', (d) =>
      d.set(LISTENER, 'DefaultActions.0.FixedResponseConfig.StatusCode', '200', /^Https$/),
    ),
    refusal('a rule that forwards one path', 'Balancer', (d) =>
      d.set('AWS::ElasticLoadBalancingV2::ListenerRule', 'Conditions.0.PathPatternConfig.Values', ['/x']),
    ),
  ],
  'alb-listener-redirect': [
    refusal('service over plain HTTP', 'Http', (d) =>
      d.set(LISTENER, 'DefaultActions.0', { Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }, /^Http$/),
    ),
    refusal('a rule behind plain HTTP', 'Everything', (d) =>
      d.set('AWS::ElasticLoadBalancingV2::ListenerRule', 'ListenerArn', { Ref: 'Http' }),
    ),
  ],
  'alb-listener-tls': [
    refusal('an old policy', 'Https', (d) => d.set(LISTENER, 'SslPolicy', 'ELBSecurityPolicy-2016-08', /^Https$/)),
    refusal('no HTTPS listener', 'Balancer', (d) => d.remove(LISTENER, /^Https$/)),
  ],
  'target-group': [
    refusal('plain HTTP', 'Targets', (d) => d.set(TARGETS, 'Protocol', 'HTTP')),
    refusal('another health path', 'Targets', (d) => d.set(TARGETS, 'HealthCheckPath', '/')),
    refusal('sticky sessions', 'Targets', (d) =>
      d.attribute(TARGETS, 'TargetGroupAttributes', 'stickiness.enabled', 'true'),
    ),
  ],
  'timeout-chain': [
    refusal('no draining', 'Targets', (d) =>
      d.attribute(TARGETS, 'TargetGroupAttributes', 'deregistration_delay.timeout_seconds', '0'),
    ),
    refusal('a kill before the end', 'Task', (d) =>
      d.set('AWS::ECS::TaskDefinition', 'ContainerDefinitions.0.StopTimeout', 30),
    ),
    refusal('no grace', 'Api', (d) => d.unset('AWS::ECS::Service', 'HealthCheckGracePeriodSeconds')),
  ],
  'waf-associated': [
    refusal('a load balancer without a web ACL', 'Balancer', (d) => d.remove('AWS::WAFv2::WebACLAssociation')),
  ],
  'waf-exceptions': [
    refusal('a rule set aside that the list does not have', 'Acl', (d) =>
      d.push(ACL, 'Rules.4.Statement.ManagedRuleGroupStatement.RuleActionOverrides', {
        Name: 'SQLi_COOKIE',
        ActionToUse: { Count: {} },
      }),
    ),
    refusal('rules set aside everywhere', 'Acl', (d) => without(d, /elsewhere/)),
    refusal('rules that refuse notes', 'Acl', (d) =>
      d.set(ACL, 'Rules.4.Statement.ManagedRuleGroupStatement.RuleActionOverrides', []),
    ),
  ],
  'waf-logged': [
    refusal('no log', 'Acl', (d) => d.remove('AWS::WAFv2::LoggingConfiguration')),
    refusal('keys in the log', 'AclLogging', (d) => d.unset('AWS::WAFv2::LoggingConfiguration', 'RedactedFields')),
  ],
  'waf-managed-groups': [
    refusal('a group that counts', 'Acl', (d) => d.set(ACL, 'Rules.2.OverrideAction', { Count: {} })),
    refusal('a missing group', 'Acl', (d) => without(d, /SQLi/)),
  ],
  'waf-no-shortcut': [refusal('a rule that allows', 'Acl', (d) => d.set(ACL, 'Rules.0.Action', { Allow: {} }))],
  'waf-rate-limit': [
    refusal('no rate', 'Acl', (d) => without(d, /rate/)),
    refusal('a rate that nobody reaches', 'Acl', (d) =>
      d.set(ACL, 'Rules.0.Statement.RateBasedStatement.Limit', 10_000_000),
    ),
  ],
};
