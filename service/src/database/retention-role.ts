import type { Database } from './database.ts';
import { grantRole, type Rights, type RoleOptions } from './role.ts';

/** The role that expires the trail reads it and what was published, deletes only by the functions that check it, and reads no note. */
const rights: Rights = {
  tables: {
    schema_migrations: 'SELECT',
    audit_retention: 'SELECT',
    audit_expirations: 'SELECT',
    audit_partition_expirations: 'SELECT',
    audit_expired_chains: 'SELECT',
    audit_events: 'SELECT, INSERT',
    audit_checkpoints: 'SELECT',
    audit_heads: 'SELECT',
    audit_publications: 'SELECT',
  },
  functions: [
    'begin_audit_expiry(text, text[])',
    'choose_expired_partitions()',
    'expire_oldest_checkpoint()',
    'drop_expired_partitions()',
  ],
};

/** Makes the role of `expire-audit`, or brings its rights to what they should be. Run by the owner, after `migrate`. */
export const grantRetentionRole = (database: Database, options: RoleOptions): Promise<void> =>
  grantRole(database, options, rights);

/** Sets how long the trail is kept, in days: the owner alone may. */
export async function setRetention(database: Database, days: number): Promise<void> {
  await database.query({ text: 'UPDATE audit_retention SET days = $1', values: [days] });
}
