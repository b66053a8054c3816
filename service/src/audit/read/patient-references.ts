import { createSecretKey } from 'node:crypto';
import { type KeyPurpose, type KeyWrapper, patientKeyPurposes } from '../../crypto/key-wrapper.ts';
import { patientReferences } from '../../crypto/keyed-hash.ts';
import type { Queryable } from '../../database/database.ts';

/** A patient's references under each key that there was, as used in the trail. */
export async function storedPatientReferences(
  database: Queryable,
  wrapper: KeyWrapper,
  tenant: string,
  patientId: string,
): Promise<Buffer[]> {
  const { rows } = await database.query<{
    purpose: KeyPurpose;
    version: number;
    wrapped: Buffer;
    wrapping_key_id: string;
  }>({
    text: `SELECT purpose, version, wrapped, wrapping_key_id FROM data_keys WHERE purpose = ANY ($1::text[])
           ORDER BY version DESC`,
    values: [patientKeyPurposes],
  });
  const keys = await Promise.all(
    rows.map(async ({ purpose, version, wrapped, wrapping_key_id: wrappingKeyId }) => ({
      version,
      key: createSecretKey(await wrapper.unwrap({ wrapped, wrappingKeyId }, purpose)),
      canonical: purpose === 'patient-identifier',
    })),
  );
  return patientReferences(tenant, patientId, keys);
}
