import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';
import { judge, readCases, scoreOf } from '../../../packages/clinical-text/bench/cases.ts';

const file = join(__dirname, '../../../../shared/cases/clinical-text.jsonl');
const found = existsSync(file);
const maybe = found ? describe : describe.skip;

/** The fewest passes allowed. Raise a number when a change makes more cases pass; never lower one. */
const least: Readonly<Record<string, number>> = {
  all: 162,
  phi: 44,
  context: 47,
  medication: 37,
  measurement: 16,
  section: 5,
  summary: 13,
};
const mostLeaks = 0;

maybe(`foreign cases${found ? '' : ' (SKIPPED: ../shared/cases is not here)'}`, () => {
  const engine = new EmbeddedEngine();
  const verdicts = found
    ? readCases(file).map((one) => judge(one, (text, options) => engine.analyzeSync(text, options)))
    : [];
  const scores = scoreOf(verdicts);

  test.each(Object.entries(least))('%s: at least %i pass', (area, count) => {
    const score = scores.find((one) => one.area === area);
    console.log(`foreign cases, ${area}: ${score?.passed} of ${score?.total} pass`);
    expect(score?.passed).toBeGreaterThanOrEqual(count);
  });

  test(`identifiers are left in at most ${mostLeaks} texts`, () => {
    expect(scores[0]?.leaks).toBeLessThanOrEqual(mostLeaks);
  });
});

if (!found) console.warn('cases.test.ts: ../shared/cases is not here; the foreign cases are skipped');
