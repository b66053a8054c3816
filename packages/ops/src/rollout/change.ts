import { randomUUID } from 'node:crypto';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import {
  type ChangeRecord,
  type ChangeStep,
  deleteChange,
  onlyOwnSince,
  readStored,
  type StoredChange,
  storeChange,
  waysOut,
} from './change-record.ts';
import { short } from './digest.ts';
import { hasEnded, thisProcess } from './machine.ts';

type ChangeContext = Pick<OpsContext, 'clients' | 'names' | 'clock' | 'signal' | 'output' | 'stage'>;

/** A heartbeat is written this often, in milliseconds. */
const BEAT_MS = 15_000;

/** Without a heartbeat for this long a change was abandoned, in milliseconds. */
const ABANDONED_MS = 60_000;

export interface WantedChange {
  readonly kind: ChangeRecord['kind'];
  readonly from?: string;
  readonly to: string;
}

/** The change that this process carries out. No other process begins one until it is finished, or this process has ended. */
export class Change {
  readonly #context: ChangeContext;
  readonly #timer: NodeJS.Timeout;
  #record: ChangeRecord;
  #version: number;
  #writing: Promise<void> = Promise.resolve();
  #lost: OpsFailure | undefined;

  constructor(context: ChangeContext, record: ChangeRecord, version: number) {
    this.#context = context;
    this.#record = record;
    this.#version = version;
    // A failed heartbeat is harmless: the next heartbeat or the next step reports the loss.
    this.#timer = setInterval(() => void this.#write(this.#record).catch(() => {}), BEAT_MS).unref();
  }

  get record(): ChangeRecord {
    return this.#record;
  }

  /** Whether another operator took the change over. */
  get lost(): boolean {
    return this.#lost !== undefined;
  }

  /** Records the next step before it begins. @throws OpsFailure when another operator took the change over */
  async step(
    step: ChangeStep,
    more: Partial<Pick<ChangeRecord, 'task' | 'failure' | 'to' | 'from'>> = {},
  ): Promise<void> {
    this.#record = { ...this.#record, ...more, step };
    await this.#write(this.#record);
  }

  /** The change is complete. */
  async finish(): Promise<void> {
    await this.step('done');
    this.release();
    await deleteChange(this.#context);
  }

  /** Stops the heartbeat and leaves the change as it is, for the next command to take over. */
  release(): void {
    clearInterval(this.#timer);
  }

  /** One write at a time, so that any other version number shows another writer. */
  #write(record: ChangeRecord): Promise<void> {
    const write = async () => {
      if (this.#lost) throw this.#lost;
      const version = (await storeChange(this.#context, record, false)) ?? 0;
      if (version !== this.#version + 1 && !(await onlyOwnSince(this.#context, this.#version, record))) {
        this.release();
        this.#lost = new OpsFailure(
          'Another operator took this change over. Stopped; `status` shows who, and its state.',
        );
        throw this.#lost;
      }
      this.#version = version;
    };
    this.#writing = this.#writing.then(write, write);
    return this.#writing;
  }
}

/**
 * Begins a change, or takes over one that was abandoned.
 *
 * @param takeOver what becomes of an abandoned change: its record as this command continues it, or undefined to refuse
 * @throws OpsFailure when another change is in progress, or an abandoned one has another target
 */
export async function openChange(
  context: ChangeContext,
  wanted: WantedChange,
  takeOver: (abandoned: ChangeRecord) => WantedChange | undefined = () => undefined,
): Promise<Change> {
  const { Arn = 'unknown' } = await context.clients.sts.send(new GetCallerIdentityCommand({}));
  const owned = { operator: Arn, ...thisProcess() };
  const fresh: ChangeRecord = {
    id: randomUUID(),
    step: 'opened',
    startedAt: new Date(context.clock.now()).toISOString(),
    ...wanted,
    ...owned,
  };
  const version = await storeChange(context, fresh, true);
  if (version !== undefined) return new Change(context, fresh, version);

  const stored = await readStored(context);
  // It has been finished meanwhile.
  if (stored === undefined) return openChange(context, wanted, takeOver);
  // The answer to the write was lost, and the SDK has repeated it.
  if (stored.record.id === fresh.id) return new Change(context, fresh, stored.version);
  await requireAbandoned(context, stored);
  const { record } = stored;
  // A finished change, or one with nothing to undo, needs no take-over.
  const goesOn = record.step === 'done' || record.kind === 'restart' ? wanted : takeOver(record);
  if (goesOn === undefined) throw new OpsFailure(abandonedText(record, context.stage));
  // A change that was being put back has failed once: from here on it is another change.
  const same = goesOn.to === record.to && record.step !== 'done' && record.step !== 'put-back';
  const next: ChangeRecord = { ...(same ? record : fresh), ...goesOn, ...owned };
  return settle(context, next, stored.version);
}

/** Whether nobody carries the change out any more, as far as the clocks of two machines tell. */
export const isAbandoned = ({ record, beatAt }: StoredChange, now: number): boolean =>
  hasEnded(record) || (beatAt !== undefined && now - beatAt.getTime() > ABANDONED_MS);

export const abandonedText = (record: ChangeRecord, stage: string): string =>
  `A ${record.kind} from ${short(record.from)} to ${short(record.to)} was interrupted at "${record.step}" (${record.operator}, ${record.startedAt}).\n` +
  waysOut(record, stage);

async function requireAbandoned(context: ChangeContext, stored: StoredChange): Promise<void> {
  const { record, version } = stored;
  if (record.step === 'done' || hasEnded(record)) return;
  const underWay = `A ${record.kind} to ${short(record.to)} is in progress: ${record.operator}, since ${record.startedAt}, at "${record.step}". Wait until it has finished; \`status\` shows it.`;
  if (!isAbandoned(stored, context.clock.now())) throw new OpsFailure(underWay);
  // The clocks of two machines may differ by minutes: only a heartbeat that does not come is proof.
  context.output.progress(
    `A ${record.kind} by ${record.operator} seems abandoned; waiting ${(2 * BEAT_MS) / 1000} s for a heartbeat`,
  );
  await context.clock.sleep(2 * BEAT_MS, context.signal);
  const again = await readStored(context);
  if (again !== undefined && again.version !== version) throw new OpsFailure(underWay);
}

/** SSM has no conditional write: the version shows when two operators take over at once. */
async function settle(context: ChangeContext, record: ChangeRecord, seen: number): Promise<Change> {
  const version = (await storeChange(context, record, false)) ?? 0;
  if (version !== seen + 1 && !(await onlyOwnSince(context, seen, record))) {
    throw new OpsFailure('Another operator is taking over the same change. `status` says who; try again in a minute.');
  }
  return new Change(context, record, version);
}
