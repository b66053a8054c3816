import type { Policy } from '../core/finding.ts';
import { absent, between, equals, unmet } from '../core/requirements.ts';
import { numberOf } from '../core/resource.ts';
import { isProduction } from '../core/stage.ts';

export const scalingBounds: Policy = {
  id: 'scaling-bounds',
  description: 'Each service scales, from two tasks in production, and no template sets a count that would undo it.',
  *check(assembly) {
    const targets = assembly.resources('AWS::ApplicationAutoScaling::ScalableTarget');
    for (const target of targets) {
      yield* unmet(target, {
        MinCapacity: between(isProduction(assembly) ? 2 : 1, 1000),
        MaxCapacity: between(2, 1000),
        ScalableDimension: equals('ecs:service:DesiredCount'),
        ServiceNamespace: equals('ecs'),
        SuspendedState: absent,
        ScheduledActions: absent,
      });
      if (!(numberOf(target.get('MaxCapacity')) > numberOf(target.get('MinCapacity')))) {
        yield target.fault('MaxCapacity', 'is not above MinCapacity, so nothing scales; raise it');
      }
    }
    for (const service of assembly.resources('AWS::ECS::Service')) {
      const name = service.text('ServiceName');
      const scaled = targets.some((target) => {
        const id = target.text('ResourceId');
        return assembly.mentioned(id).includes(service) || (name !== '' && id.endsWith(`/${name}`));
      });
      if (!scaled) yield service.fault('', 'has no ScalableTarget; add one');
      if (scaled && service.get('DesiredCount') !== undefined) {
        yield service.fault('DesiredCount', 'undoes scaling at each deployment; leave it out');
      }
    }
  },
};
