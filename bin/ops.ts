#!/usr/bin/env node
import { stages } from '../lib/config/stages.ts';
import { opsCommands } from '../lib/ops/commands/index.ts';
import { OpsProgram } from '../lib/ops/program.ts';
import { runUntilSignal } from '../lib/ops/signals.ts';

const { env, stdin, stdout, stderr } = process;
process.exitCode = await runUntilSignal(process, (interrupted) =>
  new OpsProgram(
    { name: 'npm run ops --', description: 'Sees to a stage that is deployed.', commands: opsCommands },
    { env, stdin, stdout, stderr, interrupted, stages },
  ).run(process.argv.slice(2)),
);
process.exit();
