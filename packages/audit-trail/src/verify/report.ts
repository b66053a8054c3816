import type { Fault } from './fault.ts';

/** A checkpoint that can be named to somebody else: as `--trusted NUMBER:HASH`. */
export interface CheckpointName {
  readonly number: number;
  /** SHA-256 of its record, in hex. */
  readonly hash: string;
}

export interface TrustedCheckpoint extends CheckpointName {
  readonly madeAt: string;
  readonly keyId: string;
  /** Events in all checkpoints up to this one. */
  readonly total: number;
}

/** Events that no checkpoint covers yet. */
export interface UnprovenRange {
  readonly chain: string;
  readonly from: number;
  readonly to: number;
}

/** What is known of a trail once it was read. */
export interface TrailReport {
  /** Nothing is wrong: everything up to the trusted checkpoint is as it was sealed. */
  readonly ok: boolean;
  /** The first bad record. */
  readonly fault?: Fault;
  readonly origin?: string;
  /** The first checkpoint that was read; later than 1 when the ones before expired or stand elsewhere. */
  readonly begins?: number;
  /** The newest checkpoint that is trusted, before the fault if there is one. */
  readonly trusted?: TrustedCheckpoint;
  /** Up to the trusted checkpoint. */
  readonly checkpoints: number;
  readonly events: number;
  readonly chains: number;
  /** Lines that came more than once. */
  readonly duplicates: number;
  readonly unproven: { readonly events: number; readonly ranges: readonly UnprovenRange[] };
  /** What a person should know though nothing is wrong. */
  readonly notes: readonly string[];
}
