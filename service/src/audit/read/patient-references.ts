import { createSecretKey } from 'node:crypto';
import type { KeyWrapper } from '../../crypto/key-wrapper.ts';
import { patientReference } from '../../crypto/keyed-hash.ts';
import type { Queryable } from '../../database/database.ts';

/** A patient's reference under each version of the index key, as used in the trail. */
export async function patientReferences(
  database: Queryable,
  wrapper: KeyWrapper,
  tenant: string,
  patientId: string,
): Promise<Buffer[]> {
  const { rows } = await database.query<{ wrapped: Buffer; wrapping_key_id: string }>({
    text: `SELECT wrapped, wrapping_key_id FROM data_keys WHERE purpose = 'patient-index' ORDER BY version DESC`,
  });
  const keys = rows.map(({ wrapped, wrapping_key_id: wrappingKeyId }) =>
    wrapper.unwrap({ wrapped, wrappingKeyId }, 'patient-index'),
  );
  return (await Promise.all(keys)).map((key) => patientReference(tenant, patientId, createSecretKey(key)));
}
