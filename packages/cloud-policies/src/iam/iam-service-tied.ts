import type { Policy } from '../core/finding.ts';
import { allStatements } from '../core/statements.ts';
import { tieableServices } from '../core/unsent-conditions.ts';
import { isTied } from './iam-no-public-principal.ts';

/**
 * Load balancers write their logs without naming a source: AWS's own policy ties them by the path alone.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const sourceless = ['Service:logdelivery.elasticloadbalancing.amazonaws.com', 'Service:delivery.logs.amazonaws.com'];

export const iamServiceTied: Policy = {
  id: 'iam-service-tied',
  description: 'An AWS service uses a bucket, topic or log group only on behalf of this account (confused deputy).',
  *check(assembly) {
    for (const statement of allStatements(assembly)) {
      const { resource, path } = statement;
      if (!statement.allows || statement.kind !== 'resource' || resource.type.startsWith('AWS::KMS::')) continue;
      const services = tieableServices(statement).filter((name) => !sourceless.includes(name));
      if (services.length > 0 && !isTied(statement)) {
        yield resource.fault(
          path,
          `${services.join(', ')} is not tied to this account; add aws:SourceAccount or aws:SourceArn`,
        );
      }
    }
  },
};
