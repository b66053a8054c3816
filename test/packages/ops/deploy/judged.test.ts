import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isJudged, noteJudgement } from '@healthcare-ai/ops/deploy/judged';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-judged-'));
  mkdirSync(join(folder, 'assembly-dev'));
  writeFileSync(join(folder, 'assembly-dev', 'audit.template.json'), '{"Resources":{}}');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('Templates that every gate has passed', () => {
  it('are known again', () => {
    expect(isJudged(folder)).toBe(false);
    noteJudgement(folder);
    expect(isJudged(folder)).toBe(true);
  });

  it.each([
    ['a template changed', () => writeFileSync(join(folder, 'assembly-dev', 'audit.template.json'), '{}')],
    ['there is one more', () => writeFileSync(join(folder, 'assembly-dev', 'more.template.json'), '{}')],
    ['one is gone', () => rmSync(join(folder, 'assembly-dev', 'audit.template.json'))],
    ['the note is of something else', () => writeFileSync(join(folder, 'judged.sha256'), 'yes\n')],
  ])('are judged again when %s', (_what, change) => {
    noteJudgement(folder);
    change();
    expect(isJudged(folder)).toBe(false);
  });
});
