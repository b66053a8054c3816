import { notesAndAudit } from './0001-notes-and-audit.ts';
import { analyses } from './0002-analyses.ts';
import { auditCheckpoints } from './0003-audit-checkpoints.ts';
import { careTeams } from './0004-care-teams.ts';
import { retention } from './0005-audit-retention.ts';
import { patientIdentifiers } from './0006-patient-identifiers.ts';
import { searchIndexes } from './0007-search-indexes.ts';
import { workList } from './0008-work-list.ts';
import { sessions } from './0009-sessions.ts';
import { breakGlassReviews } from './0010-break-glass-reviews.ts';
import { storedForms } from './0011-stored-forms.ts';
import { partitions } from './0012-partitions.ts';
import { partitionKeys } from './0013-partition-keys.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  /**
   * Runs in one transaction, with the ledger. When a lock that it needs is not free within `lock_timeout`, all of it is
   * rolled back and tried again: a statement that waits for a table makes every later one wait.
   */
  readonly sql: string;

  /**
   * Indexes that are built first, each outside of a transaction, so that writers of a large table do not wait. An
   * index whose build was interrupted is built again. By name; the value follows `CREATE INDEX name`.
   *
   * @default - none
   */
  readonly indexes?: Readonly<Record<string, string>>;

  /**
   * Statements between the indexes and `sql`, each in a transaction of its own and without a limit of time. An
   * interrupted migration runs them again, so each must be safe to repeat.
   *
   * @default - none
   */
  readonly steps?: readonly string[];
}

/**
 * Numbered, applied in order, recorded, and additive only: a service of an older release runs on a newer schema, so a
 * rollback of the service is always safe. One that was released is never edited.
 */
export const migrations: readonly Migration[] = [
  notesAndAudit,
  analyses,
  auditCheckpoints,
  careTeams,
  retention,
  patientIdentifiers,
  searchIndexes,
  workList,
  sessions,
  breakGlassReviews,
  storedForms,
  partitions,
  partitionKeys,
];

/** What the service needs at least. */
export const schemaVersion = Math.max(...migrations.map(({ version }) => version));
