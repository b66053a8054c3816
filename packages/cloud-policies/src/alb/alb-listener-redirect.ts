import type { Policy } from '../core/finding.ts';
import { equals, optional, unmet } from '../core/requirements.ts';

export const albListenerRedirect: Policy = {
  id: 'alb-listener-redirect',
  description: 'A plain HTTP listener does nothing but redirect to HTTPS on the same host.',
  *check(assembly) {
    const rules = assembly.resources('AWS::ElasticLoadBalancingV2::ListenerRule');
    for (const listener of assembly.resources('AWS::ElasticLoadBalancingV2::Listener')) {
      if (listener.get('Protocol') !== 'HTTP') continue;
      yield* unmet(listener, {
        Port: equals(80),
        'DefaultActions.0.Type': equals('redirect'),
        'DefaultActions.0.RedirectConfig.Protocol': equals('HTTPS'),
        'DefaultActions.0.RedirectConfig.Port': equals(443),
        'DefaultActions.0.RedirectConfig.StatusCode': equals('HTTP_301'),
        'DefaultActions.0.RedirectConfig.Host': optional(equals('#{host}')),
      });
      if (listener.items('DefaultActions').length !== 1)
        yield listener.fault('DefaultActions', 'use one redirect alone');
      for (const rule of rules.filter((item) => item.target('ListenerArn') === listener)) {
        yield rule.fault('ListenerArn', 'serves over plain HTTP; attach the rule to the HTTPS listener');
      }
    }
  },
};
