import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { publishersPublish } from '../key-statements.ts';

export interface AlarmTopicProps {
  readonly key: kms.IKey;

  /** Each address has to confirm once. */
  readonly emails: readonly string[];
}

/** Where every alarm of a stage goes. It is in the first stack, because the service's deployment alarms need it. */
export class AlarmTopic extends Construct {
  readonly topic: sns.Topic;

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    this.topic = new sns.Topic(this, 'Resource', { masterKey: props.key, enforceSSL: true });
    for (const statement of publishersPublish(this.topic.topicArn)) this.topic.addToResourcePolicy(statement);
    for (const address of props.emails) this.topic.addSubscription(new EmailSubscription(address));
  }
}
