import { setTimeout as sleep } from 'node:timers/promises';
import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { publicKeyPem } from '@healthcare-ai/audit-trail/format/public-keys';
import { localSigner, type Signer } from '@healthcare-ai/audit-trail/format/signer';
import { Command } from 'commander';
import { Committer } from '../audit/committer.ts';
import { Sealer } from '../audit/seal/sealer.ts';
import { requireNoSinkAhead } from '../audit/seal/sink-ahead.ts';
import { finishRotation, makeNextKey } from '../audit/signing/embedded-key.ts';
import { RotationError, rotateSigningKey } from '../audit/signing/rotate.ts';
import type { Need } from '../config/cross-checks.ts';
import type { Config } from '../config/read.ts';
import type { Database } from '../database/database.ts';
import { migrate, requireSchema } from '../database/migrate.ts';
import { switchForm } from '../database/stored-forms.ts';
import { openDatabase } from '../runtime/open-database.ts';
import { openSigners, type SigningKeys } from '../runtime/open-signers.ts';
import { openSinks } from '../runtime/open-sinks.ts';
import type { Logger } from '../telemetry/log.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { restoreAuditCommand } from './restore-audit.ts';
import { UsageError } from './usage-error.ts';

interface Opened {
  readonly config: Config;
  readonly database: Database;
  readonly keys: SigningKeys;
}

/** `audit`: the keys that sign the checkpoints of the audit trail, and the trail of a restored database. */
export function auditCommand(config: (needs: readonly Need[]) => Config, version: string, log: Logger): Command {
  const audit = new Command('audit').description('manage the signing key of the audit trail, and restore the trail');
  audit
    .command('public-key')
    .description('print the public key that verifies the checkpoints, in PEM')
    .option('--next', 'print the next key, AUDIT_SIGNING_KEY_NEXT')
    .action(async (options: { next?: boolean }) => {
      // Without the database: on a laptop it may be in use.
      const keys = await openSigners(config([]));
      const key = options.next ? keys?.next : keys?.current;
      if (!key) {
        const name = options.next ? 'AUDIT_SIGNING_KEY_NEXT' : 'AUDIT_SIGNING_KEY';
        throw new UsageError(
          `no key: set ${name} or ${name}_ID; the embedded database creates a key at its first start`,
        );
      }
      process.stdout.write(publicKeyPem(key.publicKey));
    });
  audit
    .command('rotate-signing-key')
    .description('sign a last checkpoint with the current key, which names the next key')
    .addHelpText(
      'after',
      '\n1. Give every service AUDIT_SIGNING_KEY_NEXT (or _NEXT_ID) beside the current key.\n' +
        '2. Run this with both. From then on the next key signs.\n' +
        '3. Move the next key to AUDIT_SIGNING_KEY (or _ID), and put the old one away.\n' +
        'The embedded database needs none of these steps: the command creates its next key.',
    )
    .action(() =>
      withKeys(config(['database']), log, async (opened) => {
        const embedded = isEmbedded(opened.config);
        const next = embedded ? localSigner(makeNextKey(opened.config.DATA_DIR)) : opened.keys.next;
        if (!next) throw new UsageError('set AUDIT_SIGNING_KEY_NEXT or AUDIT_SIGNING_KEY_NEXT_ID to the next key');
        const sinks = openSinks(opened.config, [opened.keys.current.publicKey, next.publicKey]);
        await requireNoSinkAhead(opened.database, sinks);
        const checkpoint = await rotate(opened, next, version, log);
        if (embedded) finishRotation(opened.config.DATA_DIR);
        process.stdout.write(
          `checkpoint ${checkpoint.statement.number} is the last one signed by ${opened.keys.current.keyId}; ${next.keyId} signs from now on\n`,
        );
      }),
    );
  audit
    .command('switch-format')
    .description('write audit format 2 from now on: schema 2, segments. Older releases cannot read it; this is final')
    .action(async () => {
      const { database, close } = await openDatabase(config(['database']), log);
      try {
        if (database.kind === 'pglite') await migrate(database);
        else await requireSchema(database);
        const now = await switchForm(database, 'audit-2');
        process.stdout.write(now ? 'switched to audit format 2\n' : 'audit format 2 was in use before\n');
      } finally {
        await close();
      }
    });
  audit.addCommand(restoreAuditCommand(() => config(['database']), log));
  return audit;
}

const isEmbedded = ({ DATABASE_URL, AUDIT_SIGNING_KEY, AUDIT_SIGNING_KEY_ID }: Config): boolean =>
  DATABASE_URL === undefined && AUDIT_SIGNING_KEY === undefined && AUDIT_SIGNING_KEY_ID === undefined;

async function withKeys(config: Config, log: Logger, work: (opened: Opened) => Promise<void>): Promise<void> {
  const { database, close } = await openDatabase(config, log);
  try {
    if (database.kind === 'pglite') await migrate(database);
    else await requireSchema(database);
    const keys = await openSigners(config, database);
    if (!keys) throw new UsageError('set AUDIT_SIGNING_KEY or AUDIT_SIGNING_KEY_ID to the signing key of the trail');
    await work({ config, database, keys });
  } finally {
    await close();
  }
}

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {}, flush: async () => {} };

/** Commits the checkpoint together with its event. */
async function rotate(
  { config, database, keys }: Opened,
  next: Signer,
  version: string,
  log: Logger,
): Promise<Checkpoint> {
  const metrics = createMetrics({ version, stage: config.STAGE, processMetrics: false });
  const sealerWith = (...signers: Signer[]) => new Sealer({ database, signers, stage: config.STAGE, log, metrics });
  const [sealer, nextSealer] = [sealerWith(keys.current), sealerWith(keys.current, next)];
  const committer = new Committer({ database, log: silent, metrics, lanes: 1 });
  await committer.start();
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return await committer.change({
          change: (transaction) => rotateSigningKey(transaction, sealer, nextSealer, next),
          event: () => ({
            action: 'key.rotate',
            outcome: 'success',
            recordedAt: new Date().toISOString(),
            route: 'audit',
            subject: 'audit-signing',
          }),
        });
      } catch (error) {
        if (!(error instanceof RotationError) || !error.again || attempt === 5) throw error;
        await sleep(200 * attempt);
      }
    }
  } finally {
    await committer.stop();
  }
}
