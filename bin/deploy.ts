#!/usr/bin/env node
import { stages } from '../lib/config/stages.ts';
import { deployCommand } from '../lib/ops/commands/deploy.ts';
import { OpsProgram } from '../lib/ops/program.ts';
import { runUntilSignal } from '../lib/ops/signals.ts';
import { endWhenSaid, endWithReader } from '../lib/ops/streams.ts';

const { env, stdin, stdout, stderr } = process;
endWithReader(process);
process.exitCode = await runUntilSignal(process, (interrupted) =>
  new OpsProgram(
    { name: 'npm run deploy --', description: 'Deploys a stage.', commands: [deployCommand] },
    { env, stdin, stdout, stderr, interrupted, stages },
  ).run(process.argv.slice(2)),
);
await endWhenSaid(process);
