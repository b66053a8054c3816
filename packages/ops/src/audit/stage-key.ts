import { GetPublicKeyCommand } from '@aws-sdk/client-kms';
import { PublicKeys } from '@healthcare-ai/audit-trail/format/public-keys';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';

/** The public key, SPKI DER, of the KMS key that signs the checkpoints of a stage. */
export async function stageKey({ clients, names }: Pick<OpsContext, 'clients' | 'names'>): Promise<Buffer> {
  const KeyId = `alias/${names.base}/signing`;
  const { PublicKey } = await clients.kms.send(new GetPublicKeyCommand({ KeyId }));
  const key = Buffer.from(PublicKey ?? []);
  try {
    new PublicKeys([key]);
  } catch {
    throw new OpsFailure(`${KeyId} is not an Ed25519 key: checkpoints are not signed with it.`);
  }
  return key;
}
