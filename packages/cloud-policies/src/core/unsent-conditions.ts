import type { Resource } from './assembly.ts';
import type { Statement } from './statements.ts';

/** A service that sends no condition key with some of its calls, so that a statement with a condition never matches. */
interface UnsentCondition {
  /** As `Statement.principals` names it. */
  readonly service: string;
  readonly applies: (statement: Statement) => boolean;

  /** AWS's page that states it, or documents the statement without a condition. */
  readonly source: string;
}

const isTrust = ({ kind }: Statement): boolean => kind === 'trust';

/** Whether a key encrypts a topic of the deployment. */
const isTopicKey = (key: Resource): boolean =>
  key.type === 'AWS::KMS::Key' &&
  key.assembly.resources('AWS::SNS::Topic').some((topic) => topic.target('KmsMasterKeyId') === key);

const unsent: readonly UnsentCondition[] = [
  {
    service: 'Service:events.amazonaws.com',
    applies: ({ resource }) =>
      ['AWS::SNS::TopicPolicy', 'AWS::Logs::ResourcePolicy'].includes(resource.type) || isTopicKey(resource),
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html',
  },
  {
    service: 'Service:ecs.amazonaws.com',
    applies: isTrust,
    source:
      'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html',
  },
  {
    service: 'Service:backup.amazonaws.com',
    applies: isTrust,
    source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html',
  },
  {
    service: 'Service:lambda.amazonaws.com',
    applies: isTrust,
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
  },
];

/** The rule that applies to a service in a statement; undefined for a service that sends its source account. */
export const unsentCondition = (statement: Statement, service: string): UnsentCondition | undefined =>
  unsent.find((entry) => entry.service === service && entry.applies(statement));

/** The services of a statement that must be tied to the account by a condition. */
export const tieableServices = (statement: Statement): readonly string[] =>
  statement.principals.filter((name) => name.startsWith('Service:') && unsentCondition(statement, name) === undefined);
