import type { Policy } from '../core/finding.ts';
import { equals, matches, optional, refersTo, unmet } from '../core/requirements.ts';
import { containers } from './containers.ts';

export const containerLogs: Policy = {
  id: 'container-logs',
  description: 'Every container writes to a log group of this deployment.',
  *check(assembly) {
    for (const { task, path } of containers(assembly)) {
      const options = `${path}.LogConfiguration.Options`;
      yield* unmet(task, {
        [`${path}.LogConfiguration.LogDriver`]: equals('awslogs'),
        [`${options}.awslogs-group`]: refersTo('AWS::Logs::LogGroup'),
        [`${options}.awslogs-create-group`]: optional(equals(false)),
        [`${options}.mode`]: optional(equals('non-blocking', 'blocking')),
        [`${options}.max-buffer-size`]: optional(matches(/^\d+[bkm]b?$/i, 'a size such as 25m')),
      });
    }
  },
};
