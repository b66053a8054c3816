import { hash } from 'node:crypto';
import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { MerkleTree } from '@healthcare-ai/audit-trail/format/merkle';
import { eventsIn } from '@healthcare-ai/audit-trail/format/segment';
import type { Queryable } from '../../database/database.ts';
import { checkpointsAfter } from '../seal/checkpoint-store.ts';
import { readEvents } from '../seal/read-events.ts';
import type { Lead } from './leadership.ts';
import { beginSegments, noteBackfilled, type SegmentPosition } from './outbox.ts';
import { type Sink, SinkError } from './sink.ts';

/** How long the segments of older checkpoints are written before newer checkpoints are looked for, in ms. */
const turn = 1_000;
const atOnce = 20;

/**
 * Writes the segments of checkpoints that were published before the switch, from the database, oldest first. What expired
 * has none. A process that takes the lead continues where the last one stopped.
 */
export class Backfill {
  readonly #lead: Lead;
  readonly #sink: Sink;
  #position: SegmentPosition;

  private constructor(lead: Lead, sink: Sink, position: SegmentPosition) {
    this.#lead = lead;
    this.#sink = sink;
    this.#position = position;
  }

  /** Called once the form is switched: from here on, every checkpoint is published with its segment. @throws FencedError */
  static async begin(lead: Lead, sink: Sink): Promise<Backfill> {
    return new Backfill(lead, sink, await beginSegments(lead.connection, sink.name, lead.term));
  }

  get done(): boolean {
    return this.#position.done;
  }

  /**
   * Writes segments for about a second.
   *
   * @throws FencedError, SinkError for events that are not those of their checkpoint, and what the sink throws
   */
  async work(): Promise<void> {
    const { connection, term, signal } = this.#lead;
    const until = performance.now() + turn;
    while (!this.done && !signal.aborted && performance.now() < until) {
      const { backfilled, from } = this.#position;
      const older = (await checkpointsAfter(connection, backfilled, atOnce)).filter(
        ({ statement }) => statement.number < from,
      );
      for (const checkpoint of older) {
        if (signal.aborted || performance.now() >= until) return;
        const { number } = checkpoint.statement;
        await this.#sink.putSegment!(checkpoint, await sealedEvents(connection, checkpoint));
        this.#position = await noteBackfilled(connection, this.#sink.name, term, number);
      }
      if (older.length === 0) this.#position = await noteBackfilled(connection, this.#sink.name, term, from - 1);
    }
  }
}

/**
 * The events of a checkpoint, if they are what it covers. A segment is final, and the log group has what was published
 * once: events that were changed in the database since must not take their place.
 */
async function sealedEvents(database: Queryable, { heads, statement }: Checkpoint): Promise<string> {
  const texts: string[] = [];
  for await (const { events } of readEvents(database, heads)) texts.push(...events.split('\n'));
  let at = 0;
  for (const head of heads) {
    const tree = new MerkleTree();
    const end = at + eventsIn(head);
    for (; at < end && at < texts.length; at++) tree.addHash(hash('sha256', texts[at]!));
    if (at === end && tree.root().toString('hex') === head.root) continue;
    throw new SinkError(
      'BACKFILL_MISMATCH',
      `the database does not have the events of checkpoint ${statement.number}: run audit verify`,
    );
  }
  return texts.join('\n');
}
