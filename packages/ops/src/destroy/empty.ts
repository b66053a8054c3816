import { DeleteRecoveryPointCommand } from '@aws-sdk/client-backup';
import { DeleteObjectsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { recoveryPointsOf } from '../aws/recovery-points.ts';
import type { StackResource } from '../aws/stack-resources.ts';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { waitFor } from '../wait.ts';

/** Deletes what keeps CloudFormation from deleting a resource. */
export async function emptyResource(context: OpsContext, { type, physicalId }: StackResource): Promise<void> {
  if (type === 'AWS::S3::Bucket') await emptyBucket(context, physicalId);
  if (type === 'AWS::Backup::BackupVault') await emptyVault(context, physicalId);
}

async function emptyBucket({ clients, signal }: OpsContext, Bucket: string): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    // A page of a thousand is what one DeleteObjects takes.
    const { Versions = [], DeleteMarkers = [] } = await clients.s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key: Key!, VersionId }));
    if (Objects.length === 0) return;
    const { Errors = [] } = await clients.s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    const [refused] = Errors;
    if (refused) throw new OpsFailure(`Cannot delete ${refused.Key} of bucket ${Bucket}: ${refused.Message}.`);
  }
}

async function emptyVault(context: OpsContext, BackupVaultName: string): Promise<void> {
  const points = () => recoveryPointsOf(context, BackupVaultName);
  for (const { RecoveryPointArn } of await points()) {
    await context.clients.backup.send(new DeleteRecoveryPointCommand({ BackupVaultName, RecoveryPointArn }));
  }
  await waitFor(context, {
    what: `the deletion of the recovery points of ${BackupVaultName}`,
    look: async () => ((await points()).length === 0 ? true : undefined),
  });
}
