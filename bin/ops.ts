#!/usr/bin/env node
import { operatorName } from '@healthcare-ai/ops/audit/operator-name';
import { auditCommand } from '@healthcare-ai/ops/commands/audit';
import { opsCommands } from '@healthcare-ai/ops/commands/index';
import { OpsProgram } from '@healthcare-ai/ops/program';
import { runUntilSignal } from '@healthcare-ai/ops/signals';
import { endWhenSaid, endWithReader } from '@healthcare-ai/ops/streams';
import { stages } from '../lib/config/stages.ts';
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
