import { publicKeyPem } from '@healthcare-ai/audit-trail/format/public-keys';
import { type Command, Option } from 'commander';
import { type ExportFlags, exportTrail } from '../audit/export.ts';
import { exportPublished } from '../audit/export-published.ts';
import { type CriteriaFlags, eventOptions, periodOptions } from '../audit/look/criteria.ts';
import { queryEvents } from '../audit/look/query.ts';
import { showTimeline } from '../audit/look/show.ts';
import { checkProof, proveEvent } from '../audit/prove.ts';
import { runReport } from '../audit/report/run-report.ts';
import { type CloudWatchFlags, publishedOptions } from '../audit/source/published.ts';
import type { AuditTools } from '../audit/tools.ts';
import { publicKeyOption, trustOptions } from '../audit/trust-options.ts';
import { show, verifyCloudWatch, verifyDatabase, verifyFiles, verifyPublished } from '../audit/verify.ts';
import type { OpsContext } from '../context.ts';
import { OpsFailure, UsageError } from '../errors.ts';
import { parseInteger, parseUuid } from '../options.ts';
import { type ContextOf, example, type LocalContextOf, type OpsCommand } from '../program.ts';

/** What the commands below `audit` are made with. */
interface AuditCommands {
  readonly tools: AuditTools;
  readonly contextOf: ContextOf;
  readonly localOf: LocalContextOf;
}

/** `audit`: what auditors do with the trail. Looking is itself audited. */
export const auditCommand =
  (tools: AuditTools): OpsCommand =>
  (program, contextOf, localOf) => {
    const around = { tools, contextOf, localOf };
    const audit = program
      .command('audit')
      .description('verify, read, export and report the audit trail')
      .addHelpText('after', example('npm run ops -- audit verify', 'npm run ops -- audit show AUDIT_ID'));
    verifyCommand(audit, around);
    lookCommands(audit, around);
    proofCommands(audit, around);
    exportCommand(audit, around);
    restoreCommand(audit, around);
    switchCommand(audit, around);
    publicKeyCommand(audit, around);
  };

function verifyCommand(audit: Command, { tools, contextOf, localOf }: AuditCommands): void {
  const verify = audit
    .command('verify')
    .description('verify the trail: in the database, in CloudWatch, or exported, offline; 1 when it is broken')
    .option('--dir <dir>', 'an export, or a directory that the service publishes to: offline, with --public-key');
  for (const option of [...publishedOptions(), ...trustOptions()]) verify.addOption(option);
  verify
    .addHelpText(
      'after',
      example(
        'npm run ops -- audit verify --max-age 15m',
        'npm run ops -- audit verify --dir export --public-key audit.pem',
        'npm run ops -- audit verify --published --stage prod',
        'npm run ops -- audit verify --cloudwatch --stage prod',
      ),
    )
    .action(async (flags: CloudWatchFlags & { dir?: string }, command: Command) => {
      const context = localOf(command);
      context.state('Nothing was changed.');
      requireOneOf(flags);
      if (flags.dir !== undefined) show(context, await verifyFiles(context, tools, flags.dir, flags));
      else if (flags.published) show(context, await verifyPublished(contextOf(command), tools, flags));
      else if (flags.cloudwatch) show(context, await verifyCloudWatch(contextOf(command), tools, flags));
      else show(context, await verifyDatabase(context, tools, flags));
    });
}

function requireOneOf(flags: CloudWatchFlags & { readonly dir?: string }): void {
  const given = [flags.dir, flags.published, flags.cloudwatch].filter((flag) => flag !== undefined);
  if (given.length > 1) throw new UsageError('give one of --dir, --published and --cloudwatch');
}

function lookCommands(audit: Command, { tools, localOf }: AuditCommands): void {
  audit
    .command('show')
    .description('everything that happened to a note or in a request, as a timeline')
    .argument('<id>', 'audit id of the note, or id of the request', parseUuid)
    .addHelpText('after', example('npm run ops -- audit show 01a208c6-9208-7b97-aef0-798c34c763d5'))
    .action((id: string, _flags, command: Command) => showTimeline(localOf(command), tools, id));

  const query = audit.command('query').description('find events, oldest first');
  for (const option of eventOptions()) query.addOption(option);
  query
    .option('--limit <events>', 'show so many at most', parseInteger(1), 1_000)
    .addHelpText(
      'after',
      example(
        'npm run ops -- audit query --outcome denied --from 2026-11-01',
        'read -rs ID && printf \'%s\' "$ID" | npm run ops -- audit query --tenant north --patient',
      ),
    )
    .action((flags: CriteriaFlags & { limit: number }, command: Command) =>
      queryEvents(localOf(command), tools, flags),
    );

  const report = audit
    .command('report')
    .description('who accessed which patient, what was denied, where the glass was broken');
  for (const option of periodOptions()) report.addOption(option);
  report
    .addHelpText('after', example('npm run ops -- audit report --tenant north --from 2026-11-01 --to 2026-12-01'))
    .action((flags: CriteriaFlags, command: Command) => runReport(localOf(command), tools, flags));
}

function proofCommands(audit: Command, { tools, localOf }: AuditCommands): void {
  audit
    .command('prove')
    .description('the proof that one event is under a signed checkpoint; it shows no other event')
    .argument('<chain>', 'the chain of the event', parseUuid)
    .argument('<seq>', 'its number in the chain', parseInteger(1))
    .option('--out <file>', 'write it to a file')
    .addHelpText('after', example('npm run ops -- audit prove 78991a6f-88e1-4bdc-abf2-5fc125e6a332 7 --out proof.json'))
    .action((chain: string, seq: number, { out }: { out?: string }, command: Command) =>
      proveEvent(localOf(command), tools, chain, seq, out),
    );
  audit
    .command('check-proof')
    .description('check the proof of an event, offline; 1 when it does not hold')
    .argument('<file>', 'the proof')
    .addOption(publicKeyOption())
    .addHelpText('after', example('npm run ops -- audit check-proof proof.json --public-key audit.pem'))
    .action((file: string, flags: { publicKey?: readonly string[] }, command: Command) =>
      checkProof(localOf(command), file, flags),
    );
}

function publicKeyCommand(audit: Command, { tools, contextOf, localOf }: AuditCommands): void {
  audit
    .command('public-key')
    .description("print the public key: of the stage's KMS key with --stage, else of the service's environment")
    .addHelpText('after', example('npm run ops -- audit public-key --stage prod > audit.pem'))
    .action(async (_flags, command: Command) => {
      const { stage } = command.optsWithGlobals<{ stage?: string }>();
      const keys = stage === undefined ? await localKeys(tools) : [await keyOf(contextOf(command))];
      const pem = keys.map(publicKeyPem).join('').trimEnd();
      localOf(command).output.result({ public_keys: keys.map(publicKeyPem) }, pem);
    });
}

async function keyOf(context: OpsContext): Promise<Buffer> {
  const { stageKey } = await import('../audit/stage-key.ts');
  return stageKey(context);
}

async function localKeys(tools: AuditTools): Promise<readonly Buffer[]> {
  let keys: readonly Buffer[];
  try {
    keys = await tools.signingKeys();
  } catch (error) {
    const { text, exitCode } = tools.explain(error);
    throw exitCode === 2 ? new UsageError(text) : new OpsFailure(text);
  }
  if (keys.length === 0) throw new OpsFailure('No signing key is configured: set AUDIT_SIGNING_KEY, or give --stage.');
  return keys;
}

/** `audit export`: from the database, or from what a stage has published. */
function exportCommand(audit: Command, { tools, contextOf, localOf }: AuditCommands): void {
  const command = audit
    .command('export')
    .description('write the trail to a directory that can be verified offline')
    .requiredOption('--out <dir>', 'a new or empty directory')
    .addOption(
      new Option('--format <format...>', 'also write the events in these forms')
        .choices(['jsonl', 'csv', 'fhir'])
        .default([]),
    )
    .option('--unproven', 'add the events that no checkpoint covers yet')
    .option('--from-checkpoint <number>', 'continue after this checkpoint', parseInteger(0), 0);
  for (const option of [...publishedOptions(), publicKeyOption()]) command.addOption(option);
  command
    .addHelpText(
      'after',
      example(
        'npm run ops -- audit export --out export --format csv fhir',
        'npm run ops -- audit export --published --stage prod --out export',
      ),
    )
    .action((flags: ExportFlags & CloudWatchFlags, self: Command) => {
      requireOneOf(flags);
      return flags.published || flags.cloudwatch
        ? exportPublished(contextOf(self), tools, flags)
        : exportTrail(localOf(self), tools, flags);
    });
}

/** `audit switch-format`: once no task of a release runs that cannot read the new form. */
function switchCommand(audit: Command, { contextOf }: AuditCommands): void {
  audit
    .command('switch-format')
    .description('write audit format 2 from now on (schema 2, published segments): final, and older images are refused')
    .addHelpText('after', example('npm run ops -- audit switch-format --stage prod'))
    .action(async (_flags, command: Command) => {
      const context = contextOf(command);
      const { switchFormat } = await import('../audit/switch-format.ts');
      await switchFormat(context);
    });
}

/** `audit restore`: the trail of a database that was restored, by a task beside the service. */
function restoreCommand(audit: Command, { contextOf }: AuditCommands): void {
  audit
    .command('restore')
    .description('add to the trail of a database that was restored what the stage has published, by a one-off task')
    .option('--trail <uuid>', 'which trail, if the database has no checkpoint and the log group several', parseUuid)
    .addHelpText('after', example('npm run ops -- audit restore --stage prod'))
    .action(async ({ trail }: { readonly trail?: string }, command: Command) => {
      const context = contextOf(command);
      // The packages of AWS are loaded by a command that asks it.
      const { restoreStage } = await import('../audit/restore-stage.ts');
      await restoreStage(context, trail);
    });
}
