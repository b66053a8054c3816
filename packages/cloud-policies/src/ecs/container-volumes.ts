import type { Policy } from '../core/finding.ts';
import { isRecord } from '../core/template.ts';

/** Volumes that last no longer than the task. */
export const containerVolumes: Policy = {
  id: 'container-volumes',
  description: 'Tasks have only volumes of their own: nothing of a host or of a shared file system.',
  *check(assembly) {
    for (const task of assembly.resources('AWS::ECS::TaskDefinition')) {
      for (const { path, value } of task.items('Volumes')) {
        const keys = isRecord(value) ? Object.keys(value).filter((key) => key !== 'Name') : [];
        const host = isRecord(value) && isRecord(value.Host) ? Object.keys(value.Host) : [];
        if (keys.some((key) => key !== 'Host') || host.length > 0)
          yield task.fault(path, `got ${[...keys, ...host].join(', ')}; use a name alone`);
      }
    }
  },
};
