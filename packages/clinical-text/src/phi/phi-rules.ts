import type { Age, DeidentificationMode, PhiSpan } from '../engine.ts';
import type { Sentence } from '../text/sentences.ts';
import { tokenSpan, withoutOverlap } from '../text/spans.ts';
import { NUMBER, PUNCTUATION, type Tokens, tokenAt } from '../text/tokens.ts';
import type { Candidate } from './candidate.ts';
import { DateRules } from './date-rules.ts';
import { IdentifierRules } from './identifier-rules.ts';
import { KnownWords } from './known-words.ts';
import { NameLexicon } from './name-lexicon.ts';
import { NameRules } from './name-rules.ts';
import { PlaceRules } from './place-rules.ts';

/** Oldest age that is no identifier: 45 CFR 164.514(b)(2)(i)(C). */
const OLDEST = 89;

/** The identifiers of Safe Harbor in a text. Assistance: what it finds must be reviewed, what it misses is not shown. */
export class PhiRules {
  private readonly dates = new DateRules();
  private readonly identifiers = new IdentifierRules();
  private readonly names: NameRules;
  private readonly places: PlaceRules;

  constructor() {
    const lexicon = new NameLexicon(new KnownWords());
    this.names = new NameRules(lexicon);
    this.places = new PlaceRules(lexicon);
  }

  find(tokens: Tokens, sentences: readonly Sentence[], ages: readonly Age[], mode: DeidentificationMode): PhiSpan[] {
    const candidates = [
      ...this.identifiers.find(tokens),
      ...this.dates.find(tokens),
      ...this.places.find(tokens),
      ...this.names.find(tokens, sentences),
      ...oldAges(tokens, ages),
    ].filter(({ recallOnly }) => mode === 'recall-first' || recallOnly !== true);
    return withoutOverlap(
      candidates.map(({ from, to, category, rule }) => ({ ...tokenSpan(tokens, from, to), category, rule })),
    );
  }
}

const oldAges = (tokens: Tokens, ages: readonly Age[]): Candidate[] => {
  const found: Candidate[] = [];
  for (const { start, years } of ages) {
    if (years === null || years <= OLDEST) continue;
    let from = tokenAt(tokens, start);
    while (tokens.kinds[from] !== NUMBER && from + 1 < tokens.count && from - tokenAt(tokens, start) < 3) from++;
    found.push({ from, to: from + 1, category: 'AGE_OVER_89', rule: 'age' });
  }
  for (let at = 0; at < tokens.count; at++) {
    if (tokens.kinds[at] !== NUMBER || !/^(?:9\d|1[01]\d)$/.test(tokens.lower[at]!)) continue;
    const after = tokens.lower[at + 1] ?? '';
    const unit = tokens.lower[at + 2] ?? '';
    const owner = /^(?:mid|late|early|-)$/.test(tokens.lower[at - 1] ?? '')
      ? tokens.lower[at - 2]
      : tokens.lower[at - 1];
    const decade = after === 's' && /^(?:his|her|their)$/.test(owner ?? '');
    const plus = after === '+' && /^(?:-|year|years|yo|y)$/.test(unit);
    const old = (after === '-' || after === '–') && /^(?:year|yr|years)$/.test(unit);
    const plain =
      /^(?:yo|y|yr|yrs)$/.test(after) || ((after === 'years' || after === 'year') && /^(?:old|of|-)$/.test(unit));
    const aged =
      /^(?:aged|age)$/.test(tokens.lower[at - 1] ?? '') ||
      (tokens.lower[at - 1] === ':' && tokens.lower[at - 2] === 'age');
    if (decade || plus || old || plain || aged)
      found.push({ from: at, to: plus ? at + 2 : at + 1, category: 'AGE_OVER_89', rule: 'age' });
  }
  return found.filter(({ to }) => tokens.kinds[to - 1] !== PUNCTUATION || tokens.lower[to - 1] === '+');
};
