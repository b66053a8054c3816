import type { Command } from 'commander';
import { makeApiKey } from '../../../../service/src/identity/api-key.ts';
import { type KeyOwner, requireOwner } from '../../../../service/src/identity/api-key-store.ts';
import { OpsFailure, UsageError } from '../errors.ts';
import type * as KeysTask from '../keys/keys-task.ts';
import { type ListedKey, listIn, stateOf } from '../keys/listed-key.ts';
import { parseInteger } from '../options.ts';
import { type ContextOf, example, type OpsCommand } from '../program.ts';
import { table } from '../table.ts';

/** Where the task runs is asked of AWS, whose packages are loaded only then. */
async function runKeysTask(...args: Parameters<typeof KeysTask.runKeysTask>): Promise<readonly string[]> {
  const task = await import('../keys/keys-task.ts');
  return task.runKeysTask(...args);
}

/** `keys`: API keys of a stage, by one-off tasks beside the service. */
export const keysCommand: OpsCommand = (program, contextOf) => {
  const keys = program.command('keys').description('make, list and revoke API keys, by a task beside the service');
  create(keys, contextOf);
  list(keys, contextOf);
  revoke(keys, contextOf);
};

interface CreateOptions {
  readonly tenant: string;
  readonly principal: string;
  readonly role: readonly string[];
  readonly expiresInDays?: number;
}

/** The key is made here and only its hash travels: its secret stands in no log, no task and no event of CloudTrail. */
const create = (keys: Command, contextOf: ContextOf) =>
  keys
    .command('create')
    .description('create an API key and print it once: its secret is made here and goes nowhere else')
    .requiredOption('--tenant <name>', 'organisation whose notes the key can access')
    .requiredOption('--principal <name>', 'person or system that uses the key, as named in the audit trail')
    .requiredOption('--role <role...>', 'integration, clinician, auditor or admin')
    .option('--expires-in-days <days>', 'days until the key expires', parseInteger(1))
    .addHelpText(
      'after',
      example(
        'npm run ops -- keys create --stage dev --tenant north --principal ehr --role integration',
        'npm run -s ops -- keys create --yes ... | aws secretsmanager put-secret-value --secret-id ehr-key --secret-string file:///dev/stdin',
      ),
    )
    .action(async ({ tenant, principal, role, expiresInDays }: CreateOptions, command) => {
      const context = contextOf(command);
      const { stage, output } = context;
      requireKnown({ tenant, principal, roles: role });
      await context.confirm(`Make a key for ${principal} of ${tenant} in ${stage}, with the roles ${role.join(', ')}?`);
      const { keyId, token, hash } = makeApiKey();
      const days = expiresInDays === undefined ? [] : ['--expires-in-days', String(expiresInDays)];
      const owner = ['--tenant', tenant, '--principal', principal, '--role', ...role];
      context.state(
        `The key ${keyId} may have been stored, and nobody has its secret: npm run ops -- keys revoke ${keyId} --stage ${stage}`,
      );
      const form = ['--key-id', keyId, '--hash', hash.toString('hex')];
      // The exit code says that it is stored: the log may come when it likes.
      await runKeysTask(context, ['create', ...owner, ...days, ...form], () => true);
      output.progress(`Stored ${keyId}. This is the key, shown this once:`);
      output.result({ key_id: keyId, key: token, tenant, principal, roles: role }, token);
    });

function requireKnown(owner: KeyOwner): void {
  try {
    requireOwner(owner);
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error;
  }
}

const list = (keys: Command, contextOf: ContextOf) =>
  keys
    .command('list')
    .description('list the keys without their secrets; the look is an event in the audit trail')
    .option('--tenant <name>', 'only of this organisation')
    .addHelpText('after', example('npm run ops -- keys list --stage dev --tenant north'))
    .action(async ({ tenant }: { readonly tenant?: string }, command) => {
      const context = contextOf(command);
      if (tenant !== undefined) requireKnown({ tenant, principal: 'any', roles: ['admin'] });
      context.state('Nothing was changed.');
      const narrowed = tenant === undefined ? [] : ['--tenant', tenant];
      const lines = await runKeysTask(context, ['list', '--json', ...narrowed], (found) => listIn(found) !== undefined);
      const found = listIn(lines);
      if (!found)
        throw new OpsFailure('The task ended well, but its answer did not reach CloudWatch Logs in time. Try again.');
      const masked = found.some(({ principal, tenant: of }) => /\*{3}/.test(principal + of));
      if (masked) context.output.progress('CloudWatch Logs masks what looks like a name or an address (***).');
      context.output.result(found, found.length > 0 ? tableOf(found, context.clock.now()) : 'There are no keys.');
    });

const tableOf = (keys: readonly ListedKey[], now: number): string =>
  table(
    ['KEY ID', 'TENANT', 'PRINCIPAL', 'ROLES', 'CREATED', 'STATE'],
    keys.map((key) => [
      key.key_id,
      key.tenant,
      key.principal,
      key.roles.join(','),
      key.created_at.slice(0, 10),
      stateOf(key, now),
    ]),
  );

const revoke = (keys: Command, contextOf: ContextOf) =>
  keys
    .command('revoke')
    .description('revoke a key; running services reject it within 5 seconds of the end of the task')
    .argument('<key-id>', 'the part between hai_ and the second underscore')
    .addHelpText('after', example('npm run ops -- keys revoke 0123456789ab --stage dev'))
    .action(async (keyId: string, _options, command) => {
      const context = contextOf(command);
      if (!/^[0-9a-z]{12}$/.test(keyId)) {
        throw new UsageError('give the id of the key alone, 12 digits and letters: its secret is not asked for');
      }
      await context.confirm(`Revoke the key ${keyId} in ${context.stage}? Whoever uses it is refused from then on.`);
      context.state(`Whether ${keyId} is revoked is not known: npm run ops -- keys list --stage ${context.stage}`);
      await runKeysTask(context, ['revoke', keyId], () => true);
      context.output.result({ key_id: keyId, revoked: true }, `Revoked ${keyId}.`);
    });
