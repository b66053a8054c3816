import { numberOf, type Resource } from '../core/assembly.ts';
import {
  absent,
  customerKey,
  equals,
  matches,
  missing,
  off,
  on,
  optional,
  type Policy,
  present,
  propertyPolicy,
  refersTo,
  resourcePolicy,
  unmet,
} from '../core/policy.ts';
import { isProduction, sixYearsInDays } from '../core/stage.ts';
import { isRecord, listOf, recordOf, show } from '../core/template.ts';

/** Whether a log group holds the audit trail: the service's own, by name, or CloudTrail's. */
function isAuditGroup(group: Resource): boolean {
  const name = group.text('LogGroupName');
  if (/audit/i.test(name)) return true;
  return group.assembly
    .resources('AWS::CloudTrail::Trail')
    .some((trail) => trail.assembly.mentioned(trail.text('CloudWatchLogsLogGroupArn')).includes(group));
}

/** Whether containers write their output to the group, or the database does. */
function isApplicationGroup(group: Resource): boolean {
  if (group.text('LogGroupName').startsWith('/aws/rds/cluster/')) return true;
  return group.assembly
    .resources('AWS::ECS::TaskDefinition')
    .some(
      (task) =>
        group.assembly.mentioned(task.text('ContainerDefinitions')).includes(group) || logged(task).includes(group),
    );
}

function logged(task: Resource): Resource[] {
  return task
    .items('ContainerDefinitions')
    .flatMap(({ path }) => task.followAll(task.get(`${path}.LogConfiguration.Options.awslogs-group`)));
}

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

export const logGroupEncrypted = propertyPolicy({
  id: 'log-group-encrypted',
  description: 'Every log group is encrypted by a customer key.',
  types: ['AWS::Logs::LogGroup'],
  require: { KmsKeyId: customerKey },
});

/** Identifiers of patients that a masking policy has to know at least. */
const identifiers = ['Ssn-US', 'EmailAddress', 'MedicareBeneficiaryNumber-US'];

export const logGroupMasked = resourcePolicy({
  id: 'log-group-masked',
  description:
    'Application logs mask identifiers of patients as a second net; the audit trail is never altered by masking.',
  types: ['AWS::Logs::LogGroup'],
  *check(group) {
    const policy = group.get('DataProtectionPolicy');
    if (isAuditGroup(group)) {
      if (policy !== undefined) yield group.fault('DataProtectionPolicy', 'masks the audit trail; remove it');
    } else if (isApplicationGroup(group)) {
      const text = JSON.stringify(policy ?? {});
      const lacking = identifiers.filter((name) => !text.includes(`data-identifier/${name}`));
      if (lacking.length > 0)
        yield group.fault('DataProtectionPolicy', `does not mask ${lacking.join(', ')}; add them`);
      if (!isRecord(policy) || !/"Deidentify":\{"MaskConfig":\{\}\}/i.test(text)) {
        yield group.fault('DataProtectionPolicy', 'has no Deidentify operation; add one, or it only reports');
      }
    }
  },
});

/** What PutRetentionPolicy takes. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const allowed = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const logGroupRetention = resourcePolicy({
  id: 'log-group-retention',
  description:
    'Every log group has a chosen retention: in production six years for the audit trail, 90 days for the rest.',
  types: ['AWS::Logs::LogGroup'],
  *check(group) {
    const given = group.get('RetentionInDays');
    const production = isProduction(group.assembly);
    const least = production ? (isAuditGroup(group) ? sixYearsInDays : 90) : 7;
    if (!allowed.includes(numberOf(given)) || numberOf(given) < least) {
      const choices = allowed.filter((days) => days >= least).slice(0, 4);
      yield group.fault('RetentionInDays', `got ${show(given)}; use ${choices.join(', ')} or longer`);
    }
  },
});

export const metricFilter = resourcePolicy({
  id: 'metric-filter',
  description: 'Metric filters match something, publish a number, and read a log group of this deployment.',
  types: ['AWS::Logs::MetricFilter'],
  *check(filter) {
    yield* unmet(filter, {
      LogGroupName: refersTo('AWS::Logs::LogGroup'),
      FilterPattern: present,
      'MetricTransformations.0.MetricName': present,
      'MetricTransformations.0.MetricNamespace': present,
      'MetricTransformations.0.MetricValue': matches(
        /^(\d+(\.\d+)?|\$\.?[\w.[\]]+)$/,
        'a number or a field such as $.lag',
      ),
    });
    const value = filter.text('MetricTransformations.0.MetricValue');
    const byDefault = filter.get('MetricTransformations.0.DefaultValue');
    // A filter that counts shows nothing until it fires, unless it has a default.
    if (/^\d/.test(value) && Number(value) === 0)
      yield filter.fault('MetricTransformations.0.MetricValue', 'got 0; use 1');
    const dimensions = filter.get('MetricTransformations.0.Dimensions');
    if (/^\d/.test(value) && dimensions === undefined && byDefault !== 0) {
      yield filter.fault('MetricTransformations.0.DefaultValue', `got ${show(byDefault)}; use 0`);
    }
  },
});

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
      if (selectors !== undefined && !recordsManagement(item) && !assembly.isElsewhere('AWS::CloudTrail::Trail')) {
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
  return trail.items('AdvancedEventSelectors').some(({ value }) => {
    const fields = listOf(recordOf(value).FieldSelectors).map(recordOf);
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
function recordsManagement(trail: Resource): boolean {
  return trail.items('AdvancedEventSelectors').some(({ value }) => {
    const fields = listOf(recordOf(value).FieldSelectors).map(recordOf);
    const [{ Field, Equals } = {}] = fields;
    return fields.length === 1 && Field === 'eventCategory' && JSON.stringify(Equals) === '["Management"]';
  });
}
