import type { DoctorCheck } from '../check.ts';
import { alarms, subscriptions } from './alarms.ts';
import { backups } from './backups.ts';
import { bootstrap } from './bootstrap.ts';
import { certificate } from './certificate.ts';
import { change } from './change.ts';
import { address, firewall } from './edge.ts';
import { endpoints } from './endpoints.ts';
import { image, scan } from './image.ts';
import { kmsKeys } from './keys.ts';
import { logGroups } from './log-groups.ts';
import { quotaChecks } from './quotas.ts';
import { schema } from './schema.ts';
import { service, targets } from './service.ts';
import { guardDuty, trail } from './watch.ts';

/** In the order in which a stage comes to be. */
export const checks: readonly DoctorCheck[] = [
  bootstrap,
  ...quotaChecks,
  certificate,
  change,
  kmsKeys,
  trail,
  guardDuty,
  logGroups,
  endpoints,
  backups,
  image,
  scan,
  schema,
  service,
  targets,
  firewall,
  address,
  alarms,
  subscriptions,
];
