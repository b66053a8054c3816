import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const testFiles = (readdirSync('test', { recursive: true }) as string[]).filter((file) => file.endsWith('.ts'));
const readTest = (file: string) => readFileSync(join('test', file), 'utf8');

test('names the bundles in one place, which imports their sources', () => {
  const elsewhere = testFiles.filter((file) => /['"`]service\/dist\/[\w-]+\.cjs['"`]/.test(readTest(file)));

  // `earlier-release.ts` starts the bundle of another checkout.
  expect(elsewhere.toSorted()).toEqual(['service/support/bundle.ts', 'service/support/earlier-release.ts']);
});

test('jest selects the tests that start the bundle when a source of the service changes', () => {
  const related = ['--findRelatedTests', 'service/src/http/pipeline.ts', '--listTests', '--json'];
  const listed = JSON.parse(execFileSync('npx', ['jest', ...related], { encoding: 'utf8' })) as string[];
  const selected = new Set(listed.map((file) => relative(resolve('test'), file)));

  const starter = /(?:service\/|\.\.\/)support\/(stage|service|analyze-worker)\.ts'/;
  const starting = testFiles.filter(
    (file) => /^(service|packages\/audit-trail)\/.*\.test\.ts$/.test(file) && starter.test(readTest(file)),
  );
  expect(starting.length).toBeGreaterThan(40);
  expect(starting.filter((file) => !selected.has(file))).toEqual([]);
});
