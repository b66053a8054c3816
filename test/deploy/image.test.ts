import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contract } from '@healthcare-ai/contract';
import { build } from 'esbuild';
import { databaseRootRegions } from '../../lib/config/regions.ts';
import { shipped, yaml } from './support/files.ts';

const dockerfile = readFileSync('service/Dockerfile', 'utf8');
const of = (instruction: string) =>
  [...dockerfile.matchAll(new RegExp(`^${instruction} (.*)$`, 'gm'))].map(([, rest]) => rest);

describe('the Dockerfile', () => {
  test('names no base without a version, and none in FROM that cannot be replaced', () => {
    for (const argument of of('ARG').filter((text) => text!.includes('IMAGE='))) {
      expect(argument).toMatch(/:[\w.-]+$/);
      expect(argument).not.toMatch(/:latest$/);
    }
    for (const from of of('FROM')) expect(from).toMatch(/\$\{(BUILD|RUNTIME)_IMAGE\}|^scratch /);
  });

  test('runs as the user of the contract, on its ports, and can be stopped', () => {
    const { uid, gid } = contract.user;
    expect(of('USER')).toEqual([`${uid}:${gid}`]);
    expect(of('EXPOSE')).toEqual([`${contract.port} ${contract.metricsPort}`]);
    expect(of('STOPSIGNAL')).toEqual(['SIGTERM']);
  });

  test('starts and is checked as the contract says, so that a platform can give it another command', () => {
    const { node, serve, healthCheck, databaseAuthorities } = contract.container;
    const json = (command: readonly string[]) => `[${command.map((word) => JSON.stringify(word)).join(', ')}]`;
    expect(of('ENTRYPOINT')).toEqual([json([node])]);
    expect(of('CMD')).toEqual([json(serve)]);
    expect(dockerfile).toContain(`CMD ${json(healthCheck)}`);
    expect(databaseAuthorities).toBe(`${of('WORKDIR').at(-1)}/rds-ca.pem`);
  });

  test('migrates, on every platform that has a migration of its own, by the command of the contract', () => {
    const compose = yaml(shipped('compose/compose.yaml')).services.migrate.command;
    const job = yaml(shipped('kubernetes/migrate/job.yaml')).spec.template.spec.containers[0].args;
    const command = [...contract.container.migrate, '--service-role', 'healthcare_ai'];
    expect([compose, job]).toEqual([command, command]);
  });

  test('takes nothing from the context but what it names', () => {
    const [first, ...rest] = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'));
    expect(first).toBe('*');
    for (const line of rest)
      expect(line).toMatch(
        /^!(package|tsconfig|scripts\/|(service|packages\/(contract|access-tokens|audit-trail|clinical-text)|web)\/(package\.json|src)$|web\/(build\.ts|tsconfig\.json|(index|signin)\.html)$)/,
      );
  });
});

describe('the authorities of RDS', () => {
  test('are self-signed roots in force, for the regions and the three kinds that Aurora offers', () => {
    execFileSync('node', ['scripts/rds-ca.ts'], { stdio: 'ignore' });
    const pem = readFileSync('service/dist/rds-ca.pem', 'utf8');
    const roots = pem.match(/-----BEGIN[\s\S]*?-----END CERTIFICATE-----/g)!.map((text) => new X509Certificate(text));
    const names = roots.map(({ subject }) => /^CN=Amazon RDS (\S+) Root CA (\S+) G1$/m.exec(subject)!.slice(1));
    for (const root of roots) {
      expect(root.ca && root.verify(root.publicKey)).toBe(true);
      expect(root.validToDate.getTime()).toBeGreaterThan(Date.now() + 365 * 86_400_000);
    }
    // Synth refuses a stage in any other region.
    expect([...new Set(names.map(([name]) => name))].sort()).toEqual([...databaseRootRegions].sort());
    for (const region of databaseRootRegions) {
      const kinds = names.filter(([name]) => name === region).map(([, kind]) => kind);
      expect(kinds.sort()).toEqual(['ECC384', 'RSA2048', 'RSA4096']);
    }
  });
});

test('[Security scanning done] the bill of materials names every package of which a line is in the bundle', async () => {
  execFileSync('node', ['scripts/bom.ts'], { stdio: 'ignore' });
  const bom = JSON.parse(readFileSync('service/dist/bom.cdx.json', 'utf8')) as {
    bomFormat: string;
    components: { purl: string }[];
  };
  expect(bom.bomFormat).toBe('CycloneDX');
  const listed = new Set(
    bom.components.map(({ purl }) => decodeURIComponent(purl.slice('pkg:npm/'.length).split('?')[0]!)),
  );
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-bom-'));
  const { metafile } = await build({
    entryPoints: ['service/src/main.ts'],
    outdir: folder,
    bundle: true,
    platform: 'node',
    external: ['@electric-sql/pglite', 'pg-native', 'supports-color'],
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  rmSync(folder, { recursive: true });
  const bundled = new Set<string>();
  for (const input of Object.keys(metafile.inputs)) {
    const place = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
    if (!place) continue;
    const { name, version } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
    bundled.add(`${name}@${version}`);
  }
  expect(bundled.size).toBeGreaterThan(50);
  expect([...bundled].filter((name) => !listed.has(name))).toEqual([]);
});
