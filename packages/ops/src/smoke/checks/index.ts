import type { Check } from '../check.ts';
import { auditEvent } from './audit-event.ts';
import { headers } from './headers.ts';
import { health } from './health.ts';
import { metrics } from './metrics.ts';
import { note } from './note.ts';
import { rateLimit } from './rate-limit.ts';
import { redirect } from './redirect.ts';
import { refusesNoKey, refusesWrongKey } from './refusal.ts';
import { oldTls, tls } from './tls.ts';
import { validation } from './validation.ts';
import { version } from './version.ts';

/** In the order in which they are made: the rate limit last, for it may use the key up. */
export const checks: readonly Check[] = [
  tls,
  oldTls,
  redirect,
  health,
  version,
  headers,
  metrics,
  refusesNoKey,
  refusesWrongKey,
  note,
  auditEvent,
  validation,
  rateLimit,
];
