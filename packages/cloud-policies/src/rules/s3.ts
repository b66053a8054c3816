import { numberOf, type Resource } from '../core/assembly.ts';
import { containers, environment } from '../core/containers.ts';
import {
  absent,
  customerKey,
  equals,
  on,
  optional,
  type Policy,
  propertyPolicy,
  resourcePolicy,
  unmet,
} from '../core/policy.ts';
import { isDisposable, isProduction, sixYearsInDays } from '../core/stage.ts';
import { conditionValues, type Statement, statementsOf } from '../core/statements.ts';
import { isRecord, listOf, recordOf, show } from '../core/template.ts';

/** The value of one of a load balancer's attributes, which CloudFormation takes as a list of keys and values. */
export function attribute(
  resource: Resource,
  path: string,
  key: string,
): { readonly path: string; readonly value: string } | undefined {
  const [found, ...more] = resource.items(path).filter(({ value }) => recordOf(value).Key === key);
  // The last one wins in no documented way: two are as good as none.
  if (found === undefined || more.length > 0) return undefined;
  return { path: `${found.path}.Value`, value: resource.render(recordOf(found.value).Value) };
}

/** Whether a bucket receives logs of a load balancer or access logs of S3: both write to SSE-S3 buckets only. */
function isLogDelivery(bucket: Resource): boolean {
  const { assembly } = bucket;
  const isBucket = (text: string) => assembly.mentioned(text).includes(bucket);
  return (
    assembly.resources('AWS::ElasticLoadBalancingV2::LoadBalancer').some((balancer) =>
      listOf(balancer.get('LoadBalancerAttributes'))
        .map(recordOf)
        .some(({ Key, Value }) => /_logs\.s3\.bucket$/.test(String(Key)) && isBucket(balancer.render(Value))),
    ) ||
    assembly
      .resources('AWS::S3::Bucket')
      .some((other) => isBucket(other.text('LoggingConfiguration.DestinationBucketName')))
  );
}

const path = 'BucketEncryption.ServerSideEncryptionConfiguration';
const rule = `${path}.0.ServerSideEncryptionByDefault`;

export const bucketEncrypted = resourcePolicy({
  id: 'bucket-encrypted',
  description: 'Buckets are encrypted by a customer key; those that receive load balancer logs can only use SSE-S3.',
  types: ['AWS::S3::Bucket'],
  *check(bucket) {
    const customer = {
      [`${rule}.SSEAlgorithm`]: equals('aws:kms', 'aws:kms:dsse'),
      [`${rule}.KMSMasterKeyID`]: customerKey,
    };
    const managed = { [`${rule}.SSEAlgorithm`]: equals('AES256', 'aws:kms', 'aws:kms:dsse') };
    yield* unmet(bucket, isLogDelivery(bucket) ? managed : customer);
    if (bucket.items(path).length > 1) yield bucket.fault(path, 'got more than one rule; use one');
  },
});

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
        const days = value.ExpirationInDays ?? recordOf(value.Expiration).Days;
        if (value.ExpirationDate !== undefined || (days !== undefined && !(numberOf(days) >= least))) {
          yield bucket.fault(
            `${path}.ExpirationInDays`,
            `got ${show(days ?? value.ExpirationDate)}; use ${least} days or more`,
          );
        }
        const old = recordOf(value.NoncurrentVersionExpiration).NoncurrentDays;
        if (isAuditBucket(bucket) && old !== undefined && !(numberOf(old) >= least)) {
          yield bucket.fault(`${path}.NoncurrentVersionExpiration`, `got ${show(old)}; use ${least} days or more`);
        }
      }
    }
  },
};

const retention = 'ObjectLockConfiguration.Rule.DefaultRetention';

/** Whether the bucket holds the audit trail: CloudTrail writes to it, or the service is configured to publish to it. */
function isAuditBucket(bucket: Resource): boolean {
  const { assembly } = bucket;
  const isBucket = (text: string) => assembly.mentioned(text).includes(bucket);
  return (
    assembly.resources('AWS::CloudTrail::Trail').some((trail) => isBucket(trail.text('S3BucketName'))) ||
    containers(assembly)
      .flatMap(environment)
      .some(({ name, value }) => /AUDIT/.test(name) && isBucket(value))
  );
}

export const bucketObjectLock = resourcePolicy({
  id: 'bucket-object-lock',
  description: 'Audit buckets are locked for six years in production, in compliance mode, which cannot be shortened.',
  types: ['AWS::S3::Bucket'],
  *check(bucket) {
    if (bucket.get('ObjectLockEnabled') === undefined && (!isAuditBucket(bucket) || isDisposable(bucket.assembly)))
      return;
    const modes = isProduction(bucket.assembly) ? ['COMPLIANCE'] : ['COMPLIANCE', 'GOVERNANCE'];
    yield* unmet(bucket, {
      ObjectLockEnabled: on,
      'ObjectLockConfiguration.ObjectLockEnabled': equals('Enabled'),
      [`${retention}.Mode`]: equals(...modes),
    });
    const years = numberOf(bucket.get(`${retention}.Years`));
    const days = Number.isNaN(years) ? numberOf(bucket.get(`${retention}.Days`)) : years * 365.25;
    const least = isProduction(bucket.assembly) ? sixYearsInDays : 1;
    if (!(days >= least)) yield bucket.fault(retention, `got ${days} days; use ${least} or more`);
  },
});

export const bucketOwnership = propertyPolicy({
  id: 'bucket-ownership',
  description: 'The account owns every object, and access control lists do not count.',
  types: ['AWS::S3::Bucket'],
  require: {
    'OwnershipControls.Rules.0.ObjectOwnership': optional(equals('BucketOwnerEnforced')),
    AccessControl: absent,
    WebsiteConfiguration: absent,
    CorsConfiguration: absent,
  },
});

export const bucketPublicAccess = propertyPolicy({
  id: 'bucket-public-access',
  description: 'No bucket can be opened to the public: all four switches of the block are on.',
  types: ['AWS::S3::Bucket'],
  require: {
    'PublicAccessBlockConfiguration.BlockPublicAcls': on,
    'PublicAccessBlockConfiguration.BlockPublicPolicy': on,
    'PublicAccessBlockConfiguration.IgnorePublicAcls': on,
    'PublicAccessBlockConfiguration.RestrictPublicBuckets': on,
  },
});

function refusesPlain(statement: Statement, bucket: Resource): boolean {
  const whole = (arn: string) => bucket.assembly.mentioned(arn).includes(bucket);
  return (
    !statement.allows &&
    Object.keys(statement.condition).length === 1 &&
    conditionValues(statement, 'aws:SecureTransport', 'Bool').join() === 'false' &&
    ['AWS:*', '*'].some((name) => statement.principals.includes(name)) &&
    statement.actions.includes('s3:*') &&
    statement.resources.some((arn) => whole(arn) && !arn.endsWith('/*')) &&
    statement.resources.some((arn) => whole(arn) && arn.endsWith('/*'))
  );
}

/** Whether a statement refuses TLS below 1.2, for all principals and actions. */
function refusesOld(statement: Statement): boolean {
  const versions = conditionValues(statement, 's3:TlsVersion', 'NumericLessThan').map(Number);
  return (
    !statement.allows &&
    statement.principals.includes('AWS:*') &&
    statement.actions.includes('s3:*') &&
    versions.some((least) => least >= 1.2 && least < 2)
  );
}

export const bucketTlsOnly: Policy = {
  id: 'bucket-tls-only',
  description: 'Every bucket refuses requests without TLS, for itself and for its objects.',
  *check(assembly) {
    const policies = assembly.resources('AWS::S3::BucketPolicy');
    for (const bucket of assembly.resources('AWS::S3::Bucket')) {
      const own = policies.filter((policy) => policy.target('Bucket') === bucket);
      if (!own.some((policy) => [...statementsOf(policy)].some((statement) => refusesPlain(statement, bucket)))) {
        yield bucket.fault('', 'no policy denies s3:* when aws:SecureTransport is false; set enforceSSL');
      }
      if (!own.some((policy) => [...statementsOf(policy)].some(refusesOld))) {
        yield bucket.fault('', 'no policy denies s3:* below TLS 1.2; set minimumTLSVersion');
      }
    }
  },
};
