import { contract } from '@healthcare-ai/contract';
import type { Policy } from '../core/finding.ts';
import { numberOf } from '../core/resource.ts';
import { show } from '../core/template.ts';
import { deregistrationDelay } from './target-group.ts';

const { shutdownDelay, shutdownDeadline, healthCheckGrace } = contract.timeouts;

export const timeoutChain: Policy = {
  id: 'timeout-chain',
  description:
    'Draining ends before the service stops, and the service before the platform kills it: no request is lost.',
  *check(assembly) {
    for (const group of assembly.resources('AWS::ElasticLoadBalancingV2::TargetGroup')) {
      const delay = deregistrationDelay(group);
      if (!(delay >= shutdownDelay && delay < shutdownDeadline)) {
        yield group.fault(
          'TargetGroupAttributes',
          `deregistration_delay.timeout_seconds: got ${delay}; use ${shutdownDelay} to ${shutdownDeadline - 1}`,
        );
      }
    }
    for (const task of assembly.resources('AWS::ECS::TaskDefinition')) {
      for (const { path } of task.items('ContainerDefinitions')) {
        const stop = task.get(`${path}.StopTimeout`);
        if (!(numberOf(stop) > shutdownDeadline && numberOf(stop) <= 120)) {
          yield task.fault(
            `${path}.StopTimeout`,
            `got ${show(stop)}; use ${contract.timeouts.stop} (over ${shutdownDeadline}, at most 120)`,
          );
        }
      }
    }
    for (const service of assembly.resources('AWS::ECS::Service')) {
      const grace = numberOf(service.get('HealthCheckGracePeriodSeconds'));
      if (!(grace >= healthCheckGrace && grace <= 300)) {
        yield service.fault('HealthCheckGracePeriodSeconds', `got ${grace}; use ${healthCheckGrace} to 300`);
      }
    }
  },
};
