#!/usr/bin/env node
import { synthCommand } from '../lib/synth/command.ts';

process.env.AWS_EC2_METADATA_DISABLED = 'true';
process.exitCode = await synthCommand(
  process.argv.slice(2),
  {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
  },
  async () => (await import('@healthcare-ai/cloud-policies/gates/plugins')).gatePlugins,
);
