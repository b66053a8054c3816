import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import type { EventPages, PublishingTerm, Sink } from '../../../service/src/audit/publish/sink.ts';
import type { SinkName } from '../../../service/src/telemetry/metrics.ts';

/** What several publishers write to, and what it saw. */
export class SharedSink {
  readonly lines: string[] = [];
  readonly terms: number[] = [];
  /** Publishers that were writing at one time, at most. */
  atOnce = 0;
  /** Events that were held at one time, at most. */
  largestPage = 0;
  /** Called before a checkpoint is taken: what it throws, the sink throws. */
  before: (checkpoint: Checkpoint, term: PublishingTerm) => void | Promise<void> = () => {};
  /** Called once it was taken. */
  after: (checkpoint: Checkpoint) => void | Promise<void> = () => {};
  #writing = 0;

  /** The sink of one publisher. */
  of(name: SinkName = 'files'): Sink {
    let term: PublishingTerm | undefined;
    return {
      name,
      open: async (opened) => {
        term = opened;
        this.terms.push(opened.term);
      },
      publish: (checkpoint, events) => this.#publish(checkpoint, events, term!),
      close: async () => {},
    };
  }

  /** The records alone. */
  records(): string[] {
    return this.lines.filter((line) => line.startsWith('{"heads"'));
  }

  async #publish(checkpoint: Checkpoint, events: EventPages, term: PublishingTerm): Promise<void> {
    this.#writing += 1;
    this.atOnce = Math.max(this.atOnce, this.#writing);
    try {
      await this.before(checkpoint, term);
      for await (const text of events) {
        const page = text.split('\n');
        this.largestPage = Math.max(this.largestPage, page.length);
        this.lines.push(...page);
      }
      this.lines.push(checkpoint.record);
      await this.after(checkpoint);
    } finally {
      this.#writing -= 1;
    }
  }
}
