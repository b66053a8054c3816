import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { grantsForServicesOnly } from './key-statements.ts';

export interface ReplicaKeyProps {
  /** What the key protects. */
  readonly description: string;

  /** Alias without `alias/`, in the region of the replica. */
  readonly alias: string;

  /** ARN of the multi-Region key, in another region. */
  readonly primaryKeyArn: string;
}

/**
 * The same key in another region: it opens there what was encrypted here, without a call to here. Rotation is the
 * primary's; the policy is its own. https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
export class ReplicaKey extends Construct {
  constructor(scope: Construct, id: string, props: ReplicaKeyProps) {
    super(scope, id);
    const key = new kms.CfnReplicaKey(this, 'Resource', {
      description: props.description,
      primaryKeyArn: props.primaryKeyArn,
      // The longest that KMS allows: a deleted key is lost data.
      pendingWindowInDays: 30,
      keyPolicy: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            principals: [new iam.AccountRootPrincipal()],
            actions: ['kms:*'],
            resources: ['*'],
          }),
          grantsForServicesOnly(),
        ],
      }),
    });
    key.applyRemovalPolicy(RemovalPolicy.RETAIN);
    new kms.CfnAlias(this, 'Alias', { aliasName: `alias/${props.alias}`, targetKeyId: key.attrKeyId });
  }
}
