import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bandedRules, bandOf } from '@healthcare-ai/clinical-text/confidence';

const card = readFileSync(join(import.meta.dirname, '../../../docs/model-card.md'), 'utf8');

/** The measurements that the card commits: `| rule NAME | engine | precision | .98 (LOW to HIGH) |  |  | COUNT |`. */
const measured = [
  ...card.matchAll(/^\| rule (\S+) \| engine \| precision \| [\d.]+ \(([\d.]+) to [\d.]+\) \|[ |]+\| (\d+) \|$/gm),
].map(([, rule, low, count]) => ({ rule: rule!, low: Number(low), count: Number(count) }));

const bandFor = (low: number, count: number) => (count < 30 || low < 0.75 ? 'low' : low < 0.9 ? 'medium' : 'high');

test('the band of every measured rule follows from the lower bound of its precision', () => {
  expect(measured.length).toBeGreaterThan(10);
  expect(measured.map(({ rule }) => [rule, bandOf(rule)])).toEqual(
    measured.map(({ rule, low, count }) => [rule, bandFor(low, count)]),
  );
});

test('a rule without a measurement is low', () => {
  const names = new Set(measured.map(({ rule }) => rule));
  expect(bandedRules.filter((rule) => !names.has(rule))).toEqual([]);
  expect(bandOf('allergy.lead')).toBe('low');
});
