#!/usr/bin/env node
import { smokeCommand } from '@healthcare-ai/ops/commands/smoke';
import { jsonOption, timeoutOption } from '@healthcare-ai/ops/options';
import { runProgram } from '@healthcare-ai/ops/process';
import { stages } from '../lib/config/stages.ts';

await runProgram(
  {
    name: 'npm run smoke --',
    description: '',
    commands: [smokeCommand],
    options: [jsonOption(), timeoutOption(120_000, '2m')],
  },
  stages,
);
