import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';
import { faultsOf } from '../../../service/src/analysis/check-analysis.ts';
import { sizeOf } from '../../support/size.ts';

const folder = join(__dirname, '../../../../shared/notes');
const found = existsSync(folder);
/** Every fifth row of each file; the nightly run takes every row. */
const step = sizeOf(5, 1);
const maybe = found ? describe : describe.skip;

maybe(`every shared note${found ? '' : ' (SKIPPED: ../shared/notes is not here)'}`, () => {
  const engine = new EmbeddedEngine();
  const files = found ? readdirSync(folder).filter((file) => file.endsWith('.jsonl')) : [];
  const textsOf = (file: string): string[] =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as Record<string, string>)
      .map((row) => (row.note_text ?? row.text ?? row.sentence)!);

  test.each(files)('%s: every item gives its text, none overlaps its kind, twice gives the same bytes', (file) => {
    const texts = textsOf(file);
    const faults: string[] = [];
    texts.forEach((text, at) => {
      if (at % step !== 0) return;
      for (const mode of ['balanced', 'recall-first'] as const) {
        const options = { mode, replacement: 'surrogate', surrogateSeed: 's', dateShiftDays: -35 } as const;
        const analysis = engine.analyzeSync(text, options);
        for (const fault of faultsOf(text, analysis)) faults.push(`row ${at + 1}: ${fault}`);
        if (JSON.stringify(engine.analyzeSync(text, options)) !== JSON.stringify(analysis))
          faults.push(`row ${at + 1}: differs`);
      }
    });
    expect(texts.length).toBeGreaterThan(0);
    expect(faults.slice(0, 10)).toEqual([]);
  });

  test('an engine built again gives the same bytes', () => {
    const [text] = textsOf(files[0]!);
    expect(JSON.stringify(new EmbeddedEngine().analyzeSync(text!))).toBe(JSON.stringify(engine.analyzeSync(text!)));
  });
});

if (!found) console.warn('shared-notes.test.ts: ../shared/notes is not here; its tests are skipped');
