import { type ApiKey, makeApiKey, type StorableKey, storedForm } from '@healthcare-ai/contract/api-key';
import { Command } from 'commander';
import type { Need } from '../config/cross-checks.ts';
import type { Config } from '../config/read.ts';
import { rewrapKeys, rotateIndexKey } from '../crypto/rotate.ts';
import { listApiKeys, requireOwner, revokeApiKey, type StoredApiKey, storeApiKey } from '../identity/api-key-store.ts';
import { isName } from '../identity/roles.ts';
import { openKeyWrapper } from '../runtime/open-key-wrapper.ts';
import type { Logger } from '../telemetry/log.ts';
import { asUsageError, UsageError } from './usage-error.ts';
import { type CommandContext, runAudited } from './with-database.ts';

type Run = (work: (context: CommandContext, settings: Config) => Promise<void>, ...needs: Need[]) => Promise<void>;

/** `keys`: makes, lists and revokes API keys, and rotates the keys that encrypt. Each use leaves an audit event. */
export function keysCommand(config: (needs: readonly Need[]) => Config, version: string, log: Logger): Command {
  const run: Run = (work, ...needs) => {
    const settings = config(['database', ...needs]);
    return runAudited({ config: settings, version, log, name: 'keys' }, (context) => work(context, settings));
  };
  const keys = new Command('keys').description('create, list and revoke API keys; rotate encryption keys');
  for (const make of [createCommand, listCommand, revokeCommand, rewrapCommand, rotateIndexCommand]) {
    keys.addCommand(make(run));
  }
  return keys;
}

const createCommand = (run: Run): Command =>
  new Command('create')
    .description('create an API key and print it once')
    .requiredOption('--tenant <name>', 'organisation whose notes the key can access')
    .requiredOption('--principal <name>', 'person or system that uses the key, as named in the audit trail')
    .requiredOption('--role <role...>', 'integration, clinician, auditor or admin')
    .option('--care-team <name...>', 'care teams whose notes the key can access, in addition to notes without a team')
    .option('--expires-in-days <days>', 'days until the key expires', wholeNumber)
    .option('--key-id <id>', 'store a key that was created elsewhere, by its hash: nothing is printed')
    .option('--hash <hex>', 'SHA-256 of the complete key')
    .addHelpText('after', '\nExample: npm run keys -- create --tenant north --principal ehr --role integration')
    .action((options: CreateOptions) =>
      run(async ({ change }) => {
        const days = options.expiresInDays;
        const expires = days === undefined ? undefined : new Date(Date.now() + days * 86_400_000);
        const { tenant, principal, role: roles, careTeam: careTeams } = options;
        const owner = { tenant, principal, roles, careTeams };
        const key = keyOf(options);
        try {
          requireOwner(owner);
        } catch (error) {
          asUsageError(error);
        }
        await change(
          (transaction) => storeApiKey(transaction, key, owner, expires),
          () => ({ action: 'key.create', tenant: owner.tenant, subject: key.keyId }),
        );
        process.stdout.write('token' in key ? `${key.token}\n` : `stored ${key.keyId}\n`);
      }),
    );

const listCommand = (run: Run): Command =>
  new Command('list')
    .description('list the keys without their secrets')
    .option('--tenant <name>', 'only of this organisation')
    .option('--json', 'as JSON')
    .action((options: { tenant?: string; json?: boolean }) =>
      run(async ({ change }) => {
        // The event of this command contains it.
        if (options.tenant !== undefined && !isName(options.tenant))
          throw new UsageError('the tenant has an invalid name');
        const list = await change(
          (transaction) => listApiKeys(transaction, options.tenant),
          ({ length }) => ({ action: 'key.list', tenant: options.tenant, count: length }),
        );
        process.stdout.write(options.json ? `${JSON.stringify(list.map(shown), null, 2)}\n` : table(list));
      }),
    );

const revokeCommand = (run: Run): Command =>
  new Command('revoke')
    .description('revoke a key; running services reject it within 5 seconds')
    .argument('<key-id>', 'the part between hai_ and the second underscore')
    .action((keyId: string) =>
      run(async ({ change }) => {
        const revoked = await change(
          (transaction) => revokeApiKey(transaction, keyId),
          // The argument may be anything: the event contains it only if it names a key.
          (key) => ({
            action: 'key.revoke',
            tenant: key?.principal.tenant,
            subject: key?.keyId,
            reason: key ? undefined : 'not-found',
          }),
        );
        if (!revoked) throw new UsageError('the key does not exist or is already revoked: run keys list');
        process.stdout.write(`revoked ${keyId}\n`);
      }),
    );

const rewrapCommand = (run: Run): Command =>
  new Command('rewrap')
    .description('wrap every data key with the current master key; set the former one in ENCRYPTION_KEY_PREVIOUS')
    .action(() =>
      run(async ({ change }, settings) => {
        const wrapper = await openKeyWrapper(settings);
        const count = await change(
          (transaction) => rewrapKeys(transaction, wrapper),
          (rewrapped) => ({ action: 'key.rotate', subject: 'master', count: rewrapped }),
        );
        process.stdout.write(`rewrapped ${count} data keys\n`);
      }, 'keys'),
    );

const rotateIndexCommand = (run: Run): Command =>
  new Command('rotate-index')
    .description('create a new key for patient references; notes under older keys are still found')
    .action(() =>
      run(async ({ change }, settings) => {
        const wrapper = await openKeyWrapper(settings);
        const made = await change(
          (transaction) => rotateIndexKey(transaction, wrapper),
          (version) => ({ action: 'key.rotate', subject: 'patient-index', count: version }),
        );
        process.stdout.write(`new patient references use key version ${made} within a minute\n`);
      }, 'keys'),
    );

interface CreateOptions {
  readonly tenant: string;
  readonly principal: string;
  readonly role: string[];
  readonly careTeam?: string[];
  readonly expiresInDays?: number;
  readonly keyId?: string;
  readonly hash?: string;
}

/** A new key, or the id and hash of a key created elsewhere, whose secret never reaches this process. */
function keyOf({ keyId, hash }: CreateOptions): ApiKey | StorableKey {
  if (keyId === undefined && hash === undefined) return makeApiKey();
  if (keyId === undefined || hash === undefined) throw new UsageError('--key-id and --hash must be used together');
  try {
    return storedForm(keyId, hash);
  } catch (error) {
    return asUsageError(error);
  }
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError('the days must be a whole number from 1 to 9999');
  return Number(text);
}

const shown = ({ keyId, principal, createdAt, expiresAt, revokedAt }: StoredApiKey) => ({
  key_id: keyId,
  tenant: principal.tenant,
  principal: principal.name,
  roles: principal.roles,
  care_teams: principal.careTeams,
  created_at: createdAt.toISOString(),
  expires_at: expiresAt?.toISOString(),
  revoked_at: revokedAt?.toISOString(),
});

function table(list: readonly StoredApiKey[]): string {
  const head = ['KEY ID', 'TENANT', 'PRINCIPAL', 'ROLES', 'CARE TEAMS', 'CREATED', 'STATE'];
  const rows = list.map((key) => {
    const state = key.revokedAt ? 'revoked' : key.expiresAt && key.expiresAt < new Date() ? 'expired' : 'active';
    const { name, tenant, roles, careTeams } = key.principal;
    return [
      key.keyId,
      tenant,
      name,
      roles.join(','),
      careTeams.join(',') || '-',
      key.createdAt.toISOString().slice(0, 10),
      state,
    ];
  });
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  return [head, ...rows]
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
