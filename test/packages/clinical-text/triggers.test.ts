import { contextTriggers } from '@healthcare-ai/clinical-text/lexicon/context-triggers';
import { tokenize } from '@healthcare-ai/clinical-text/text/tokens';

/** Verdicts on whether something is there: a phrase may give one of them, in one direction. */
const verdicts = new Set(['negated', 'possible', 'likely', 'unlikely', 'resolved']);
/** Said before a term or after it, with the same meaning. */
const bothWays = new Set([
  'absent',
  'negative',
  'neg',
  'nil',
  'denied',
  'versus',
  'vs',
  'suspected',
  'most likely',
  'queried',
]);

test('no phrase of the trigger table contradicts itself', () => {
  const uses = new Map<string, Set<string>>();
  for (const { kind, reach, phrases } of contextTriggers) {
    if (!verdicts.has(kind) && kind !== 'pseudo' && kind !== 'exclusion') continue;
    for (const phrase of phrases) {
      const words = tokenize(phrase)
        .lower.filter((word) => !/^['’-]$/.test(word))
        .join(' ');
      uses.set(words, (uses.get(words) ?? new Set()).add(`${kind} ${reach}`));
    }
  }
  const contradictions = [...uses]
    .filter(([, kinds]) => kinds.size > 1)
    .filter(
      ([phrase, kinds]) => !(bothWays.has(phrase) && new Set([...kinds].map((use) => use.split(' ')[0])).size === 1),
    )
    .map(([phrase, kinds]) => `${phrase}: ${[...kinds].join(', ')}`);
  expect(contradictions).toEqual([]);
  expect(uses.size).toBeGreaterThan(1000);
});
