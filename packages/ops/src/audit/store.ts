import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import type { AuditEvent } from '@healthcare-ai/audit-trail/format/parse-event';

/** An event and its hash. */
export type StoredEvent = AuditEvent & { readonly hash: string };

/** An event as the database has it. */
export interface TrailEvent {
  readonly text: string;
  readonly chain: string;
  readonly seq: number;
  /** What is wrong with its row, by itself. */
  readonly problem?: string;
}

/** A piece of the trail, in the order in which it is published. */
export type TrailPiece =
  | { readonly events: readonly TrailEvent[] }
  | {
      readonly record: string;
      readonly number: number;
      /** What is wrong with its row, by itself. */
      readonly problem?: string;
    }
  | { readonly unproven: readonly TrailEvent[] };

/** Which events: those to which all of it applies. */
export interface EventCriteria {
  /** null: of no tenant, such as failed authentications of clients that proved none. */
  readonly tenant?: string | null;
  /** ISO 8601; from this moment on. */
  readonly from?: string;
  /** ISO 8601; before this moment. */
  readonly to?: string;
  readonly principal?: string;
  readonly actions?: readonly string[];
  readonly outcome?: string;
  readonly auditId?: string;
  readonly requestId?: string;
  /** The patient's reference under each version of the index key. */
  readonly patientRefs?: readonly Buffer[];
}

/** Who looked at what. */
export interface Look {
  readonly action: 'audit.read' | 'audit.search' | 'audit.verify' | 'audit.export' | 'audit.report';
  readonly outcome: 'success' | 'failure';
  readonly recordedAt: string;
  readonly principal: string;
  readonly route: string;
  readonly tenant?: string;
  readonly auditId?: string;
  readonly patientRef?: Buffer;
  readonly count?: number;
  /** Names of what was looked for, never values. */
  readonly criteria?: readonly string[];
  readonly subject?: string;
}

/** The trail in the database. The service's own code is behind it: see `bin/ops.ts`. */
export interface AuditStore {
  /** For a progress bar. */
  size(): Promise<{ readonly events: number; readonly checkpoints: number }>;
  readTrail(options: { readonly after: number; readonly unproven: boolean }): AsyncIterable<TrailPiece>;
  /** Oldest first, a page at a time. */
  findEvents(criteria: EventCriteria): AsyncIterable<readonly StoredEvent[]>;
  coveringCheckpoint(
    chain: string,
    seq: number,
  ): Promise<{ readonly checkpoint: Checkpoint; readonly texts: readonly string[] } | undefined>;
  patientReferences(tenant: string, patientId: string): Promise<readonly Buffer[]>;
  /** Resolves once it is durable. */
  record(look: Look): Promise<void>;
  close(): Promise<void>;
}
