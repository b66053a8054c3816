import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import type { Signer } from '@healthcare-ai/audit-trail/format/signer';
import { Command } from 'commander';
import type { Committer } from '../audit/committer.ts';
import { type Expiry, expire } from '../audit/retention/expire.ts';
import { type ExpiryPlan, endOfSlice, planExpiry } from '../audit/retention/plan.ts';
import { RetentionError } from '../audit/retention/retention-error.ts';
import { verifyStoredTrail } from '../audit/retention/verify-stored-trail.ts';
import { type AskedSink, requireNoSinkAhead, SinkAheadError } from '../audit/seal/sink-ahead.ts';
import type { Config } from '../config/read.ts';
import type { Database } from '../database/database.ts';
import { publicKeysOf, signersOf } from '../runtime/open-signers.ts';
import { openSinks } from '../runtime/open-sinks.ts';
import type { Logger } from '../telemetry/log.ts';
import { UsageError } from './usage-error.ts';
import { requireSigners, withCommitter, withDatabase } from './with-database.ts';

interface Options {
  readonly before?: Date;
  readonly through?: number;
  readonly withoutSink: readonly string[];
  readonly dryRun?: boolean;
}

interface Work {
  readonly database: Database;
  readonly committer: Committer;
  readonly signers: readonly Signer[];
  /** Those that were not given up. */
  readonly sinks: readonly AskedSink[];
  readonly options: Options;
}

/** `expire-audit`: ends what is older than the retention, in whole checkpoints, and leaves a signed tombstone. */
export const expireAuditCommand = (config: () => Config, version: string, log: Logger): Command =>
  new Command('expire-audit')
    .description('remove audit events that are past their retention, leaving a signed tombstone')
    .option('--before <date>', 'only checkpoints made before this day (UTC)', day)
    .option('--through <number>', 'only checkpoints up to this one', wholeNumber)
    .option('--without-sink <name...>', 'abandoned sinks: expiry does not wait for them', [])
    .option('--dry-run', 'verify the trail and show what would expire')
    .addHelpText(
      'after',
      '\nRun it as the role created by `migrate --retention-role`, with the signing key of the trail. It verifies the whole\n' +
        'trail first. Set the retention with `migrate --retention-days`; the default is six years.',
    )
    .action((options: Options) => {
      const settings = config();
      return withDatabase(settings, log, async (database) => {
        const keys = await requireSigners(settings, database);
        const sinks = openSinks(settings, publicKeysOf(keys)).filter(({ name }) => !options.withoutSink.includes(name));
        await withCommitter(database, { config: settings, version }, (committer) =>
          run({ database, committer, signers: signersOf(keys), sinks, options }),
        );
      });
    });

async function run(work: Work): Promise<void> {
  const { database, committer, signers, sinks, options } = work;
  try {
    await requireNoSinkAhead(database, sinks).catch(refuseBehind);
    const plan = await planExpiry(database, { ...options, givenUpSinks: options.withoutSink });
    if (!plan) {
      process.stdout.write('nothing to expire\n');
      return;
    }
    const keys = signers.map(({ publicKey }) => publicKey);
    const report = await verifyStoredTrail(database, keys);
    const verified = `verified ${report.checkpoints} checkpoints and ${report.events} events\n`;
    process.stdout.write(options.dryRun ? `${verified}would expire ${describePlan(plan)}\n` : verified);
    if (!options.dryRun) await expireAll(work, plan);
  } catch (error) {
    // The attempt is an event as well. It has no principal: a database role identifies no person.
    if (error instanceof RetentionError && !options.dryRun) {
      await committer.record({ ...event(), outcome: 'failure', reason: error.reason });
    }
    throw error;
  }
}

function refuseBehind(error: unknown): never {
  throw error instanceof SinkAheadError ? new RetentionError('behind', error.message) : error;
}

async function expireAll(work: Work, plan: ExpiryPlan): Promise<void> {
  let events = 0;
  let tombstone = 0;
  for (let first = plan.first; first <= plan.through; ) {
    const through = await endOfSlice(work.database, first, plan.through);
    const done = await expireSlice(work, first, through);
    first = through + 1;
    events += done.events;
    tombstone = done.tombstone.statement.number;
  }
  process.stdout.write(`expired ${describePlan({ ...plan, events })}; checkpoint ${tombstone} is the tombstone\n`);
}

/** The removal, its tombstone and its event are one transaction. */
async function expireSlice({ committer, signers, options }: Work, first: number, through: number): Promise<Expiry> {
  const givenUpSinks = options.withoutSink;
  for (let attempt = 1; ; attempt++) {
    try {
      return await committer.change({
        change: (transaction) => expire(transaction, { signers, first, through, givenUpSinks }),
        event: ({ events }) => ({ ...event(), outcome: 'success', subject: String(through), count: events }),
      });
    } catch (error) {
      if (!(error instanceof RetentionError) || error.reason !== 'busy' || attempt === 20) throw error;
      await sleep(100 * attempt);
    }
  }
}

const event = (): Pick<AuditEventDraft, 'action' | 'recordedAt' | 'route'> => ({
  action: 'audit.expire',
  recordedAt: new Date().toISOString(),
  route: 'expire-audit',
});

const describePlan = ({ first, through, events, from, to, days }: ExpiryPlan): string =>
  `checkpoints ${first} to ${through} with ${events} events, made from ${from} to ${to} and kept for ${days} days`;

function day(text: string): Date {
  const date = new Date(`${text}T00:00:00.000Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text)) {
    throw new UsageError('the date must be a day such as 2020-12-31');
  }
  return date;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new UsageError('the checkpoint must be a whole number from 1');
  return Number(text);
}
