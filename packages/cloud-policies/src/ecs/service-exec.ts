import type { Policy } from '../core/finding.ts';
import { off, unmet } from '../core/requirements.ts';

export const serviceExec: Policy = {
  id: 'service-exec',
  description: 'Nobody opens a shell in a task that holds decrypted notes.',
  *check(assembly) {
    for (const service of assembly.resources('AWS::ECS::Service')) yield* unmet(service, { EnableExecuteCommand: off });
  },
};
