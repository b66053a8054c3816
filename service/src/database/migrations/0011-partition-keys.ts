/** Validates the foreign key that migration 10 moved to the partitioned table: it reads every analysis beside its writers. */
export const partitionKeys = {
  version: 11,
  name: 'partition keys',
  steps: ['ALTER TABLE analyses VALIDATE CONSTRAINT analyses_audit_id_fkey'],
  sql: '',
};
