#!/usr/bin/env node
import { stages } from '../lib/config/stages.ts';
import { operatorName } from '../lib/ops/audit/operator-name.ts';
import { auditCommand } from '../lib/ops/commands/audit.ts';
import { opsCommands } from '../lib/ops/commands/index.ts';
import { OpsProgram } from '../lib/ops/program.ts';
import { runUntilSignal } from '../lib/ops/signals.ts';
import { endWhenSaid, endWithReader } from '../lib/ops/streams.ts';
import { auditTools } from '../service/src/runtime/audit-tools.ts';

const { env, stdin, stdout, stderr } = process;
const audit = auditCommand({ ...auditTools({ env, stderr }), user: operatorName(), stdin, terminal: stderr });
endWithReader(process);
process.exitCode = await runUntilSignal(process, (interrupted) =>
  new OpsProgram(
    {
      name: 'npm run ops --',
      description: 'Sees to a stage that is deployed.',
      commands: [...opsCommands, audit],
      examples: ['npm run ops -- status --stage dev'],
    },
    { env, stdin, stdout, stderr, interrupted, stages },
  ).run(process.argv.slice(2)),
);
await endWhenSaid(process);
