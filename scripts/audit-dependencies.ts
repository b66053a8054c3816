import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/**
 * Asks the registry for known vulnerabilities of the locked packages, and fails for a high or critical one in what the
 * image carries. `npm audit --omit=dev` cannot list it: it leaves out what a workspace needs at run time and the root needs
 * for its tests.
 *
 * With `--report` it only lists what it found, or that the registry did not answer.
 */
const usage = 'usage: npm run audit:dependencies -- [--report]\nexample: npm run audit:dependencies';

interface Report {
  readonly message?: string;
  readonly vulnerabilities?: Readonly<
    Record<string, { readonly severity: string; readonly nodes: readonly string[]; readonly via: readonly Via[] }>
  >;
}

/** An advisory, or the name of the package that has one. */
type Via = string | { readonly title: string; readonly url: string };

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>>;
}

const grave = ['high', 'critical'];

function audit(): Report {
  const { stdout } = spawnSync('npm', ['audit', '--json', '--package-lock-only'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    timeout: 120_000,
  });
  try {
    return JSON.parse(stdout) as Report;
  } catch {
    return { message: 'npm audit gave no answer' };
  }
}

function main(args: readonly string[]): number {
  let report: boolean;
  try {
    report = parseArgs({ args: [...args], options: { report: { type: 'boolean', default: false } } }).values.report;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage}\n`);
    return 2;
  }
  const { message, vulnerabilities } = audit();
  if (vulnerabilities === undefined) {
    process.stdout.write(`Not checked: ${message ?? 'the registry gave no list of vulnerabilities'}\n`);
    return report ? 0 : 1;
  }
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
  const ships = (node: string) => packages[node]?.dev !== true && packages[node]?.devOptional !== true;
  let failing = 0;
  for (const [name, { severity, nodes, via }] of Object.entries(vulnerabilities)) {
    const inImage = nodes.some(ships);
    if (inImage && grave.includes(severity)) failing += 1;
    const why = via.map((one) => (typeof one === 'string' ? `by ${one}` : `${one.title} ${one.url}`)).join('; ');
    process.stdout.write(`${severity}, ${inImage ? 'in the image' : 'only builds or tests'}: ${name}: ${why}\n`);
  }
  process.stdout.write(
    `${Object.keys(vulnerabilities).length} packages with known vulnerabilities, ${failing} of them high or critical in the image\n`,
  );
  return failing > 0 && !report ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
