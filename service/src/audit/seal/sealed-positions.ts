import { genesisHash } from '@healthcare-ai/audit-trail/format/chain';
import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import type { ChainPosition } from '@healthcare-ai/audit-trail/format/segment-builder';
import type { Queryable } from '../../database/database.ts';
import { checkpointsAfter, type HeadRow } from './checkpoint-store.ts';
import { findSealed, findVouched } from './find-sealed.ts';
import type { MovedChain } from './moved-chains.ts';

/** A row of `audit_heads` that disagrees with the checkpoints. */
export interface HeadMismatch {
  /** What the row is to say. */
  readonly head: HeadRow;
  readonly reason: string;
}

export interface Corrected {
  /** Chains that wait to be sealed, from where the checkpoints left them. */
  readonly chains: readonly MovedChain[];
  readonly mismatches: readonly HeadMismatch[];
}

/** Checkpoints of others that are read to keep up; after more, each chain is looked up when it is next met. */
const behindAtMost = 200;
/** Chains that are remembered. */
const chainsAtMost = 10_000;

/**
 * Where the checkpoints left each chain. `audit_heads` is only a cache of that, which the role of the service may
 * change: a segment that begins where it says could overlap the last one or leave a gap, and a trail with either is
 * broken permanently. So its entry for a chain is compared with the checkpoints, once in a process; from then on the
 * process follows them.
 */
export class SealedPositions {
  readonly #positions = new Map<string, ChainPosition>();
  /** Number of the checkpoint up to which they are followed. */
  #through: number | undefined;

  /** @param newest the newest checkpoint @throws ForgedCheckpointError */
  async correct(
    transaction: Queryable,
    chains: readonly MovedChain[],
    newest: Checkpoint | undefined,
  ): Promise<Corrected> {
    await this.#catchUp(transaction, newest?.statement.number ?? 0);
    const beyond = await this.#lookUp(transaction, chains);
    const corrected: MovedChain[] = [];
    const mismatches: HeadMismatch[] = [];
    for (const moved of chains) {
      const sealed = this.#positions.get(moved.chain);
      const claim = moved.sealed?.seq ? moved.sealed : undefined;
      const agrees = claim?.seq === sealed?.seq && claim?.hash === sealed?.hash;
      if (agrees && !beyond.has(moved.chain)) corrected.push(moved);
      else if (sealed) {
        if (sealed.seq < moved.newest) corrected.push({ ...moved, sealed, since: '-infinity' });
        mismatches.push(
          mismatchOf(moved.chain, sealed, null, `${saysOf(claim)}, and checkpoints cover it up to ${sealed.seq}`),
        );
      } else if (!moved.faulty) {
        // Do not continue from a guess.
        const reason = `${saysOf(claim)}, but no checkpoint of that time confirms it`;
        mismatches.push(mismatchOf(moved.chain, claim ?? { seq: 0, hash: genesisHash(moved.chain) }, reason, reason));
      }
    }
    return { chains: corrected, mismatches };
  }

  /** A checkpoint was made here, and is committed. */
  follow({ statement, heads }: Checkpoint): void {
    if (this.#through !== undefined && statement.number !== this.#through + 1) return;
    this.#through = statement.number;
    for (const { chain, to, head } of heads) this.#positions.set(chain, { seq: to, hash: head });
    if (this.#positions.size > chainsAtMost) this.#positions.clear();
  }

  async #catchUp(transaction: Queryable, newest: number): Promise<void> {
    if (this.#through === undefined || newest - this.#through > behindAtMost) {
      this.#positions.clear();
      this.#through = newest;
    } else if (newest > this.#through) {
      for (const checkpoint of await checkpointsAfter(transaction, this.#through, behindAtMost))
        this.follow(checkpoint);
    }
  }

  /** @returns chains that continue beyond the claimed position */
  async #lookUp(transaction: Queryable, chains: readonly MovedChain[]): Promise<ReadonlySet<string>> {
    const beyond = new Set<string>();
    const claims = chains
      .filter(({ chain }) => !this.#positions.has(chain))
      .map(({ chain, sealed }) => ({ chain, seq: sealed?.seq ?? 0, hash: sealed?.hash ?? '' }));
    const found = new Map((await findSealed(transaction, claims)).map((sealed) => [sealed.chain, sealed]));
    const vouched = new Set(
      await findVouched(
        transaction,
        claims.filter(({ chain, seq }) => seq > 0 && !found.has(chain)),
      ),
    );
    for (const { chain, seq, hash } of claims) {
      const sealed = found.get(chain);
      if (sealed && !(sealed.atLeast && sealed.seq > seq)) this.#positions.set(chain, sealed);
      else if (vouched.has(chain)) this.#positions.set(chain, { seq, hash });
      else if (sealed) beyond.add(chain);
    }
    return beyond;
  }
}

const saysOf = (claim: ChainPosition | undefined): string =>
  `audit_heads was changed: it says that the chain is sealed up to event ${claim?.seq ?? 0}`;

const mismatchOf = (
  chain: string,
  { seq, hash }: ChainPosition,
  fault: string | null,
  reason: string,
): HeadMismatch => ({
  head: { chain, seq, hash, ended: false, fault: fault === null ? null : `${seq + 1}: ${fault}`, recordedAt: null },
  reason,
});
