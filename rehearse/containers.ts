import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupPart } from './parts/backup.ts';
import { composePart } from './parts/compose.ts';
import { imagePart } from './parts/image.ts';
import { prepare } from './parts/prepare.ts';
import { prometheusPart } from './parts/prometheus.ts';
import { rollingUpdatePart } from './parts/rolling-update.ts';
import { systemdPart } from './parts/systemd.ts';
import { openEngine } from './support/engine.ts';
import { rehearse } from './support/rehearsal.ts';
import { wantedParts } from './support/wanted-parts.ts';

/**
 * `npm run rehearse:containers [part...]`: builds the image and runs it as every description in deploy/ does, with
 * real parts. It installs nothing, and what it makes lies in one temporary folder that is removed at the end.
 */
const parts = {
  image: imagePart,
  compose: composePart,
  'rolling-update': rollingUpdatePart,
  backup: backupPart,
  prometheus: prometheusPart,
  systemd: systemdPart,
};

const wanted = wantedParts('npm run rehearse:containers', Object.keys(parts), process.argv.slice(2));
if ('text' in wanted) {
  (wanted.code === 0 ? process.stdout : process.stderr).write(wanted.text);
  process.exit(wanted.code);
}
const chosen = Object.entries(parts).filter(([name]) => wanted.names.includes(name));

const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-rehearsal-'));
const engine = openEngine(folder);
const cleanUp = async () => {
  await engine.close().catch(() => {});
  rmSync(folder, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => cleanUp().finally(() => process.exit(1)));
}
const started = performance.now();
let failed = true;
try {
  const tally = await rehearse([prepare, ...chosen.map(([, part]) => part)], engine, folder);
  process.stdout.write(`\n${Math.round((performance.now() - started) / 1000)} s\n`);
  process.stdout.write(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped\n`);
  failed = tally.failed > 0;
} finally {
  await cleanUp();
}
process.exit(failed ? 1 : 0);
