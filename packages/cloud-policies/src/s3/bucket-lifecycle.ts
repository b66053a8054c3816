import type { Policy } from '../core/finding.ts';
import { numberOf } from '../core/resource.ts';
import { isProduction, sixYearsInDays } from '../core/stage.ts';
import { isRecord, show } from '../core/template.ts';
import { isAuditBucket } from './bucket-object-lock.ts';

/** Access logs are operational data; a year covers an investigation. */
const accessLogDays = 365;

export const bucketLifecycle: Policy = {
  id: 'bucket-lifecycle',
  description: 'Nothing expires before its time: six years for the audit trail, a year for access logs, in production.',
  *check(assembly) {
    if (!isProduction(assembly)) return;
    for (const bucket of assembly.resources('AWS::S3::Bucket')) {
      const least = isAuditBucket(bucket) ? sixYearsInDays : accessLogDays;
      for (const { path, value } of bucket.items('LifecycleConfiguration.Rules')) {
        if (!isRecord(value) || value.Status !== 'Enabled') continue;
        const days = value.ExpirationInDays ?? (isRecord(value.Expiration) ? value.Expiration.Days : undefined);
        if (value.ExpirationDate !== undefined || (days !== undefined && !(numberOf(days) >= least))) {
          yield bucket.fault(
            `${path}.ExpirationInDays`,
            `got ${show(days ?? value.ExpirationDate)}; use ${least} days or more`,
          );
        }
        const old = isRecord(value.NoncurrentVersionExpiration)
          ? value.NoncurrentVersionExpiration.NoncurrentDays
          : undefined;
        if (isAuditBucket(bucket) && old !== undefined && !(numberOf(old) >= least)) {
          yield bucket.fault(`${path}.NoncurrentVersionExpiration`, `got ${show(old)}; use ${least} days or more`);
        }
      }
    }
  },
};
