import { randomUUID } from 'node:crypto';
import type { Queryable } from '../database/database.ts';
import { type KeyPurpose, type KeyWrapper, patientKeyPurposes } from './key-wrapper.ts';

/**
 * Wraps every data key under the current master key. Notes are not touched. Run after a rotation of the master key, by
 * the owner of the database; the former master key must be among the previous ones until this is done.
 *
 * @returns how many keys were wrapped again
 */
export async function rewrapKeys(database: Queryable, wrapper: KeyWrapper): Promise<number> {
  const { rows } = await database.query<{
    key_id: string;
    purpose: KeyPurpose;
    wrapped: Buffer;
    wrapping_key_id: string;
  }>({
    text: 'SELECT key_id, purpose, wrapped, wrapping_key_id FROM data_keys WHERE wrapping_key_id <> $1',
    values: [wrapper.wrappingKeyId],
  });
  for (const row of rows) {
    const plaintext = await wrapper.unwrap({ wrapped: row.wrapped, wrappingKeyId: row.wrapping_key_id }, row.purpose);
    const { wrapped, wrappingKeyId } = await wrapper.wrap(plaintext, row.purpose);
    await database.query({
      text: 'UPDATE data_keys SET wrapped = $2, wrapping_key_id = $3 WHERE key_id = $1',
      values: [row.key_id, wrapped, wrappingKeyId],
    });
  }
  return rows.length;
}

/**
 * Makes a new key for patient references, which are then of canonical identifiers. Processes write under it within a
 * minute, and still find what was written under the older ones. Release 0.1.0 does not find what is written then.
 *
 * @returns the version of the new key
 */
export async function rotateIndexKey(database: Queryable, wrapper: KeyWrapper): Promise<number> {
  const { wrapped, wrappingKeyId } = await wrapper.generate('patient-identifier');
  const { rows } = await database.query<{ version: number }>({
    text: `INSERT INTO data_keys (key_id, purpose, version, wrapped, wrapping_key_id)
           SELECT $1, 'patient-identifier', coalesce(max(version), 0) + 1, $2, $3 FROM data_keys WHERE purpose = ANY ($4::text[])
           RETURNING version`,
    values: [randomUUID(), wrapped, wrappingKeyId, patientKeyPurposes],
  });
  return rows[0]!.version;
}
