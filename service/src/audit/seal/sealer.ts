import { randomUUID } from 'node:crypto';
import { type Checkpoint, checkpointLimits, isSignedBy } from '@healthcare-ai/audit-trail/format/checkpoint';
import { makeCheckpoint, nextKeyId } from '@healthcare-ai/audit-trail/format/make-checkpoint';
import { PublicKeys } from '@healthcare-ai/audit-trail/format/public-keys';
import type { Signer } from '@healthcare-ai/audit-trail/format/signer';
import type { Database, Queryable } from '../../database/database.ts';
import type { Logger } from '../../telemetry/log.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import { buildSegments } from './build-segments.ts';
import {
  ForgedCheckpointError,
  newestCheckpoint,
  storeCheckpoint,
  storeHeadRows,
  storeHeads,
  tryToLock,
} from './checkpoint-store.ts';
import type { GrowingSegment } from './growing-segment.ts';
import { type MovedChain, readMovedChains } from './moved-chains.ts';
import type { RecentEvents } from './recent-events.ts';
import { type HeadMismatch, SealedPositions } from './sealed-positions.ts';

export interface SealerOptions {
  readonly database: Database;
  /** The keys that this process has: the one that the trail asks for signs. */
  readonly signers: readonly Signer[];
  /** Begins the origin of a new trail. */
  readonly stage: string;
  readonly log: Logger;
  readonly metrics: Metrics;

  /**
   * What this process committed.
   *
   * @default - all events are read from the database
   */
  readonly recent?: RecentEvents;
}

export interface SealRequest {
  /** Age of the newest checkpoint, in ms, from which the next one is due; 0 makes one of whatever waits. */
  readonly dueAfter: number;

  /**
   * Age of the newest checkpoint, in ms, from which one is made although nothing waits.
   *
   * @default - none is made of nothing
   */
  readonly emptyAfter?: number;

  /**
   * Makes it the last one under the current key.
   *
   * @default - the key does not change
   */
  readonly nextKey?: Pick<Signer, 'keyId' | 'publicKey'>;
}

export type SealOutcome =
  | { readonly kind: 'made'; readonly checkpoint: Checkpoint; readonly more: boolean }
  /** Nothing is due. */
  | { readonly kind: 'idle' }
  /** Another process makes one at this moment. */
  | { readonly kind: 'busy' }
  /** The trail asks for a key that this process does not have. */
  | { readonly kind: 'refused'; readonly keyId: string };

/** Events that make a checkpoint due before its time. */
export const dueEvents = 1_000;

/** Events in one checkpoint at most: a larger backlog is sealed in pieces, so that no transaction is long. */
const eventsAtMost = 4_096;

/** Makes checkpoints, each in one transaction that holds the trail's lock: no two are made at once. */
export class Sealer {
  readonly #options: SealerOptions;
  readonly #keys: PublicKeys;
  readonly #positions = new SealedPositions();
  #newest: Checkpoint | undefined;

  constructor(options: SealerOptions) {
    this.#options = options;
    this.#keys = new PublicKeys(options.signers.map(({ publicKey }) => publicKey));
  }

  /** Makes one checkpoint where one is due. @throws ForgedCheckpointError, and what the database and the signer throw */
  async seal(request: SealRequest): Promise<SealOutcome> {
    const outcome = await this.#options.database.transaction((transaction) => this.sealIn(transaction, request));
    this.remember(outcome);
    return outcome;
  }

  /** The same, in a transaction of the caller, who calls `remember` once it is committed. */
  async sealIn(transaction: Queryable, request: SealRequest): Promise<SealOutcome> {
    if (!(await tryToLock(transaction))) return { kind: 'busy' };
    const previous = await newestCheckpoint(transaction, this.#newest);
    if (previous !== this.#newest) this.#verify(previous);
    const signer = this.#signerAfter(previous);
    if (!signer) return { kind: 'refused', keyId: nextKeyId(previous!) };
    const moved = await readMovedChains(transaction, checkpointLimits.heads);
    const { chains, mismatches } = await this.#positions.correct(transaction, moved, previous);
    await this.#correctHeads(transaction, mismatches);
    const waiting = countWaiting(chains);
    if (!this.#isDue(request, previous, waiting)) return { kind: 'idle' };
    const built = await buildSegments(transaction, chains, eventsAtMost, this.#options.recent);
    const segments = built.flatMap((one) => one.segment() ?? []);
    await storeHeads(transaction, built);
    this.#reportFaults(built);
    if (segments.length === 0 && !this.#isEmptyDue(request, previous)) return { kind: 'idle' };
    const checkpoint = await makeCheckpoint({
      previous,
      origin: previous ? undefined : `${this.#options.stage}/${randomUUID()}`,
      segments,
      signer,
      now: new Date(),
      nextKey: request.nextKey,
    });
    await storeCheckpoint(transaction, checkpoint);
    return { kind: 'made', checkpoint, more: waiting - checkpoint.statement.events >= dueEvents };
  }

  /** What was made is committed. */
  remember(outcome: SealOutcome): void {
    const { log, metrics } = this.#options;
    if (outcome.kind === 'made') {
      const { statement, hash } = outcome.checkpoint;
      this.#newest = outcome.checkpoint;
      this.#positions.follow(outcome.checkpoint);
      metrics.report('auditCheckpoints', 1);
      log.debug('audit_checkpoint', { seq: statement.number, count: statement.events, key_id: hash.slice(0, 16) });
    } else if (outcome.kind === 'refused') {
      metrics.report('auditSealRefusals', 1, 'key');
      log.error('audit_signing_key_refused', { key_id: outcome.keyId, reason: 'another key signs the trail' });
    }
  }

  #signerAfter(previous: Checkpoint | undefined): Signer | undefined {
    const { signers } = this.#options;
    return previous ? signers.find(({ keyId }) => keyId === nextKeyId(previous)) : signers[0];
  }

  /**
   * A rotation has both keys sign, so the newest checkpoint is under a key that is at hand. Otherwise its owner could
   * fill the table with a trail of a key of his own that ends by naming this one, and have it sign for all of that.
   */
  #verify(previous: Checkpoint | undefined): void {
    if (!previous) return;
    const { number, key_id: keyId } = previous.statement;
    if (this.#keys.has(keyId)) {
      if (!isSignedBy(previous, this.#keys)) {
        throw new ForgedCheckpointError(number, 'was not signed by the key that it names');
      }
    } else if (this.#keys.has(nextKeyId(previous))) {
      throw new ForgedCheckpointError(number, `is signed by the key ${keyId}, which this process does not have`);
    }
  }

  #isDue(request: SealRequest, previous: Checkpoint | undefined, waiting: number): boolean {
    if (request.nextKey || waiting >= dueEvents) return true;
    if (waiting === 0) return this.#isEmptyDue(request, previous);
    return !previous || ageOf(previous) >= request.dueAfter;
  }

  #isEmptyDue({ nextKey, emptyAfter }: SealRequest, previous: Checkpoint | undefined): boolean {
    if (nextKey) return true;
    return previous !== undefined && emptyAfter !== undefined && ageOf(previous) >= emptyAfter;
  }

  async #correctHeads(transaction: Queryable, mismatches: readonly HeadMismatch[]): Promise<void> {
    await storeHeadRows(
      transaction,
      mismatches.map(({ head }) => head),
    );
    for (const { head, reason } of mismatches) {
      this.#options.log.error('audit_chain_broken', { chain: head.chain, seq: head.seq, reason });
    }
  }

  #reportFaults(built: readonly GrowingSegment[]): void {
    for (const { moved, fault } of built) {
      // Logged once by the process that finds it; the gauge keeps reporting it.
      if (!fault || moved.faulty) continue;
      this.#options.log.error('audit_chain_broken', { chain: fault.chain, seq: fault.seq, reason: fault.message });
    }
  }
}

/** A chain with a fault goes no further, whatever waits in it. */
const countWaiting = (chains: readonly MovedChain[]): number =>
  chains.reduce((sum, { sealed, newest, faulty }) => sum + (faulty ? 0 : newest - (sealed?.seq ?? 0)), 0);

const ageOf = ({ statement }: Checkpoint): number => Date.now() - Date.parse(statement.made_at);
