#!/usr/bin/env node
import { deployCommand } from '@healthcare-ai/ops/commands/deploy';
import { runProgram } from '@healthcare-ai/ops/process';
import { stages } from '../lib/config/stages.ts';

await runProgram({ name: 'npm run deploy --', description: 'Deploys a stage.', commands: [deployCommand] }, stages);
