import { type Checkpoint, checkpointLimits, looksLikeCheckpoint, parseCheckpoint } from '../format/checkpoint.ts';
import { TrailFormatError } from '../format/format-error.ts';
import { type Arrival, readArrival, textOf } from './arrival.ts';
import { Beginning } from './beginning.ts';
import { ChainPositions } from './chain-positions.ts';
import { checkEvents, placeOf } from './check-events.ts';
import { checkSuccession } from './check-succession.ts';
import type { Fault } from './fault.ts';
import { type Held, nextDecision } from './held.ts';
import { ReceivedEvents } from './received-events.ts';
import { ReceivedRecords } from './received-records.ts';
import type { TrailReport } from './report.ts';
import { Trust, type TrustOptions } from './trust.ts';
import { UnprovenEvents } from './unproven-events.ts';

/**
 * Verifies a trail in one pass, in the order in which it is published: the events that a checkpoint covers, then its
 * record. Keeps a few hashes of each live chain and the events of the checkpoint at hand, not the trail.
 */
export class TrailVerifier {
  readonly #trust: Trust;
  readonly #beginning: Beginning;
  readonly #options: TrustOptions;
  readonly #positions = new ChainPositions();
  readonly #events = new ReceivedEvents();
  readonly #records = new ReceivedRecords();
  readonly #unproven: UnprovenEvents;
  #arrivals: Arrival[] = [];
  /** Records that no known key signed wait until a later one names them. */
  #held: Held[] = [];
  #last: Checkpoint | undefined;
  #first: Checkpoint | undefined;
  #accepted = { checkpoints: 0, events: 0, chains: 0 };
  #proven = { checkpoints: 0, events: 0, chains: 0 };
  #duplicates = 0;
  #fault: Fault | undefined;

  /** @throws TrailFormatError for a key that is not an Ed25519 public key */
  constructor(options: TrustOptions) {
    this.#trust = new Trust(options);
    this.#beginning = new Beginning(options.trusted);
    this.#options = options;
    this.#unproven = new UnprovenEvents(this.#positions);
  }

  /** The first fault so far: nothing that is read after it changes it. */
  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** The newest checkpoint that was read, once it was accepted. */
  get last(): Checkpoint | undefined {
    return this.#last;
  }

  /**
   * The next line, without its line break.
   *
   * @param file what it was read from: a file or a log stream
   * @returns false when it says again what came before
   */
  line(line: Buffer | string, file: string, number: number): boolean {
    return isRecord(line) ? this.record(line, file, number) : this.event(line, file, number);
  }

  /** The next event. @returns false when it came before */
  event(line: Buffer | string, file: string, number: number): boolean {
    if (this.#fault) return true;
    const arrival = this.#receive(readArrival(line, file, number));
    if (!arrival) return false;
    this.#arrivals.push(arrival);
    if (this.#arrivals.length > checkpointLimits.events) {
      this.#fail({ kind: 'line', file, line: number, message: 'is one more event than a checkpoint may cover' });
    }
    return true;
  }

  /** No record follows, in a form of the trail that keeps what is unproven apart: what waits for one is a fault. */
  endOfProven(): void {
    this.#settle(true);
    const [left] = this.#arrivals;
    if (left) this.#fail({ ...placeOf(left), message: 'is covered by no checkpoint' });
  }

  /** An event that no checkpoint covers: none may follow that does. */
  unproven(line: Buffer | string, file: string, number: number): boolean {
    if (this.#fault) return true;
    this.#settle(true);
    this.#addUnproven(this.#arrivals.splice(0));
    const arrival = this.#receive(readArrival(line, file, number));
    if (arrival) this.#addUnproven([arrival]);
    return arrival !== undefined;
  }

  /** The next checkpoint. @returns false when it came before */
  record(line: Buffer | string, file: string, number: number): boolean {
    if (this.#fault) return true;
    const expected = this.#records.newest === undefined ? undefined : this.#records.newest + 1;
    try {
      const checkpoint = parseCheckpoint(textOf(line));
      const received = this.#records.receive(checkpoint);
      if (received === 'again') {
        this.#duplicates += 1;
        return false;
      }
      const at = { kind: 'checkpoint', checkpoint: checkpoint.statement.number, file, line: number } as const;
      // Of a first record that nothing vouches for and one that takes its number, the first is as likely the bad one.
      const [doubted] = this.#last ? [] : this.#held;
      const forkAt = doubted ? { ...at, file: doubted.file, line: doubted.line } : at;
      if (received === 'fork')
        this.fail({ ...forkAt, message: 'conflicts with another checkpoint of the same number' });
      else if (received === 'gap') this.fail({ ...at, checkpoint: expected, message: 'is missing' });
      else this.#hold(checkpoint, file, number);
    } catch (error) {
      if (!(error instanceof TrailFormatError)) throw error;
      this.fail({ kind: 'checkpoint', checkpoint: expected ?? 1, file, line: number, message: error.message });
    }
    return true;
  }

  /** Something is wrong with what the lines are read from. Counts if no record was found bad before. */
  fail(fault: Fault): void {
    this.#settle(true);
    this.#fail(fault);
  }

  /** The trail was read to its end. */
  finish(notes: readonly string[] = []): TrailReport {
    this.#settle(true);
    if (!this.#fault) this.#addUnproven(this.#arrivals.splice(0));
    const before = this.#beginning.before;
    const fault = this.#fault ?? this.#beginning.judge() ?? this.#trust.judge(before) ?? this.#judgeUnproven();
    const newest = this.#trust.newest;
    return {
      ok: fault === undefined,
      fault,
      origin: this.#first?.statement.origin,
      begins: this.#first?.statement.number,
      trusted: newest && {
        number: newest.statement.number,
        hash: newest.hash,
        madeAt: newest.statement.made_at,
        keyId: newest.statement.key_id,
        total: newest.statement.total,
      },
      ...this.#proven,
      duplicates: this.#duplicates,
      unproven: this.#unproven.report(),
      notes: [
        ...(before ? [`the trail begins at checkpoint ${before.number + 1}`] : []),
        ...this.#trust.notes(before),
        ...notes,
      ],
    };
  }

  #receive(arrival: Arrival): Arrival | undefined {
    const { chain, seq, hash } = arrival;
    if (chain === '') return arrival;
    const known = this.#events.find(chain, seq);
    if (known === undefined) this.#events.add(chain, seq, hash);
    else if (known === hash) {
      this.#duplicates += 1;
      return undefined;
    } else return { ...arrival, problem: 'conflicts with an earlier record of the same number' };
    return arrival;
  }

  #hold(checkpoint: Checkpoint, file: string, line: number): void {
    const verified = this.#trust.check(checkpoint);
    const arrivals = this.#arrivals.splice(0);
    this.#held.push({ checkpoint, arrivals, file, line, verified: verified === true });
    // Earlier records are checked first: their fault may be worse.
    if (typeof verified === 'object') {
      this.#held.pop();
      this.fail({ ...verified, file, line });
    } else this.#settle(false);
  }

  #settle(last: boolean): void {
    while (!this.#fault) {
      const [oldest] = this.#held;
      // What does not go on from an accepted record is bad itself, whatever follows it.
      const fault = oldest && checkSuccession(this.#last, oldest.checkpoint, this.#options.origin);
      if (fault) {
        this.#failAt(oldest, fault);
        return;
      }
      const decision = nextDecision(this.#held, last);
      if (decision === 'wait') return;
      if ('bad' in decision) this.#fail(decision.bad);
      else {
        this.#held.shift();
        this.#accept(decision.accept);
      }
    }
  }

  #accept(held: Held): void {
    const { checkpoint, arrivals, verified } = held;
    const fault = this.#check(held) ?? this.#trust.accept(checkpoint, verified);
    if (fault) {
      this.#failAt(held, fault);
      return;
    }
    this.#first ??= checkpoint;
    this.#last = checkpoint;
    this.#beginning.explain(checkpoint);
    const { checkpoints, events } = this.#accepted;
    this.#accepted = {
      checkpoints: checkpoints + 1,
      events: events + arrivals.length,
      chains: this.#positions.seen,
    };
    if (verified) this.#proven = this.#accepted;
  }

  #check({ checkpoint, arrivals }: Held): Fault | undefined {
    if (!this.#last) {
      const fault = this.#beginning.begin(checkpoint, arrivals.length);
      if (fault) return fault;
      if (this.#beginning.before) this.#positions.allowUnknownStarts();
    }
    return (
      checkSuccession(this.#last, checkpoint, this.#options.origin) ??
      checkEvents(checkpoint, arrivals, this.#positions)
    );
  }

  #judgeUnproven(): Fault | undefined {
    const { maxAge, now } = this.#options;
    return maxAge === undefined ? undefined : this.#unproven.judge(now, maxAge);
  }

  #addUnproven(arrivals: readonly Arrival[]): void {
    const fault = this.#unproven.add(arrivals);
    if (fault) this.#fail(fault);
  }

  #failAt({ file, line }: Held, fault: Fault): void {
    this.#fail(fault.kind === 'checkpoint' ? { file, line, ...fault } : fault);
  }

  #fail(fault: Fault): void {
    this.#fault ??= fault;
  }
}

function isRecord(line: Buffer | string): boolean {
  return typeof line === 'string' ? looksLikeCheckpoint(line) : looksLikeCheckpoint(line.toString('latin1', 0, 9));
}
