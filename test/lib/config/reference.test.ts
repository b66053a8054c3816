import { readFileSync } from 'node:fs';
import { configurationReference } from '../../../lib/config/reference.ts';
import { stages } from '../../../lib/config/stages.ts';

describe('docs/configuration-aws.md', () => {
  it('[164.316(b)(2)(iii)] is what the schema and the stages say: if not, npm run docs', () => {
    expect(readFileSync('docs/configuration-aws.md', 'utf8')).toBe(configurationReference(stages));
  });

  it('explains every key', () => {
    const [, keys] = configurationReference(stages).split(/^## .+$/m);
    const rows = keys!.split('\n').filter((line) => /^\| `/.test(line) && line.split(' | ').length === 4);
    expect(rows.length).toBeGreaterThan(50);
    for (const row of rows) expect(row.split(' | ')[3]!.length).toBeGreaterThan(10);
  });
});
