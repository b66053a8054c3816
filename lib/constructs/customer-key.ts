import type * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { grantsForServicesOnly } from './key-statements.ts';

export interface CustomerKeyProps {
  /** What the key protects. */
  readonly description: string;

  /** Alias without `alias/`. */
  readonly alias: string;

  /**
   * Key spec and usage of an asymmetric signing key, which KMS cannot rotate.
   *
   * @default - a symmetric key, rotated each year
   */
  readonly signing?: kms.KeySpec;

  /**
   * Whether the key may have replicas in other regions. KMS takes no other answer later.
   *
   * @default false
   */
  readonly multiRegion?: boolean;

  /** Statements for the AWS services that use the key by themselves. */
  readonly statements?: readonly iam.PolicyStatement[];
}

/** A customer managed KMS key: rotated, retained, and granted on by AWS services alone. */
export class CustomerKey extends Construct {
  readonly key: kms.Key;

  constructor(scope: Construct, id: string, props: CustomerKeyProps) {
    super(scope, id);
    this.key = new kms.Key(this, 'Resource', {
      description: props.description,
      alias: props.alias,
      removalPolicy: RemovalPolicy.RETAIN,
      // The longest that KMS allows: a deleted key is lost data.
      pendingWindow: Duration.days(30),
      multiRegion: props.multiRegion,
      ...(props.signing === undefined
        ? { enableKeyRotation: true, rotationPeriod: Duration.days(365) }
        : { keySpec: props.signing, keyUsage: kms.KeyUsage.SIGN_VERIFY }),
    });
    this.key.addToResourcePolicy(grantsForServicesOnly());
    for (const statement of props.statements ?? []) this.key.addToResourcePolicy(statement);
  }
}
