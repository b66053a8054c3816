#!/usr/bin/env node
import { costCommand } from '../lib/cost/command.ts';
import { createPricingClient } from '../lib/cost/prices/client.ts';
import { runUntilSignal } from '../lib/ops/signals.ts';

process.exitCode = await runUntilSignal(process, (signal) =>
  costCommand(process.argv.slice(2), {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    pricing: (profile) => createPricingClient({ profile, signal }),
    signal,
  }),
);
