#!/usr/bin/env node
import { diffCommand } from '../lib/synth/diff-command.ts';

process.env.AWS_EC2_METADATA_DISABLED = 'true';
process.exitCode = diffCommand(process.argv.slice(2), {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
});
