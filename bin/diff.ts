#!/usr/bin/env node
import { diffCommand } from '@healthcare-ai/ops/commands/diff';
import { jsonOption } from '@healthcare-ai/ops/options';
import { runProgram } from '@healthcare-ai/ops/process';
import { stages } from '../lib/config/stages.ts';

process.env.AWS_EC2_METADATA_DISABLED = 'true';
await runProgram(
  { name: 'npm run diff --', description: '', commands: [diffCommand], options: [jsonOption()] },
  stages,
);
