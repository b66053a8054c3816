import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Adds to package-lock.json the platform packages that npm left out because the registry at hand does not hold them
 * (`@biomejs/cli-darwin-arm64`, ...). They are pinned by their parents, and without their entries `npm ci` refuses the
 * lock on every platform. To be run after `npm install` where a mirror is incomplete: `node scripts/complete-lock.ts`.
 */
interface Entry {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

const path = 'package-lock.json';
const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, Entry> };
const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32'];
let added = 0;
for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const place = `node_modules/${name}`;
    const os = systems.find((system) => name.includes(system));
    const cpu = processors.find((processor) => name.includes(processor));
    if (lock.packages[place] || lock.packages[`${parent}/${place}`] || !os || !cpu || !/^\d/.test(version)) continue;
    lock.packages[place] = {
      version,
      cpu: [cpu],
      ...(dev ? { dev } : {}),
      ...(name.endsWith('musl')
        ? { libc: ['musl'] }
        : name.endsWith('gnu') && os === 'linux'
          ? { libc: ['glibc'] }
          : {}),
      optional: true,
      os: [os],
    };
    added += 1;
  }
}
const [root, ...rest] = Object.keys(lock.packages);
lock.packages = Object.fromEntries([root!, ...rest.sort()].map((name) => [name, lock.packages[name]!]));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added} platform packages added\n`);
