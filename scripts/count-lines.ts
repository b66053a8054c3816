import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';

/**
 * Counts tracked lines without blank lines and comments, by area: `npm run count`, or `npm run count -- COMMIT` to compare
 * the working tree's commit with another one. Data files of tests and documents have no comments: their lines count.
 */
const { positionals } = parseArgs({ allowPositionals: true });

/** First match decides. Paths of release 0.1.0 are counted where the code is today. */
const areas: readonly (readonly [area: string, pattern: RegExp])[] = [
  ['not counted', /^(package-lock\.json|LICENSE|shared\/|.*\.(?:png|svg|ico|pem|gz|lock)$)/],
  ['tests', /^test\/.*\.(?:ts|js|cjs)$/],
  ['test data', /^test\//],
  ['documents', /\.md$/],
  ['packages/contract', /^(packages\/contract|service\/src\/contract\.ts)/],
  [
    'packages/audit-trail',
    /^(packages\/audit-trail|service\/src\/trail\/|service\/src\/verify-audit\.ts|service\/src\/audit\/(canonical-json|event|chain)\.ts)/,
  ],
  [
    'packages/clinical-text',
    /^(packages\/clinical-text|service\/src\/analysis\/embedded\/|service\/src\/analysis\/engine\.ts|bench\/quality)/,
  ],
  ['packages/cloud-policies', /^(packages\/cloud-policies|lib\/policies\/|lib\/gates\/)/],
  ['packages/compliance', /^(packages\/compliance|lib\/ops\/evidence\/)/],
  ['packages/ops', /^(packages\/ops|lib\/ops\/|lib\/cost\/)/],
  ['service', /^service\//],
  ['web', /^web\//],
  ['lib and bin', /^(lib|bin)\//],
  ['scripts and bench', /^(scripts|bench)\//],
  ['rehearse', /^rehearse\//],
  ['deploy', /^deploy\//],
  ['repository', /./],
];

const hash = /\.(?:ya?ml|sh|toml|conf|cfg|tf|env|properties)$|Dockerfile|\/(?:run|parts|pre-push)$/;

/** Lines of code: neither blank nor comment. A comment behind code leaves a line of code. */
function countLines(path: string, text: string): number {
  const plain = areaOf(path) === 'test data' || /\.(?:md|json|snap|txt|jsonl|csv)$/.test(path);
  let inComment = false;
  let count = 0;
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') continue;
    if (plain) count += 1;
    else if (hash.test(path)) count += line.startsWith('#') ? 0 : 1;
    else if (inComment) inComment = !line.includes('*/');
    else if (line.startsWith('/*')) inComment = !line.includes('*/');
    else if (!line.startsWith('//')) count += 1;
  }
  return count;
}

const areaOf = (path: string): string => areas.find(([, pattern]) => pattern.test(path))![0];

function countCommit(commit: string): Map<string, number> {
  const git = (args: readonly string[], input?: string) =>
    execFileSync('git', args, { input, maxBuffer: 1 << 30, stdio: ['pipe', 'pipe', 'inherit'] });
  const paths = git(['ls-tree', '-r', '-z', '--name-only', commit]).toString().split('\0').filter(Boolean);
  const files = git(['cat-file', '--batch'], paths.map((path) => `${commit}:${path}\n`).join(''));
  const counts = new Map<string, number>();
  let at = 0;
  for (const path of paths) {
    // "<object> blob <size>\n<content>\n": https://git-scm.com/docs/git-cat-file#_batch_output
    const headEnd = files.indexOf('\n', at);
    const size = Number(files.toString('utf8', at, headEnd).split(' ')[2]);
    const content = files.toString('utf8', headEnd + 1, headEnd + 1 + size);
    at = headEnd + size + 2;
    counts.set(areaOf(path), (counts.get(areaOf(path)) ?? 0) + countLines(path, content));
  }
  return counts;
}

const outsideCode = ['not counted', 'tests', 'test data', 'documents'];
const sumOf = (counts: Map<string, number>, chosen: (area: string) => boolean): number =>
  [...counts].filter(([area]) => chosen(area)).reduce((sum, [, count]) => sum + count, 0);

const commits = [...positionals, 'HEAD'];
const counted = commits.map((commit) => countCommit(commit));
const rows: (readonly [string, (counts: Map<string, number>) => number])[] = [
  ...areas
    .map(([area]) => area)
    .filter((area) => area !== 'not counted')
    .map((area) => [area, (counts: Map<string, number>) => counts.get(area) ?? 0] as const),
  ['all code outside tests', (counts) => sumOf(counts, (area) => !outsideCode.includes(area))],
  ['all tests and test data', (counts) => sumOf(counts, (area) => area.startsWith('test'))],
];
const table = rows.map(([area, of]) => {
  const numbers = counted.map(of);
  const change = numbers.length > 1 && numbers[0]! > 0 ? `${(100 * (numbers[1]! / numbers[0]! - 1)).toFixed(1)} %` : '';
  return [area, ...numbers.map(String), change];
});
const head = ['area', ...commits, commits.length > 1 ? 'change' : ''];
const widths = head.map((title, column) => Math.max(title.length, ...table.map((row) => row[column]!.length)));
for (const row of [head, ...table]) {
  const cells = row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)));
  process.stdout.write(`${cells.join('  ').trimEnd()}\n`);
}
