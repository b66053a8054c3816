import type { Fault, Policy } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import { isRecord, listOf, show, type Value, walk } from '../core/template.ts';

const types = ['forward', 'fixed-response', 'redirect', 'jwt-validation', 'authenticate-oidc'];

function* faultsOf(holder: Resource, path: string): Generator<Fault> {
  for (const { path: at, value } of holder.items(path)) {
    const action = isRecord(value) ? value : {};
    if (!types.includes(String(action.Type)))
      yield holder.fault(`${at}.Type`, `got ${show(action.Type)}; use ${types.join(', ')}`);
    for (const { value: group } of walk(action)) {
      if (!isRecord(group) || group.TargetGroupArn === undefined) continue;
      if (holder.follow(group.TargetGroupArn)?.type !== 'AWS::ElasticLoadBalancingV2::TargetGroup') {
        yield holder.fault(at, 'forwards to a target group that is not of this deployment; refer to one that is');
      }
    }
    if (
      action.Type === 'fixed-response' &&
      !/^4\d\d$/.test(String(holder.get(`${at}.FixedResponseConfig.StatusCode`)))
    ) {
      yield holder.fault(`${at}.FixedResponseConfig.StatusCode`, 'pretends success; use 4xx');
    }
    const stickiness = holder.get(`${at}.ForwardConfig.TargetGroupStickinessConfig.Enabled`);
    if (stickiness !== undefined && stickiness !== false)
      yield holder.fault(at, 'is sticky; the service keeps no state: use false');
  }
}

/** Whether a rule takes every path, and nothing narrows it. */
function servesAll(rule: Resource): boolean {
  const conditions = rule.items('Conditions');
  return (
    conditions.length > 0 &&
    conditions.every(({ path }) => JSON.stringify(rule.get(`${path}.PathPatternConfig.Values`)) === '["/*"]')
  );
}

/** Whether an action sends something to a target group. */
const forwards = (actions: Value): boolean =>
  listOf(actions).some((action) => {
    if (!isRecord(action) || action.Type !== 'forward') return false;
    const groups = isRecord(action.ForwardConfig) ? listOf(action.ForwardConfig.TargetGroups) : [];
    const weighted = groups.some(
      (group) => isRecord(group) && group.TargetGroupArn !== undefined && Number(group.Weight ?? 1) > 0,
    );
    return action.TargetGroupArn !== undefined || weighted;
  });

export const albListenerAction: Policy = {
  id: 'alb-listener-action',
  description: 'Listeners forward to target groups of this deployment, or refuse; never to strangers, never stickily.',
  *check(assembly) {
    for (const balancer of assembly.resources('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
      const listeners = assembly
        .resources('AWS::ElasticLoadBalancingV2::Listener')
        .filter((listener) => listener.target('LoadBalancerArn') === balancer);
      const rules = assembly
        .resources('AWS::ElasticLoadBalancingV2::ListenerRule')
        .filter((rule) => listeners.includes(rule.target('ListenerArn') ?? rule) && servesAll(rule));
      if (
        ![...listeners.map((item) => item.get('DefaultActions')), ...rules.map((item) => item.get('Actions'))].some(
          forwards,
        )
      ) {
        yield balancer.fault('', 'no listener forwards every path to a target group with a weight; add the action');
      }
    }
    for (const listener of assembly.resources('AWS::ElasticLoadBalancingV2::Listener')) {
      if (listener.get('Protocol') !== 'HTTP') yield* faultsOf(listener, 'DefaultActions');
    }
    for (const rule of assembly.resources('AWS::ElasticLoadBalancingV2::ListenerRule'))
      yield* faultsOf(rule, 'Actions');
  },
};
