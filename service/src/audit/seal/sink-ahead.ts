import { trailOf } from '@healthcare-ai/audit-trail/format/statement';
import type { Queryable } from '../../database/database.ts';
import type { Sink } from '../publish/sink.ts';
import { newestCheckpoint } from './checkpoint-store.ts';

export type AskedSink = Pick<Sink, 'name' | 'reaches'>;

/** A sink that has newer checkpoints than the database. */
export interface SinkAhead {
  readonly sink: string;
  /** Number of the newest checkpoint of the database; 0 for none. */
  readonly seq: number;
}

export interface FindSinkAheadOptions {
  readonly database: Queryable;
  readonly sinks: readonly AskedSink[];
  /** Called for an unreachable sink, which is skipped unless this throws. */
  readonly onTrouble: (sink: AskedSink, error: unknown) => void;
}

/** How many checkpoints other processes may make during the check of the sinks. */
const attempts = 5;

/** @returns undefined when no sink is known to be ahead */
export async function findSinkAhead({
  database,
  sinks,
  onTrouble,
}: FindSinkAheadOptions): Promise<SinkAhead | undefined> {
  for (let attempt = 1; ; attempt++) {
    const { number, trail } = await newestOf(database);
    const sink = await firstThatReaches(sinks, trail, number + 1, onTrouble);
    if (sink === undefined) return undefined;
    // Or another process made it since, and published it.
    if (attempt === attempts || (await newestOf(database)).number === number) return { sink, seq: number };
  }
}

/** No checkpoint may be made now; the message says why, and what to do. */
export class SinkAheadError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SinkAheadError';
  }
}

/**
 * For a command that makes a checkpoint: under a number that a sink has already, it would be a fork of the trail, which
 * cannot be repaired. An unreachable sink is treated the same.
 *
 * @throws SinkAheadError
 */
export async function requireNoSinkAhead(database: Queryable, sinks: readonly AskedSink[]): Promise<void> {
  const ahead = await findSinkAhead({
    database,
    sinks,
    onTrouble({ name }, error) {
      const { code, name: kind } = error as { code?: string; name?: string };
      throw new SinkAheadError(`the sink ${name} could not report its newest checkpoint (${code ?? kind}): retry`);
    },
  });
  if (!ahead) return;
  throw new SinkAheadError(
    `the sink ${ahead.sink} has newer checkpoints than the database, which was restored to checkpoint ${ahead.seq}: run audit restore first`,
  );
}

async function newestOf(database: Queryable): Promise<{ readonly number: number; readonly trail: string | undefined }> {
  const newest = await newestCheckpoint(database, undefined);
  return { number: newest?.statement.number ?? 0, trail: newest && trailOf(newest.statement.origin) };
}

async function firstThatReaches(
  sinks: readonly AskedSink[],
  trail: string | undefined,
  number: number,
  onTrouble: FindSinkAheadOptions['onTrouble'],
): Promise<string | undefined> {
  for (const sink of sinks) {
    try {
      if (await sink.reaches?.(trail, number)) return sink.name;
    } catch (error) {
      onTrouble(sink, error);
    }
  }
  return undefined;
}
