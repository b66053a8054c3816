/** Validates the foreign key that migration 12 moved to the partitioned table: it reads every analysis beside its writers. */
export const partitionKeys = {
  version: 13,
  name: 'partition keys',
  steps: ['ALTER TABLE analyses VALIDATE CONSTRAINT analyses_audit_id_fkey'],
  sql: '',
};
