import { setTimeout as sleep } from 'node:timers/promises';
import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { publicKeyPem } from '@healthcare-ai/audit-trail/format/public-keys';
import { localSigner, type Signer } from '@healthcare-ai/audit-trail/format/signer';
import { Command } from 'commander';
import { Sealer } from '../audit/seal/sealer.ts';
import { requireNoSinkAhead } from '../audit/seal/sink-ahead.ts';
import { finishRotation, makeNextKey } from '../audit/signing/embedded-key.ts';
import { RotationError, rotateSigningKey } from '../audit/signing/rotate.ts';
import type { Need } from '../config/cross-checks.ts';
import type { Config } from '../config/read.ts';
import type { Database } from '../database/database.ts';
import { switchForm } from '../database/stored-forms.ts';
import { openSigners } from '../runtime/open-signers.ts';
import { openSinks } from '../runtime/open-sinks.ts';
import type { Logger } from '../telemetry/log.ts';
import { restoreAuditCommand } from './restore-audit.ts';
import { UsageError } from './usage-error.ts';
import { requireSigners, withCommitter, withDatabase } from './with-database.ts';

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
    .action(() => {
      const settings = config(['database']);
      return withDatabase(settings, log, async (database) => {
        const { current, next: configured } = await requireSigners(settings, database);
        const embedded = isEmbedded(settings);
        const next = embedded ? localSigner(makeNextKey(settings.DATA_DIR)) : configured;
        if (!next) throw new UsageError('set AUDIT_SIGNING_KEY_NEXT or AUDIT_SIGNING_KEY_NEXT_ID to the next key');
        await requireNoSinkAhead(database, openSinks(settings, [current.publicKey, next.publicKey]));
        const { statement } = await rotate({ config: settings, version, log, database, current, next });
        if (embedded) finishRotation(settings.DATA_DIR);
        process.stdout.write(
          `checkpoint ${statement.number} is the last one signed by ${current.keyId}; ${next.keyId} signs from now on\n`,
        );
      });
    });
  audit
    .command('switch-format')
    .description('write audit format 2 from now on: schema 2, segments. Older releases cannot read it; this is final')
    .action(() =>
      withDatabase(config(['database']), log, async (database) => {
        const now = await switchForm(database, 'audit-2');
        process.stdout.write(now ? 'switched to audit format 2\n' : 'audit format 2 was in use before\n');
      }),
    );
  audit.addCommand(restoreAuditCommand(() => config(['database']), log));
  return audit;
}

const isEmbedded = ({ DATABASE_URL, AUDIT_SIGNING_KEY, AUDIT_SIGNING_KEY_ID }: Config): boolean =>
  DATABASE_URL === undefined && AUDIT_SIGNING_KEY === undefined && AUDIT_SIGNING_KEY_ID === undefined;

interface Rotation {
  readonly config: Config;
  readonly version: string;
  readonly log: Logger;
  readonly database: Database;
  readonly current: Signer;
  readonly next: Signer;
}

/** Commits the checkpoint together with its event. */
const rotate = ({ config, version, log, database, current, next }: Rotation): Promise<Checkpoint> =>
  withCommitter(database, { config, version }, async (committer, metrics) => {
    const sealerWith = (...signers: Signer[]) => new Sealer({ database, signers, stage: config.STAGE, log, metrics });
    const [sealer, nextSealer] = [sealerWith(current), sealerWith(current, next)];
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
  });
