import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/read.ts';
import type { KeyWrapper } from '../crypto/key-wrapper.ts';
import { KmsKeyWrapper } from '../crypto/kms-key-wrapper.ts';
import { LocalKeyWrapper } from '../crypto/local-key-wrapper.ts';

type KeyConfig = Pick<
  Config,
  'KMS_KEY_ID' | 'ENCRYPTION_KEY' | 'ENCRYPTION_KEY_PREVIOUS' | 'STAGE' | 'AWS_REGION' | 'DATA_DIR' | 'DATABASE_URL'
>;

/** The master key: in AWS KMS, from `ENCRYPTION_KEY`, or beside the embedded database. */
export async function openKeyWrapper(config: KeyConfig): Promise<KeyWrapper> {
  const { ENCRYPTION_KEY_PREVIOUS: previous, STAGE: stage } = config;
  if (config.KMS_KEY_ID !== undefined) {
    const [newest, ...older] = previous;
    const local = newest && new LocalKeyWrapper(newest, older, stage);
    return KmsKeyWrapper.connect({ keyId: config.KMS_KEY_ID, stage, region: config.AWS_REGION }, local);
  }
  return new LocalKeyWrapper(config.ENCRYPTION_KEY ?? embeddedMasterKey(config.DATA_DIR), previous, stage);
}

/** The embedded master key: created at the first start, stored beside the data, readable only by its owner. */
function embeddedMasterKey(folder: string): Buffer {
  const path = join(folder, 'master.key');
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(path, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  }
  // A copy or restore may have changed its permissions.
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
  if (key.length !== 32) throw new Error(`${path} does not hold 32 bytes in base64: restore it from its backup`);
  return key;
}
