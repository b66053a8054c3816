import type { Policy } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import { conditionValues, type Statement, statementsOf } from '../core/statements.ts';

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

/** Whether a statement refuses TLS below 1.2, of everybody and for everything. */
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
