import type { DoctorCheck } from '../check.ts';
import { backupJob } from './backup-job.ts';
import { backupOptIn } from './backup-opt-in.ts';
import { defaultGroup } from './default-group.ts';
import { elsewhere } from './elsewhere.ts';
import { eventDelivery } from './event-delivery.ts';
import { existingVpc } from './existing-vpc.ts';
import { serviceLinkedRoles } from './linked-roles.ts';
import { productionRule } from './production-rule.ts';
import { uptimeCanary } from './uptime-canary.ts';

/**
 * `doctor --live`: questions that only a deployed account answers, since AWS's documentation does not or contradicts
 * itself. docs/deploy/aws-findings.md names the question of each.
 */
export const liveChecks: readonly DoctorCheck[] = [
  serviceLinkedRoles,
  elsewhere,
  existingVpc,
  defaultGroup,
  backupOptIn,
  backupJob,
  productionRule,
  uptimeCanary,
  eventDelivery,
];
