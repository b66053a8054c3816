import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import type { SinkName } from '../../telemetry/metrics.ts';

/** In whose name a sink is written to. */
export interface PublishingTerm {
  /** Increases with each process that takes over, to recognize late writes of an earlier one. */
  readonly term: number;
  /** UUID of the trail, from its origin. */
  readonly trail: string;
  /** Aborted when another process may publish: nothing more may be written then. */
  readonly signal: AbortSignal;
}

/** The events of a checkpoint, in order, a page at a time: their lines, with line breaks between them. */
export type EventPages = AsyncIterable<string>;

/** How a checkpoint and its events are published. */
export type PublishedForm = 'lines' | 'segment';

/** All pages in one text. */
export async function joined(pages: EventPages): Promise<string> {
  const texts: string[] = [];
  for await (const page of pages) texts.push(page);
  return texts.join('\n');
}

/** Where the trail is published: it takes checkpoints in order, each at least once. */
export interface Sink {
  readonly name: SinkName;
  open(term: PublishingTerm): Promise<void>;
  /**
   * Resolves once the checkpoint is kept there, and its events.
   *
   * @param form `lines` is the form of 0.1.0; with `segment`, a sink that takes segments gets the segment first
   */
  publish(checkpoint: Checkpoint, events: EventPages, form: PublishedForm): Promise<void>;
  /**
   * Writes the segment of a checkpoint, once: the same again does no harm. Undefined for a sink that takes none.
   *
   * @param events their lines, with line breaks between them
   * @throws ForkError when there is another one
   */
  putSegment?(checkpoint: Checkpoint, events: string): Promise<void>;
  /**
   * Whether it has a checkpoint of this number or a later one, though nothing is open. Undefined where that cannot be
   * told without reading all of it.
   *
   * @param trail UUID of the trail; undefined when the database has no checkpoint
   */
  reaches?(trail: string | undefined, number: number): Promise<boolean>;
  /** Lets go of what `open` took. Never rejects. */
  close(): Promise<void>;
}

/** What to do about it, for the log: `code` is a literal. */
export class SinkError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SinkError';
    this.code = code;
  }
}

/** The sink has a different checkpoint with this number: the database was restored, or two trails share an origin. */
export class ForkError extends SinkError {
  constructor(number: number, place: string) {
    super('FORK', `${place} keeps another checkpoint ${number} than the database`);
    this.name = 'ForkError';
  }
}
