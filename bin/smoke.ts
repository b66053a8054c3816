#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { smokeCommand } from '@healthcare-ai/ops/smoke/command';

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.exitCode = await smokeCommand(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  env: process.env,
  readFile: (path) => readFileSync(path, 'utf8'),
  readStdin: () => text(process.stdin),
  signal: stop.signal,
});
