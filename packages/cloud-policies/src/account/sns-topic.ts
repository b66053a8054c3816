import type { Policy } from '../core/finding.ts';
import { customerKey, unmet } from '../core/requirements.ts';
import { conditionValues, statementsOf } from '../core/statements.ts';

export const snsTopic: Policy = {
  id: 'sns-topic',
  description: 'Topics are encrypted by a customer key and refuse what is published without TLS.',
  *check(assembly) {
    const policies = assembly.resources('AWS::SNS::TopicPolicy');
    for (const topic of assembly.resources('AWS::SNS::Topic')) {
      yield* unmet(topic, { KmsMasterKeyId: customerKey });
      const statements = policies
        .filter((policy) => policy.followAll(policy.get('Topics')).includes(topic))
        .flatMap((policy) => [...statementsOf(policy)]);
      const refuses = statements.some(
        (statement) =>
          !statement.allows &&
          statement.actions.some((action) => ['sns:Publish', 'sns:*'].includes(action)) &&
          statement.principals.includes('AWS:*') &&
          statement.resources.some((arn) => assembly.mentioned(arn).includes(topic)) &&
          Object.keys(statement.condition).length === 1 &&
          conditionValues(statement, 'aws:SecureTransport', 'Bool').join() === 'false',
      );
      if (!refuses)
        yield topic.fault('', 'no policy denies sns:Publish when aws:SecureTransport is false; set enforceSSL');
    }
    for (const subscription of assembly.resources('AWS::SNS::Subscription')) {
      if (!['email', 'email-json', 'https', 'sqs', 'lambda'].includes(subscription.text('Protocol'))) {
        yield subscription.fault('Protocol', `got "${subscription.text('Protocol')}"; use email or https`);
      }
      if (subscription.get('Protocol') === 'email' && !/^[^\s@]+@[^\s@]+\.\w+$/.test(subscription.text('Endpoint'))) {
        yield subscription.fault('Endpoint', `got "${subscription.text('Endpoint')}"; use an address`);
      }
    }
  },
};
