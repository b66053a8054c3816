import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';

/**
 * Writes the bill of materials of the image (CycloneDX 1.5) from the lock file: the packages of the service and of
 * the page, and none that only builds or tests them.
 */
const out = 'service/dist/bom.cdx.json';

interface Bom {
  metadata: { timestamp?: string };
  serialNumber?: string;
  components: { 'bom-ref': string; properties?: { name: string; value: string }[] }[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

// `--omit=dev` would leave out what a workspace needs at run time and the root for its tests, such as zod.
const args = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--workspace=service', '--workspace=web'];
const bom = JSON.parse(
  execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 26 }),
) as Bom;
const development = 'cdx:npm:package:development';
bom.components = bom.components.filter(({ properties }) => !properties?.some(({ name }) => name === development));
const kept = new Set(bom.components.map((component) => component['bom-ref']));
bom.dependencies = bom.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((name) => kept.has(name)) }));
// Neither belongs to the content: the same lock file gives the same bill.
delete bom.metadata.timestamp;
delete bom.serialNumber;
mkdirSync('service/dist', { recursive: true });
writeFileSync(out, `${JSON.stringify(bom, null, 2)}\n`);
process.stdout.write(`${out}: ${bom.components.length} packages\n`);
