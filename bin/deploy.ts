#!/usr/bin/env node
import { deployCommand } from '@healthcare-ai/ops/commands/deploy';
import { OpsProgram } from '@healthcare-ai/ops/program';
import { runUntilSignal } from '@healthcare-ai/ops/signals';
import { endWhenSaid, endWithReader } from '@healthcare-ai/ops/streams';
import { stages } from '../lib/config/stages.ts';

const { env, stdin, stdout, stderr } = process;
endWithReader(process);
process.exitCode = await runUntilSignal(process, (interrupted) =>
  new OpsProgram(
    { name: 'npm run deploy --', description: 'Deploys a stage.', commands: [deployCommand] },
    { env, stdin, stdout, stderr, interrupted, stages },
  ).run(process.argv.slice(2)),
);
await endWhenSaid(process);
