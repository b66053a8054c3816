import { PassThrough } from 'node:stream';
import { auditCommand } from '@healthcare-ai/ops/commands/audit';
import { costCommand } from '@healthcare-ai/ops/commands/cost';
import { deployCommand } from '@healthcare-ai/ops/commands/deploy';
import { diffCommand } from '@healthcare-ai/ops/commands/diff';
import { evidenceCommand } from '@healthcare-ai/ops/commands/evidence';
import { gatesCommand } from '@healthcare-ai/ops/commands/gates';
import { opsCommands } from '@healthcare-ai/ops/commands/index';
import { smokeCommand } from '@healthcare-ai/ops/commands/smoke';
import { synthCommand } from '@healthcare-ai/ops/commands/synth';
import { tokenCommand } from '@healthcare-ai/ops/commands/token';
import { contextOption, jsonOption, timeoutOption } from '@healthcare-ai/ops/options';
import { type OpsCommand, OpsProgram } from '@healthcare-ai/ops/program';
import { Command, type Option } from 'commander';
import { stages } from '../../../../lib/config/stages.ts';
import { auditCommand as serviceAudit } from '../../../../service/src/commands/audit.ts';
import { expireAuditCommand } from '../../../../service/src/commands/expire-audit.ts';
import { healthcheckCommand } from '../../../../service/src/commands/healthcheck.ts';
import { keysCommand } from '../../../../service/src/commands/keys.ts';
import { migrateCommand } from '../../../../service/src/commands/migrate.ts';
import { requeueAnalysesCommand } from '../../../../service/src/commands/requeue-analyses.ts';
import { createLogger } from '../../../../service/src/telemetry/log.ts';

function opsProgram(commands: readonly OpsCommand[], options?: readonly Option[]): Command {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const process = { env: {}, stdin, stdout, stderr, interrupted: new AbortController().signal, stages };
  return new OpsProgram({ name: 'ops', description: '', commands, options }, process).commands[0]!;
}

const never = () => {
  throw new Error('the documentation only names commands');
};
const log = createLogger({ level: 'error', format: 'json', stream: new PassThrough() });

/** The programs whose commands and options the documentation names, by the script that starts them. */
export const programs: Readonly<Record<string, Command>> = {
  // bin/ops.ts gives the commands of the audit what they need of the service; here none is run.
  ops: opsProgram([
    ...opsCommands,
    evidenceCommand(never),
    tokenCommand({} as Parameters<typeof tokenCommand>[0]),
    auditCommand({} as Parameters<typeof auditCommand>[0]),
  ]),
  deploy: opsProgram([deployCommand]),
  gates: opsProgram([gatesCommand()], [jsonOption()]),
  synth: opsProgram([synthCommand(never)], [contextOption(), jsonOption()]),
  diff: opsProgram([diffCommand], [jsonOption()]),
  cost: opsProgram([costCommand(never)], [contextOption(), jsonOption()]),
  smoke: opsProgram([smokeCommand], [jsonOption(), timeoutOption(120_000, '2m')]),
  keys: keysCommand(never, '0.0.0', log),
  migrate: migrateCommand(never, log),
  'main.cjs': [
    keysCommand(never, '0.0.0', log),
    migrateCommand(never, log),
    serviceAudit(never, '0.0.0', log),
    expireAuditCommand(never, '0.0.0', log),
    requeueAnalysesCommand(never, '0.0.0', log),
    healthcheckCommand(never, never),
    new Command('analyze-worker'),
  ].reduce((program, command) => program.addCommand(command), new Command('main.cjs')),
};
