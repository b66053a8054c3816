import type { Checkpoint } from './format/checkpoint.ts';
import type { AuditEvent, AuditEventDraft, EventSchema } from './format/event.ts';

/** An event and its hash, in hex. */
export type StoredEvent = AuditEvent & { readonly hash: string };

/** A row of an event, as the database has it. */
export interface TrailEvent {
  readonly text: string;
  readonly chain: string;
  readonly seq: number;
  /** What is wrong with the row by itself. */
  readonly problem?: string;
}

/** A piece of the trail, in the order in which it is published. */
export type TrailPiece =
  | { readonly events: readonly TrailEvent[] }
  | {
      readonly record: string;
      readonly number: number;
      /** What is wrong with the row by itself. */
      readonly problem?: string;
    }
  | { readonly unproven: readonly TrailEvent[] };

export interface ReadTrailOptions {
  /** Begins after this checkpoint; 0 for the beginning. */
  readonly after: number;
  /** Whether to go on with the events that no checkpoint covers. */
  readonly unproven: boolean;
}

/** Selects the events to which all of it applies, of every tenant. */
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

/** A checkpoint and the events that it covers of one chain. */
export interface Covering {
  readonly checkpoint: Checkpoint;
  /** Canonical texts, in order. */
  readonly texts: readonly string[];
}

/** The trail in a database, for commands that read it. */
export interface AuditStore {
  /** How many events and checkpoints there are: for a progress bar. */
  size(): Promise<{ readonly events: number; readonly checkpoints: number }>;
  /** Schema in which events are written now: none is newer. */
  schema(): Promise<EventSchema>;
  /** As it is when the first piece is read. */
  readTrail(options: ReadTrailOptions): AsyncIterable<TrailPiece>;
  /** Oldest first, a page at a time. */
  findEvents(criteria: EventCriteria): AsyncIterable<readonly StoredEvent[]>;
  /** Undefined when there is no such event, or no checkpoint covers it yet. */
  coveringCheckpoint(chain: string, seq: number): Promise<Covering | undefined>;
  /** A patient's reference under each version of the index key. */
  patientReferences(tenant: string, patientId: string): Promise<readonly Buffer[]>;
  /** Records who read what; resolves once the event is durable. */
  record(event: AuditEventDraft): Promise<void>;
  close(): Promise<void>;
}
