/** Where the analysis of a note stands. `dead` was given up after its last attempt; it can be asked for again. */
export type AnalysisStatus = 'queued' | 'running' | 'done' | 'dead';

/** A note whose analysis this process holds the lease of. */
export interface Job {
  readonly auditId: string;
  readonly tenant: string;
  /** Who asked for it. */
  readonly principal: string;
  /** Patient reference of the note, for its events and for what must be the same in all notes of a patient. */
  readonly patientRef: Buffer;
  readonly patientRefVersion: number;
  /** Care team of the note: its analysis is bound to it as the note is. */
  readonly careTeam?: string;
  /** Attempts made, this one included. */
  readonly attempts: number;
  /** Names this taking of the job: who no longer holds it can neither finish it nor harm who does. */
  readonly lease: string;
}

/** A job as a worker takes it: with the note, still sealed. */
export interface ClaimedJob extends Job {
  readonly keyId: string;
  readonly sealed: Buffer;
}

/**
 * How long a worker holds a job without saying that it still works on it, in ms. A job of a worker that was killed is
 * taken up after this long.
 */
export const leaseTime = 15_000;

/** How often a worker renews its leases, in ms. */
export const renewEvery = 5_000;
