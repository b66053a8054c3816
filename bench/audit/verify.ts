import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { verifyDirectory } from '@healthcare-ai/audit-trail/export/verify-directory';
import { makeTrail } from './make-trail.ts';

/**
 * How fast a trail is verified, and in how much memory: `node bench/audit/verify.ts [--events 1000000]`. The verifier
 * runs in a process of its own on an export on the disk; a tenth of the trail first, so that memory that grows with the
 * trail would show. Writes about 550 bytes an event to the temporary folder and removes them.
 */
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    writers: { type: 'string', default: '4' },
    verify: { type: 'string' },
    key: { type: 'string' },
  },
});

interface Measured {
  readonly events: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakRssMiB: number;
}

if (values.verify === undefined) {
  const events = Number(values.events);
  const writers = Number(values.writers);
  if (!Number.isSafeInteger(events) || events < 10_000) throw new Error('--events takes a number from 10000 on');
  const [small, large] = [await measure(events / 10, writers), await measure(events, writers)];
  for (const { events, seconds, cpuSeconds, peakRssMiB } of [small, large]) {
    console.log(
      `${events} events: ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s CPU, ` +
        `${Math.round(events / seconds)} events/s, ${Math.round(peakRssMiB)} MiB at the peak`,
    );
  }
} else {
  const keys = [Buffer.from(values.key ?? '', 'base64')];
  const started = performance.now();
  const { ok, events, fault } = await verifyDirectory({ directory: values.verify, keys, now: new Date() });
  if (!ok) throw new Error(JSON.stringify(fault));
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const measured: Measured = {
    events,
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakRssMiB: maxRSS / 1024,
  };
  console.log(JSON.stringify(measured));
}

async function measure(events: number, writers: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-bench-'));
  try {
    const directory = join(folder, 'export');
    const key = await makeTrail({ directory, events, writers, perCheckpoint: 1_000 });
    const args = [process.argv[1]!, '--verify', directory, '--key', key.toString('base64')];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as Measured;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
