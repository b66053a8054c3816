import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulePackSha256 } from '@healthcare-ai/clinical-text/rule-pack';

const root = join(__dirname, '../../..');
const card = readFileSync(join(root, 'docs/model-card.md'), 'utf8');
const shared = existsSync(join(root, '../shared/notes'));
const maybe = shared ? test : test.skip;

maybe(
  `the figures of the model card are of this rule pack${shared ? '' : ' (SKIPPED: ../shared/notes is not here)'}`,
  () => {
    expect(card).toContain(`rule pack ${rulePackSha256()}`);
  },
);

test('the card says what the engine must not be used for, and calls de-identification assistance', () => {
  expect(card).toMatch(/## What it must not be used for/);
  expect(card).toMatch(/\*\*Certifying de-identification\.\*\* It assists a reviewer/);
});

if (!shared) console.warn('model-card.test.ts: ../shared/notes is not here; the figures are not compared');
