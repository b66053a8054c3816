import type { Fault, Policy } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import { isRecord, show, walk } from '../core/template.ts';

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

export const albListenerAction: Policy = {
  id: 'alb-listener-action',
  description: 'Listeners forward to target groups of this deployment, or refuse; never to strangers, never stickily.',
  *check(assembly) {
    for (const listener of assembly.resources('AWS::ElasticLoadBalancingV2::Listener')) {
      if (listener.get('Protocol') !== 'HTTP') yield* faultsOf(listener, 'DefaultActions');
    }
    for (const rule of assembly.resources('AWS::ElasticLoadBalancingV2::ListenerRule'))
      yield* faultsOf(rule, 'Actions');
  },
};
