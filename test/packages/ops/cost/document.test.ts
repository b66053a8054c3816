import { readFileSync } from 'node:fs';
import { costTables } from '@healthcare-ai/ops/cost/document';
import { countOf } from './stages.ts';

const document = readFileSync('docs/cost.md', 'utf8');
const part = (name: string) =>
  new RegExp(`<!-- ${name}: [^\\n]*-->\\n([\\s\\S]*?)<!-- /${name} -->`).exec(document)?.[1]?.trim();
const tables = costTables({ dev: countOf('dev'), staging: countOf('staging'), prod: countOf('prod') });

it.each(Object.keys(tables))('docs/cost.md has the %s of the templates: npm run docs', (name) => {
  expect(part(name)).toBe(tables[name]);
});

it('docs/cost.md has no price', () => {
  expect(document).not.toMatch(/\$ ?\d|\d ?(USD|dollars|cents)/);
});
