import type { Context, ContextRules } from '../context/context.ts';
import type { HistoryByNature } from '../context/temporality.ts';
import type { Assertion, Finding, Medication, Section } from '../engine.ts';
import { notProblemModifiers, notProblems, problemHeads, problemSuffixes, problems } from '../lexicon/problems.ts';
import { symptoms } from '../lexicon/symptoms.ts';
import { SectionCursor } from '../sections/segmenter.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import type { Sentence } from '../text/sentences.ts';
import { tokenSpan } from '../text/spans.ts';
import { type Tokens, touches, WORD } from '../text/tokens.ts';

const SHORTEST_SUFFIXED = 7;
const historicalSections: ReadonlySet<string | null> = new Set([
  'past-medical-history',
  'past-surgical-history',
  'other-history',
]);

/** Problems and symptoms, with what is said of them. */
export class FindingRules {
  private readonly names = new PhraseTrie<Finding['kind']>().addAll(symptoms, 'symptom').addAll(problems, 'problem');
  private readonly exceptions: ReadonlySet<string> = new Set(notProblems);
  private readonly suffixes: ReadonlySet<string> = new Set(problemSuffixes);
  private readonly heads: ReadonlySet<string> = new Set(problemHeads);
  private readonly notModifiers: ReadonlySet<string> = new Set(notProblemModifiers);
  private readonly longestSuffix = Math.max(...problemSuffixes.map((suffix) => suffix.length));
  private readonly context: ContextRules;
  private readonly nature: HistoryByNature;

  constructor(context: ContextRules, nature: HistoryByNature) {
    this.context = context;
    this.nature = nature;
  }

  find(
    tokens: Tokens,
    sentences: readonly Sentence[],
    context: Context,
    sections: readonly Section[],
    medications: readonly Medication[],
  ): Finding[] {
    const found: Finding[] = [];
    const cursor = new SectionCursor(sections);
    let drug = 0;
    for (const sentence of sentences) {
      for (let at = sentence.from; at < sentence.to; at++) {
        if (tokens.kinds[at] !== WORD) continue;
        const match = this.names.longest(tokens, at, sentence.to);
        const kind = match?.value ?? (this.isProblem(tokens.lower[at]!) ? 'problem' : undefined);
        const from = kind === undefined ? this.headed(tokens, at, sentence.from) : at;
        if (from === undefined) continue;
        const end = match?.end ?? at + 1;
        const place = tokenSpan(tokens, from, end);
        while (drug < medications.length && medications[drug]!.end <= place.start) drug++;
        if (drug < medications.length && medications[drug]!.start < place.end) continue;
        if (place.start < (found.at(-1)?.end ?? 0)) continue;
        const section = cursor.label(place.start);
        found.push({
          ...place,
          kind: kind ?? 'problem',
          ...this.assertion(tokens, sentence, context, from, end, section),
          section,
        });
        at = end - 1;
      }
    }
    return found;
  }

  /** What is said of a concept, by its sentence, its nature and its section. */
  assertion(
    tokens: Tokens,
    sentence: Sentence,
    context: Context,
    from: number,
    to: number,
    section: string | null,
  ): Assertion {
    const said = this.context.assertion(context, from, to);
    const historical =
      said.temporality === 'recent' &&
      (historicalSections.has(section) || this.nature.holds(tokens, sentence, from, to, said.negation === 'negated'));
    return {
      ...said,
      temporality: historical ? 'historical' : said.temporality,
      experiencer: section === 'family-history' ? 'other' : said.experiencer,
    };
  }

  /** Where the words before a head noun begin: one word, or a name and its "'s"; undefined where they name nothing. */
  private headed(tokens: Tokens, at: number, first: number): number | undefined {
    if (!this.heads.has(tokens.lower[at]!) || at === first) return undefined;
    let from = at - 1;
    if (tokens.lower[from] === 's' && from - 2 >= first && tokens.kinds[from - 1] !== WORD) from -= 2;
    if (tokens.kinds[from] !== WORD || tokens.lower[from]!.length < 3 || this.notModifiers.has(tokens.lower[from]!))
      return undefined;
    while (
      from - 2 >= first &&
      tokens.lower[from - 1] === '-' &&
      tokens.kinds[from - 2] === WORD &&
      touches(tokens, from)
    )
      from -= 2;
    return from;
  }

  private isProblem(word: string): boolean {
    if (word.length < SHORTEST_SUFFIXED || this.exceptions.has(word)) return false;
    for (let length = Math.min(this.longestSuffix, word.length - 2); length >= 3; length--) {
      if (this.suffixes.has(word.slice(-length))) return true;
    }
    return false;
  }
}
