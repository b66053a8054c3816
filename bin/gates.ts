#!/usr/bin/env node
import { gatesCommand } from '@healthcare-ai/ops/commands/gates';
import { jsonOption } from '@healthcare-ai/ops/options';
import { runProgram } from '@healthcare-ai/ops/process';
import { stages } from '../lib/config/stages.ts';

await runProgram(
  { name: 'npm run gates --', description: '', commands: [gatesCommand()], options: [jsonOption()] },
  stages,
);
