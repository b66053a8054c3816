import type { ReasonCode } from './reason-codes.ts';

/** Lets one clinician past the care teams of one patient's notes, for a time. */
export interface Grant {
  readonly grantId: string;
  readonly principal: string;
  readonly reasonCode: ReasonCode;
  /** The note that the request named, if any. */
  readonly auditId?: string;
  /** ISO 8601, by the clock of the database, which is the same for all processes. */
  readonly openedAt: string;
  readonly expiresAt: string;
}

/** A grant as an auditor sees it: whose notes it opened, by their reference, and why, in the clinician's words. */
export interface GrantWithReason extends Grant {
  readonly patientRef: Buffer;
  readonly patientRefVersion: number;
  readonly reasonText: string;
}
