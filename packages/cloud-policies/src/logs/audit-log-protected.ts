import type { Policy } from '../core/finding.ts';
import { on, unmet } from '../core/requirements.ts';
import { isProduction } from '../core/stage.ts';
import { isAuditGroup } from './audit-group.ts';

export const auditLogProtected: Policy = {
  id: 'audit-log-protected',
  description: 'In production the audit log groups refuse to be deleted.',
  *check(assembly) {
    if (!isProduction(assembly)) return;
    for (const group of assembly.resources('AWS::Logs::LogGroup').filter(isAuditGroup)) {
      yield* unmet(group, { DeletionProtectionEnabled: on });
    }
  },
};
