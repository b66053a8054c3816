#!/usr/bin/env node
import { diffCommand } from '../lib/synth/diff-command.ts';

process.env.AWS_EC2_METADATA_DISABLED = 'true';
const output = {
  out: (text: string) => process.stdout.write(`${text}\n`),
  err: (text: string) => process.stderr.write(`${text}\n`),
};
process.exitCode = await diffCommand(process.argv.slice(2), output, process.env);
