import { contract } from '@healthcare-ai/contract';
import { makeApiKey } from '@healthcare-ai/contract/api-key';
import { z } from 'zod';
import type { OpsContext } from '../context.ts';
import { OpsFailure, UsageError } from '../errors.ts';
import { example, type OpsCommand } from '../program.ts';
import { table } from '../table.ts';

/**
 * `keys`: the `keys` command of the image, as a one-off task beside the service. Its arguments are forwarded as they are:
 * the image has the one list of options.
 */
export const keysCommand: OpsCommand = (program, contextOf) =>
  void program
    .command('keys')
    .description('run the keys command of the image in the stage: create, list, revoke, rewrap, rotate-index')
    .argument('<arguments...>', 'as npm run keys takes them; npm run keys -- create --help lists the options')
    .allowUnknownOption()
    .addHelpText(
      'after',
      `\nThe secret of a new key is made here and printed once; the task gets its hash.\n${example(
        'npm run ops -- keys create --stage dev --tenant north --principal ehr --role clinician --care-team cardiology',
        'npm run ops -- keys list --stage dev --tenant north',
        'npm run ops -- keys revoke 0123456789ab --stage dev',
      )}`,
    )
    .action(async (args: readonly string[], _options, command) => {
      const context = contextOf(command);
      const [verb] = args;
      if (verb === 'create') await create(context, args);
      else if (verb === 'list') await list(context, args);
      else await other(context, args);
    });

/** Runs the command, and waits for its end. @param answered whether lines hold the whole answer */
async function runKeys(
  context: OpsContext,
  args: readonly string[],
  answered: (lines: readonly string[]) => boolean,
): Promise<readonly string[]> {
  // Loaded here, since it loads AWS clients.
  const { runAnsweringTask } = await import('../rollout/answering-task.ts');
  const { oneOffPlace } = await import('../rollout/migration.ts');
  const command = [...contract.container.keys, ...args];
  const startedBy = `ops-keys-${context.stage}`;
  return runAnsweringTask(context, { ...(await oneOffPlace(context)), command, startedBy }, answered);
}

/** The key is made here and only its hash is sent: no log, task or CloudTrail event has its secret. */
async function create(context: OpsContext, args: readonly string[]): Promise<void> {
  const { stage, output } = context;
  if (args.some((word) => /^--(key-id|hash)(=|$)/.test(word)))
    throw new UsageError('leave --key-id and --hash out: this command sets both');
  await context.confirm(`Run "keys ${args.join(' ')}" in ${stage}?`);
  const { keyId, token, hash } = makeApiKey();
  context.state(
    `The key ${keyId} may have been stored, but its secret is lost. Revoke it: npm run ops -- keys revoke ${keyId} --stage ${stage}`,
  );
  // The exit code says that the key is stored; its log line is not needed.
  await runKeys(context, [...args, '--key-id', keyId, '--hash', hash.toString('hex')], () => true);
  output.progress(`Stored ${keyId}. This is the key, shown this once:`);
  output.result({ key_id: keyId, key: token }, token);
}

async function list(context: OpsContext, args: readonly string[]): Promise<void> {
  context.state('Nothing was changed.');
  const lines = await runKeys(context, [...args, '--json'], (found) => listIn(found) !== undefined);
  const found = listIn(lines);
  if (found === undefined)
    throw new OpsFailure('The task succeeded, but CloudWatch Logs did not have its answer in time. Try again.');
  if (found.some(({ principal, tenant }) => /\*{3}/.test(principal + tenant)))
    context.output.progress('CloudWatch Logs masks what looks like a name or an address (***).');
  context.output.result(found, found.length > 0 ? tableOf(found, context.clock.now()) : 'There are no keys.');
}

const tableOf = (keys: readonly ListedKey[], now: number): string =>
  table(
    ['KEY ID', 'TENANT', 'PRINCIPAL', 'ROLES', 'CARE TEAMS', 'CREATED', 'STATE'],
    keys.map((key) => [
      key.key_id,
      key.tenant,
      key.principal,
      key.roles.join(','),
      key.care_teams.join(',') || '-',
      key.created_at.slice(0, 10),
      stateOf(key, now),
    ]),
  );

/** A command whose answer is a line. */
async function other(context: OpsContext, args: readonly string[]): Promise<void> {
  const text = args.join(' ');
  // A pasted key would put its secret into the events of ECS and CloudTrail.
  if (/hai_/.test(text)) throw new UsageError('give the id of the key alone, without its secret');
  await context.confirm(`Run "keys ${text}" in ${context.stage}?`);
  context.state(`The result of "keys ${text}" is unknown: npm run ops -- keys list --stage ${context.stage}`);
  const lines = await runKeys(context, args, (found) => found.length > 0);
  context.output.result({ lines }, lines.join('\n') || 'Done.');
}

const listSchema = z.array(
  z.object({
    key_id: z.string(),
    tenant: z.string(),
    principal: z.string(),
    roles: z.array(z.string()),
    care_teams: z.array(z.string()).default([]),
    created_at: z.string(),
    expires_at: z.string().optional(),
    revoked_at: z.string().optional(),
  }),
);

/** A key as `keys list --json` of the image writes it. */
type ListedKey = z.output<typeof listSchema>[number];

/** The list in what a task wrote; undefined while it is incomplete. Anything may precede it. */
function listIn(lines: readonly string[]): ListedKey[] | undefined {
  const start = lines.findLastIndex((line) => line === '[' || line === '[]');
  if (start < 0) return undefined;
  try {
    return listSchema.parse(JSON.parse(lines.slice(start).join('\n')));
  } catch {
    return undefined;
  }
}

function stateOf({ revoked_at, expires_at }: ListedKey, now: number): 'revoked' | 'expired' | 'active' {
  if (revoked_at !== undefined) return 'revoked';
  return expires_at !== undefined && Date.parse(expires_at) <= now ? 'expired' : 'active';
}
