import type { KeyObject } from 'node:crypto';
import { nextKeyId } from '@healthcare-ai/audit-trail/format/make-checkpoint';
import { localSigner, type Signer } from '@healthcare-ai/audit-trail/format/signer';
import { newestCheckpoint } from '../audit/seal/checkpoint-store.ts';
import { finishRotation, makeFirstKey, readEmbeddedKeys } from '../audit/signing/embedded-key.ts';
import { KmsSigner } from '../audit/signing/kms-signer.ts';
import type { Config } from '../config/read.ts';
import type { Queryable } from '../database/database.ts';

type SigningConfig = Pick<
  Config,
  | 'AUDIT_SIGNING_KEY'
  | 'AUDIT_SIGNING_KEY_ID'
  | 'AUDIT_SIGNING_KEY_NEXT'
  | 'AUDIT_SIGNING_KEY_NEXT_ID'
  | 'AWS_REGION'
  | 'DATABASE_URL'
  | 'DATA_DIR'
>;

export interface SigningKeys {
  readonly current: Signer;
  /** The key that signs after a rotation. */
  readonly next: Signer | undefined;
}

/** The key that signs and, during a rotation, the next one. */
export const signersOf = ({ current, next }: SigningKeys): readonly Signer[] => (next ? [current, next] : [current]);

/** SPKI DER. */
export const publicKeysOf = (keys: SigningKeys): readonly Buffer[] => signersOf(keys).map(({ publicKey }) => publicKey);

/**
 * The keys that sign checkpoints: in AWS KMS, from the environment, or beside the embedded database; or none.
 *
 * @param database of the trail; required to create the first embedded key and to finish an interrupted rotation
 */
export async function openSigners(config: SigningConfig, database?: Queryable): Promise<SigningKeys | undefined> {
  const current = await openSigner(config.AUDIT_SIGNING_KEY, config.AUDIT_SIGNING_KEY_ID, config.AWS_REGION);
  const next = await openSigner(config.AUDIT_SIGNING_KEY_NEXT, config.AUDIT_SIGNING_KEY_NEXT_ID, config.AWS_REGION);
  if (current) return { current, next };
  return config.DATABASE_URL === undefined ? openEmbedded(config.DATA_DIR, database) : undefined;
}

async function openSigner(
  key: KeyObject | undefined,
  keyId: string | undefined,
  region: string | undefined,
): Promise<Signer | undefined> {
  if (key) return localSigner(key);
  return keyId === undefined ? undefined : KmsSigner.connect({ keyId, region });
}

async function openEmbedded(folder: string, database: Queryable | undefined): Promise<SigningKeys | undefined> {
  if (database) makeFirstKey(folder);
  const keys = readEmbeddedKeys(folder);
  if (!keys) return undefined;
  const { current, next } = keys;
  const signers = { current: localSigner(current), next: next && localSigner(next) };
  if (!signers.next || !database) return signers;
  const newest = await newestCheckpoint(database, undefined);
  if (!newest || nextKeyId(newest) !== signers.next.keyId) return signers;
  // The next key already signs the trail: a rotation was interrupted after that.
  finishRotation(folder);
  return { current: signers.next, next: undefined };
}
