import type { Policy } from '../core/finding.ts';
import { equals, on, unmet } from '../core/requirements.ts';
import type { Resource } from '../core/resource.ts';
import { numberOf } from '../core/resource.ts';
import { isProduction, sixYearsInDays } from '../core/stage.ts';
import { isRecord, listOf } from '../core/template.ts';

const retention = 'ObjectLockConfiguration.Rule.DefaultRetention';

/** Whether the bucket holds the audit trail: CloudTrail writes to it, or the service is told to publish to it. */
export function isAuditBucket(bucket: Resource): boolean {
  const isBucket = (resource: Resource, text: string) => resource.assembly.mentioned(text).includes(bucket);
  const { assembly } = bucket;
  if (assembly.resources('AWS::CloudTrail::Trail').some((trail) => isBucket(trail, trail.text('S3BucketName'))))
    return true;
  return assembly
    .resources('AWS::ECS::TaskDefinition')
    .some((task) =>
      listOf(task.get('ContainerDefinitions')).some((container) =>
        listOf(isRecord(container) ? container.Environment : undefined).some(
          (entry) => isRecord(entry) && /AUDIT/.test(String(entry.Name)) && isBucket(task, task.render(entry.Value)),
        ),
      ),
    );
}

export const bucketObjectLock: Policy = {
  id: 'bucket-object-lock',
  description: 'Audit buckets are locked for six years in production, in compliance mode: nobody can shorten it.',
  *check(assembly) {
    for (const bucket of assembly.resources('AWS::S3::Bucket')) {
      if (bucket.get('ObjectLockEnabled') === undefined && !isAuditBucket(bucket)) continue;
      const modes = isProduction(assembly) ? ['COMPLIANCE'] : ['COMPLIANCE', 'GOVERNANCE'];
      yield* unmet(bucket, {
        ObjectLockEnabled: on,
        'ObjectLockConfiguration.ObjectLockEnabled': equals('Enabled'),
        [`${retention}.Mode`]: equals(...modes),
      });
      const years = numberOf(bucket.get(`${retention}.Years`));
      const days = Number.isNaN(years) ? numberOf(bucket.get(`${retention}.Days`)) : years * 365.25;
      const least = isProduction(assembly) ? sixYearsInDays : 1;
      if (!(days >= least)) yield bucket.fault(retention, `got ${days} days; use ${least} or more`);
    }
  },
};
