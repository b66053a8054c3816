import { missing, type Policy } from '../core/finding.ts';
import { absent, customerKey, equals, off, on, optional, refersTo, unmet } from '../core/requirements.ts';
import type { Resource } from '../core/resource.ts';
import { isRecord } from '../core/template.ts';

export const trail: Policy = {
  id: 'trail',
  description:
    'CloudTrail records every region and global services, validates its files, and is encrypted and watched.',
  *check(assembly) {
    const trails = assembly.resources('AWS::CloudTrail::Trail');
    if (trails.length === 0 && assembly.resources('AWS::ECS::Service').length > 0) {
      yield missing('no AWS::CloudTrail::Trail; a deployment that serves patients records who changes it');
    }
    for (const item of trails) {
      yield* unmet(item, {
        IsLogging: on,
        IsMultiRegionTrail: on,
        IncludeGlobalServiceEvents: on,
        EnableLogFileValidation: on,
        KMSKeyId: customerKey,
        S3BucketName: refersTo('AWS::S3::Bucket'),
        CloudWatchLogsLogGroupArn: refersTo('AWS::Logs::LogGroup'),
        CloudWatchLogsRoleArn: refersTo('AWS::IAM::Role'),
        IsOrganizationTrail: optional(off),
        'EventSelectors.0.IncludeManagementEvents': optional(on),
        'EventSelectors.0.ExcludeManagementEventSources': absent,
        'EventSelectors.0.ReadWriteType': optional(equals('All')),
      });
      if (!watchesBucket(item)) {
        yield item.fault('AdvancedEventSelectors', 'do not record who touches the audit bucket; select its S3 objects');
      }
      const selectors = item.get('AdvancedEventSelectors');
      if (selectors !== undefined && !manages(selectors)) {
        yield item.fault(
          'AdvancedEventSelectors',
          'record no management events, or not all; select eventCategory Management alone',
        );
      }
    }
  },
};

/** Whether a selector takes who reads and writes audit events in the bucket. */
function watchesBucket(trail: Resource): boolean {
  return trail.items('AdvancedEventSelectors').some(({ path }) => {
    const fields = trail.items(`${path}.FieldSelectors`).flatMap(({ value }) => (isRecord(value) ? [value] : []));
    const of = (name: string) => fields.find(({ Field }) => Field === name);
    const bucket = of('resources.ARN');
    return (
      fields.length === 3 &&
      JSON.stringify(of('eventCategory')?.Equals) === '["Data"]' &&
      JSON.stringify(of('resources.type')?.Equals) === '["AWS::S3::Object"]' &&
      trail.followAll(bucket?.StartsWith).some(({ type }) => type === 'AWS::S3::Bucket')
    );
  });
}

/** Whether a selector takes all management events, both reads and writes, of every source. */
function manages(selectors: unknown): boolean {
  return (
    Array.isArray(selectors) &&
    selectors.some((selector) => {
      const fields = isRecord(selector) && Array.isArray(selector.FieldSelectors) ? selector.FieldSelectors : [];
      return (
        fields.length === 1 &&
        isRecord(fields[0]) &&
        fields[0].Field === 'eventCategory' &&
        JSON.stringify(fields[0].Equals) === '["Management"]'
      );
    })
  );
}
