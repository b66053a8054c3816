import type { AuditEvent, EventSchema } from '../../format/event.ts';

/** Another form of the events, one piece an event. The same events always give the same bytes. */
export interface DerivedFormat {
  /** How it is asked for: `--format csv`. */
  readonly name: string;
  readonly file: string;
  /** The newest schema whose members it has a place for. */
  readonly schema: EventSchema;
  /** Before the first event. */
  readonly head: string;
  /** One event, ending with a line break. `hash` is that of its text, in hex. */
  event(event: AuditEvent, hash: string): string;
}
