import * as backup from 'aws-cdk-lib/aws-backup';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CfnResource, type IAspect, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { recordAcknowledgement } from './acknowledge.ts';

/** Marks the templates of a stage whose data is destroyed with its stacks, for the gates. */
export const DISPOSABLE = 'HealthcareAI::Disposable';

/** Days until KMS deletes a key: the fewest that it accepts. */
const KEY_DELETION_DAYS = 7;

/**
 * Takes every protection against deletion off a stage: retention, locks, deletion protection. One aspect instead of a
 * condition in each construct, so that a construct that protects data does so by default.
 */
export class Disposable implements IAspect {
  visit(node: IConstruct): void {
    if (Stack.isStack(node)) {
      node.templateOptions.metadata = { ...node.templateOptions.metadata, [DISPOSABLE]: true };
    }
    if (!CfnResource.isCfnResource(node)) return;
    const { deletionPolicy } = node.cfnOptions;
    if (deletionPolicy !== undefined) node.applyRemovalPolicy(RemovalPolicy.DESTROY);
    this.unlock(node);
  }

  private unlock(node: CfnResource): void {
    if (node instanceof kms.CfnKey || node instanceof kms.CfnReplicaKey) node.pendingWindowInDays = KEY_DELETION_DAYS;
    if (node instanceof s3.CfnBucket) {
      node.objectLockEnabled = undefined;
      node.objectLockConfiguration = undefined;
    }
    if (node instanceof logs.CfnLogGroup) node.deletionProtectionEnabled = undefined;
    if (node instanceof rds.CfnDBCluster) {
      node.deletionProtection = false;
      node.deleteAutomatedBackups = true;
    }
    if (node instanceof ecr.CfnRepository) node.emptyOnDelete = true;
    if (node instanceof backup.CfnBackupVault) {
      node.lockConfiguration = undefined;
      node.accessPolicy = undefined;
    }
    this.acknowledge(node);
  }

  /** Findings of the public packs that follow from being disposable. */
  private acknowledge(node: CfnResource): void {
    const ids = {
      'AWS::ElasticLoadBalancingV2::LoadBalancer': [
        'HIPAA.Security-ELBDeletionProtectionEnabled',
        'NIST.800.53.R5-ELBDeletionProtectionEnabled',
      ],
      'AWS::RDS::DBCluster': [
        'HIPAA.Security-RDSInstanceDeletionProtectionEnabled',
        'NIST.800.53.R5-RDSInstanceDeletionProtectionEnabled',
        'AwsSolutions-RDS10',
      ],
    }[node.cfnResourceType];
    for (const id of ids ?? []) {
      const reason = 'A disposable stage holds no data of patients, and is destroyed by one command.';
      Validations.of(node).acknowledge({ id, reason });
      recordAcknowledgement(node, { id, reason });
    }
  }
}
