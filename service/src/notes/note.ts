/** A note as it is stored: what can be looked up stands in the clear, what the patient said does not. */
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
  /** Who may read it as it is; everybody of the tenant where there is none. */
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
  readonly principal: string;
  readonly careTeam?: string;
}
