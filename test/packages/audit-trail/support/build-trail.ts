import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { makeCheckpoint } from '@healthcare-ai/audit-trail/format/make-checkpoint';
import { type ChainPosition, SegmentBuilder } from '@healthcare-ai/audit-trail/format/segment-builder';
import type { Expired } from '@healthcare-ai/audit-trail/format/statement';
import { Random } from './random.ts';
import { type LocalSigner, randomSigner } from './signers.ts';
import { Writer } from './writers.ts';

export interface BuildTrailOptions {
  readonly seed: number;
  /** About how many events checkpoints cover. */
  readonly events: number;
  readonly writers: number;
  readonly checkpoints: number;
  /** Chance that the key changes at a checkpoint. @default 0 */
  readonly rotation?: number;
  /** Chance that a writer is killed between two checkpoints, and another begins. @default 0 */
  readonly crash?: number;
  /** Chance that a writer ends its chain, and another begins. @default 0 */
  readonly restart?: number;
  /** Events after the last checkpoint. @default 0 */
  readonly unproven?: number;
  /** Expires the checkpoints up to this number, with a tombstone at the end. @default - none */
  readonly expireThrough?: number;
  /** When it begins, in ms. @default - a day in November 2026 */
  readonly begin?: number;
  /** Time between two checkpoints, beside that of the events, in ms. @default a minute */
  readonly interval?: number;
  /** The first key. @default - a random one */
  readonly signer?: LocalSigner;
}

/** What one checkpoint adds to the published trail. */
export interface Published {
  readonly events: readonly string[];
  readonly checkpoint: Checkpoint;
}

export interface Trail {
  readonly origin: string;
  readonly published: readonly Published[];
  readonly unproven: readonly string[];
  /** In the order in which they signed. */
  readonly signers: readonly LocalSigner[];
  /** When its last checkpoint was made. */
  readonly end: Date;
}

const usualBegin = Date.parse('2026-11-23T12:00:00.000Z');

/** A trail as the service makes it, without the service. */
export async function buildTrail(options: BuildTrailOptions): Promise<Trail> {
  const { seed, events, checkpoints, crash = 0, restart = 0, rotation = 0, interval = 60_000 } = options;
  const { begin = usualBegin } = options;
  const random = new Random(seed);
  const origin = `test/${random.uuid()}`;
  const signers = [options.signer ?? randomSigner(random)];
  const gone: Writer[] = [];
  const writers = Array.from({ length: options.writers }, () => new Writer(random, begin));
  const known = new Map<string, ChainPosition>();
  const published: Published[] = [];
  let now = begin;
  let previous: Checkpoint | undefined;
  const seal = async (expired?: Expired) => {
    const signer = signers.at(-1)!;
    const nextKey = random.chance(rotation) ? randomSigner(random) : undefined;
    const moved = pendingOf(writers, gone.splice(0)).sort((a, b) => (a.chain < b.chain ? -1 : 1));
    const texts = moved.flatMap(({ pending }) => pending);
    const segments = moved.map(({ chain, pending }) => {
      const builder = new SegmentBuilder(chain, known.get(chain));
      for (const text of pending.splice(0)) builder.add(text);
      const segment = builder.segment();
      known.set(chain, { seq: segment.to, hash: segment.head });
      return segment;
    });
    previous = await makeCheckpoint({ previous, origin, segments, signer, now: new Date(now), nextKey, expired });
    published.push({ events: texts, checkpoint: previous });
    if (nextKey) signers.push(nextKey);
  };
  const write = (count: number) => {
    for (let event = 0; event < count; event++) {
      now += random.below(1_000);
      random.pick(writers).write(random, now);
    }
  };
  for (let number = 1; number <= checkpoints; number++) {
    for (const [index, writer] of writers.entries()) {
      const ends = random.chance(restart);
      if (ends) writer.end(now);
      if (!ends && !random.chance(crash)) continue;
      // A killed writer says nothing more; what it wrote before is sealed like the rest.
      gone.push(writer);
      writers[index] = new Writer(random, now);
    }
    write(Math.round(events / checkpoints));
    now += interval;
    await seal();
  }
  const through = options.expireThrough === undefined ? undefined : published[options.expireThrough - 1];
  if (through) {
    const { statement, hash } = through.checkpoint;
    await seal({ events: statement.total, hash, through: statement.number });
  }
  write(options.unproven ?? 0);
  const unproven = pendingOf(writers, gone).flatMap(({ pending }) => pending);
  return { origin, published, unproven, signers, end: new Date(now) };
}

const pendingOf = (...writers: readonly (readonly Writer[])[]): Writer[] =>
  writers.flat().filter(({ pending }) => pending.length > 0);

/** The lines of a trail in the order in which they are published. */
export const publishedLines = ({ published, unproven }: Pick<Trail, 'published' | 'unproven'>): string[] => [
  ...published.flatMap(({ events, checkpoint }) => [...events, checkpoint.record]),
  ...unproven,
];
