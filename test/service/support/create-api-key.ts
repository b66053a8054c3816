import { type ApiKey, makeApiKey } from '@healthcare-ai/contract/api-key';
import type { Queryable } from '../../../service/src/database/database.ts';
import { type KeyOwner, storeApiKey } from '../../../service/src/identity/api-key-store.ts';

/** Makes a key and stores it, without an audit event. */
export async function createApiKey(database: Queryable, owner: KeyOwner): Promise<ApiKey> {
  const key = makeApiKey();
  await storeApiKey(database, key, owner);
  return key;
}
