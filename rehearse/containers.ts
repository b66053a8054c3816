import { backupPart } from './parts/backup.ts';
import { composePart } from './parts/compose.ts';
import { imagePart } from './parts/image.ts';
import { prepare } from './parts/prepare.ts';
import { prometheusPart } from './parts/prometheus.ts';
import { rollingUpdatePart } from './parts/rolling-update.ts';
import { systemdPart } from './parts/systemd.ts';
import { runRehearsal } from './support/command.ts';
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

await runRehearsal(async () => ({ parts: [prepare, ...chosen.map(([, part]) => part)] }));
