import { contract } from '@healthcare-ai/contract';
import { wafExceptionPaths, wafExceptions } from '@healthcare-ai/contract/waf-exceptions';
import { type Properties, SynthesizedStage } from '../support/stage.ts';

const prod = new SynthesizedStage('prod');
const json = JSON.stringify;
const task = prod.only('AWS::ECS::TaskDefinition', '"Family":"healthcare-ai-prod-service"');
const service = prod.only('AWS::ECS::Service');
const attributes = (list: readonly Properties[]) => Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));
const variables = (container: Properties) =>
  Object.fromEntries(container.Environment.map(({ Name, Value }: Properties) => [Name, Value]));

describe('The load balancer', () => {
  const balancer = attributes(prod.only('AWS::ElasticLoadBalancingV2::LoadBalancer').LoadBalancerAttributes);

  it('[164.312(e)(2)(i)] drops malformed requests, is logged, and cannot be deleted by mistake', () => {
    expect(balancer).toMatchObject({
      'deletion_protection.enabled': 'true',
      'routing.http.drop_invalid_header_fields.enabled': 'true',
      'routing.http.desync_mitigation_mode': 'strictest',
      'waf.fail_open.enabled': 'false',
      'access_logs.s3.enabled': 'true',
      'connection_logs.s3.enabled': 'true',
    });
  });

  it('[164.312(e)(1)] speaks HTTPS by a post-quantum policy, redirects port 80, and speaks TLS to the tasks', () => {
    expect(prod.only('AWS::ElasticLoadBalancingV2::Listener', '"Port":443')).toMatchObject({
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    });
    expect(prod.only('AWS::ElasticLoadBalancingV2::Listener', '"Port":80').DefaultActions).toEqual([
      { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
    ]);
    for (const { Properties: group } of prod.resources('AWS::ElasticLoadBalancingV2::TargetGroup')) {
      expect(group).toMatchObject({
        Protocol: 'HTTPS',
        Port: contract.port,
        TargetType: 'ip',
        HealthCheckPath: contract.paths.health,
        HealthCheckProtocol: 'HTTPS',
        Matcher: { HttpCode: '200' },
      });
    }
  });

  it('and the service agree on every time, as one chain', () => {
    const { keepAlive, headers, request, shutdownDelay, shutdownDeadline, stop, healthCheckGrace } = contract.timeouts;
    const groups = prod.resources('AWS::ElasticLoadBalancingV2::TargetGroup').map(({ Properties: group }) => group);
    const [container] = task.ContainerDefinitions;
    const set = variables(container);
    // The balancer closes an idle connection before the service does, or it writes into a closed one.
    expect(Number(balancer['idle_timeout.timeout_seconds'])).toBeLessThan(keepAlive);
    expect(headers).toBeLessThanOrEqual(request);
    expect(request).toBeLessThan(Number(balancer['idle_timeout.timeout_seconds']));
    for (const group of groups) {
      const drain = Number(attributes(group.TargetGroupAttributes)['deregistration_delay.timeout_seconds']);
      const noticed = group.HealthCheckIntervalSeconds * group.UnhealthyThresholdCount;
      // Draining: the service serves until the balancer has stopped sending, ends before it is killed.
      expect(drain).toBeGreaterThanOrEqual(Number(set.SHUTDOWN_DELAY_SECONDS));
      expect(drain).toBeLessThan(Number(set.SHUTDOWN_DEADLINE_SECONDS));
      expect(group.HealthCheckTimeoutSeconds).toBeLessThan(group.HealthCheckIntervalSeconds);
      // A start may take the grace period; a task that hangs is noticed within a minute.
      expect(noticed).toBeLessThanOrEqual(60);
    }
    expect(Number(set.SHUTDOWN_DELAY_SECONDS)).toBe(shutdownDelay);
    expect(Number(set.SHUTDOWN_DEADLINE_SECONDS)).toBe(shutdownDeadline);
    expect(shutdownDelay + request).toBeLessThanOrEqual(shutdownDeadline);
    expect(container.StopTimeout).toBe(stop);
    expect(shutdownDeadline).toBeLessThan(container.StopTimeout);
    expect(container.StopTimeout).toBeLessThanOrEqual(120);
    expect(service.HealthCheckGracePeriodSeconds).toBe(healthCheckGrace);
  });
});

describe('The WAF', () => {
  const acl = prod.only('AWS::WAFv2::WebACL');
  const rule = (name: string) => acl.Rules.find(({ Name }: Properties) => Name === name);

  it('[Rate limiting enabled] limits an address to 600 requests in 60 seconds with 429, the health path exempt', () => {
    const { Action, Statement } = rule('rate-per-address');
    expect(Action.Block.CustomResponse.ResponseCode).toBe(429);
    expect(Statement.RateBasedStatement).toMatchObject({
      Limit: contract.edgeRateLimit.perSecond * 60,
      EvaluationWindowSec: 60,
      AggregateKeyType: 'IP',
      ScopeDownStatement: {
        NotStatement: { Statement: { ByteMatchStatement: { SearchString: contract.paths.health } } },
      },
    });
  });

  it('blocks by its managed groups, and sets body rules aside on the note routes alone', () => {
    const groups = acl.Rules.filter(({ Statement }: Properties) => Statement.ManagedRuleGroupStatement !== undefined);
    expect(groups.length).toBe(5);
    for (const { OverrideAction } of groups) expect(OverrideAction).toEqual({ None: {} });
    const counted = groups.flatMap(
      ({ Statement }: Properties) => Statement.ManagedRuleGroupStatement.RuleActionOverrides ?? [],
    );
    expect(counted.map(({ Name }: Properties) => Name).sort()).toEqual(wafExceptions.map((one) => one.rule).sort());
    const last = acl.Rules.at(-1);
    expect(last.Action).toEqual({ Block: {} });
    const [labels, notes] = last.Statement.AndStatement.Statements;
    expect(labels.OrStatement.Statements.map((one: Properties) => one.LabelMatchStatement.Key)).toEqual(
      wafExceptions.map(({ label }) => label),
    );
    expect(
      notes.NotStatement.Statement.OrStatement.Statements.map((one: Properties) => one.ByteMatchStatement.SearchString),
    ).toEqual(wafExceptionPaths);
  });

  it('guards the load balancer, and logs without credentials', () => {
    expect(json(prod.only('AWS::WAFv2::WebACLAssociation'))).toContain('Edge');
    const { RedactedFields } = prod.only('AWS::WAFv2::LoggingConfiguration');
    expect(RedactedFields.map((one: Properties) => one.SingleHeader.Name)).toEqual([
      'authorization',
      'x-api-key',
      'cookie',
    ]);
    const document = prod.only('AWS::Logs::ResourcePolicy', 'healthcare-ai-prod-waf').PolicyDocument;
    expect(json(document)).toContain('delivery.logs.amazonaws.com');
  });
});
