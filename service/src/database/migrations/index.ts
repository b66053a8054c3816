import { notesAndAudit } from './0001-notes-and-audit.ts';
import { analyses } from './0002-analyses.ts';
import { auditCheckpoints } from './0003-audit-checkpoints.ts';
import { careTeams } from './0004-care-teams.ts';
import { retention } from './0005-retention.ts';
import { patientIdentifiers } from './0006-patient-identifiers.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
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
];

/** What the service needs at least. */
export const schemaVersion = Math.max(...migrations.map(({ version }) => version));
