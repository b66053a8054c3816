/** Keys for references of canonical patient identifiers; see crypto/keyed-hash.ts. */
export const patientIdentifiers = {
  version: 6,
  name: 'patient identifiers',
  sql: `
ALTER TABLE data_keys DROP CONSTRAINT data_keys_purpose_check;
ALTER TABLE data_keys ADD CONSTRAINT data_keys_purpose_check
  CHECK (purpose IN ('note', 'patient-index', 'patient-identifier', 'idempotency'));
`,
};
