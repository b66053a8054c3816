/** A stored note: look-up columns are plain text, the content is encrypted. */
export interface NoteRow {
  /** Identifies the note, and with it its audit events: UUID version 7. */
  readonly auditId: string;
  readonly tenant: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly receivedAt: string;
  readonly principal: string;
  /** Keyed hash of the patient id, 32 bytes. */
  readonly patientRef: Buffer;
  readonly patientRefVersion: number;
  /** Data key that it is sealed with. */
  readonly keyId: string;
  readonly sealed: Buffer;
  /** Care team that may read the note; without one, every clinician of the tenant. */
  readonly careTeam?: string;
}

export interface Note {
  readonly auditId: string;
  readonly receivedAt: string;
  readonly patientId: string;
  readonly noteText: string;
  readonly careTeam?: string;
}

export interface NoteSummary {
  readonly auditId: string;
  readonly receivedAt: string;

  /** Of the work list alone; undefined where the note cannot be opened. */
  readonly patientId?: string;
  readonly principal: string;
  readonly careTeam?: string;
  /** Whether its analysis has doubts; undefined while there is none. */
  readonly needsReview?: boolean;
}
