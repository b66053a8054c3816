#!/usr/bin/env node
import { costCommand } from '@healthcare-ai/ops/cost/command';
import { createPricingClient } from '@healthcare-ai/ops/cost/prices/client';
import { runUntilSignal } from '@healthcare-ai/ops/signals';

process.exitCode = await runUntilSignal(process, (signal) =>
  costCommand(process.argv.slice(2), {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    pricing: (profile) => createPricingClient({ profile, signal }),
    signal,
  }),
);
