import type { Item, TokenRange } from '../document.ts';
import { bodySites, courses, coursesAfter, severities, sideLetters, sides } from '../lexicon/problem-attributes.ts';
import type { Problem, Severity, Side, Span } from '../model.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { tokenSpan } from '../text/spans.ts';
import { type Tokens, WORD } from '../text/tokens.ts';
import { onsetAfter } from './onset.ts';

type Attributes = Pick<Problem, 'severity' | 'site' | 'side' | 'course' | 'onset'>;

/** Words before a mention that may belong to it, and after it. */
const BEFORE = 4;
const AFTER = 6;

const links = new Set([
  'in',
  'of',
  'to',
  'at',
  'over',
  'on',
  'the',
  'her',
  'his',
  'their',
  'a',
  'both',
  'lower',
  'upper',
  'and',
]);

const pairing = /^(?:and|or|&|\/)$/;
/** Words before a mention that separate it from the text before them. */
const separating = new Set(['with', 'without', 'denies', 'but', 'for']);

/** Severity, side, site, course and onset of a problem: read from the words next to it, never over punctuation. */
export class AttributeRules {
  private readonly severities = new PhraseTrie<Severity>();
  private readonly sides = new PhraseTrie<Side>();
  private readonly courses = new PhraseTrie<true>().addAll(courses, true);
  private readonly coursesAfter = new PhraseTrie<true>().addAll(coursesAfter, true);
  private readonly sites: ReadonlySet<string> = new Set(bodySites);

  constructor() {
    for (const severity of ['mild', 'moderate', 'severe'] as const)
      this.severities.addAll(severities[severity], severity);
    for (const side of ['left', 'right', 'bilateral'] as const) this.sides.addAll(sides[side], side);
  }

  /**
   * @param from @param to tokens of the mention
   * @param last the mention before it in its item, whose words are excluded
   */
  of(tokens: Tokens, item: Item, from: number, to: number, last?: TokenRange): Attributes {
    const found: { -readonly [Key in keyof Attributes]: Attributes[Key] } = {};
    const free = last?.to ?? item.from;
    // "Severe nausea and vomiting" are both severe; "tachycardia with fibrillation" is no pair.
    const paired = last !== undefined && (from === free || (from - free === 1 && pairing.test(tokens.lower[free]!)));
    const first = Math.max(item.from, paired ? item.from : free);
    let start = from;
    let words = 0;
    while (start > first && words < BEFORE) {
      const word = tokens.lower[start - 1]!;
      if (tokens.kinds[start - 1] === WORD ? separating.has(word) : word !== '-') break;
      if (tokens.kinds[start - 1] === WORD) words++;
      start--;
    }
    for (let at = start; at < to; at++) {
      if (tokens.kinds[at] !== WORD) continue;
      const severity = this.severities.longest(tokens, at, to);
      if (severity !== undefined) found.severity = { ...tokenSpan(tokens, at, severity.end), value: severity.value };
      const side = this.sideAt(tokens, at, to);
      if (side !== undefined) found.side = side;
      const course = this.courses.longest(tokens, at, to);
      if (course !== undefined && course.end <= Math.max(from, at + 1))
        found.course = tokenSpan(tokens, at, course.end);
      if ((at >= free || at < last!.from) && this.sites.has(tokens.lower[at]!))
        found.site = tokenSpan(tokens, at, at + 1);
    }
    this.readAfter(tokens, item, to, found);
    const onset = onsetAfter(tokens, item, to);
    if (onset !== undefined) found.onset = onset;
    return found;
  }

  private readAfter(
    tokens: Tokens,
    item: Item,
    to: number,
    found: { -readonly [Key in keyof Attributes]: Attributes[Key] },
  ): void {
    const limit = Math.min(item.to, to + AFTER);
    const course = to < limit ? this.coursesAfter.longest(tokens, to, limit) : undefined;
    if (course !== undefined) found.course ??= tokenSpan(tokens, to, course.end);
    for (let at = to; at < limit; at++) {
      const word = tokens.lower[at]!;
      if (tokens.kinds[at] !== WORD || (at === to && word === 'and')) return;
      const side = this.sideAt(tokens, at, limit);
      if (side !== undefined) found.side ??= side;
      else if (this.sites.has(word)) {
        if (at > to) found.site ??= tokenSpan(tokens, at, at + 1);
        return;
      } else if (!links.has(word)) return;
    }
  }

  private sideAt(tokens: Tokens, at: number, limit: number): (Span & { readonly value: Side }) | undefined {
    const match = this.sides.longest(tokens, at, limit);
    if (match !== undefined) return { ...tokenSpan(tokens, at, match.end), value: match.value };
    const letter = tokens.ends[at]! - tokens.starts[at]! === 1 ? tokens.source[tokens.starts[at]!]! : '';
    if (letter !== 'L' && letter !== 'R') return undefined;
    return { ...tokenSpan(tokens, at, at + 1), value: sideLetters[letter] };
  }
}
