#!/usr/bin/env node
import { costCommand } from '@healthcare-ai/ops/commands/cost';
import { contextOption, jsonOption } from '@healthcare-ai/ops/options';
import { runProgram } from '@healthcare-ai/ops/process';
import { stages } from '../lib/config/stages.ts';
import { templatesOf } from '../lib/synthesize.ts';

await runProgram(
  {
    name: 'npm run cost --',
    description: '',
    commands: [costCommand(templatesOf)],
    options: [contextOption(), jsonOption()],
  },
  stages,
);
