import { measurementLinks, pendingWords, proseLinks } from '../lexicon/measurements.ts';
import type { QuantityRules } from '../quantity/quantities.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { NUMBER, type Tokens } from '../text/tokens.ts';
import type { Named } from './test-draft.ts';
import { isLowerCase, type TestValueRules } from './test-value.ts';
import type { ValueCourseRules } from './value-course.ts';
import type { ValueMention } from './value-mention.ts';

/** Tokens between a name and its value. */
const REACH = 8;
/** Marks right after a name: "K+ 3.2", "HR* 90", "BP (lying)". */
const opening = new Set(['(', '[', ':', '=', '|', '~', '-', '–', '+', '*']);

/** The first value after the name of a test. */
export class FirstValueRules {
  private readonly links = new PhraseTrie<true>().addAll(measurementLinks, true);
  private readonly proseLinks = new PhraseTrie<true>().addAll(proseLinks, true);
  private readonly pending = new PhraseTrie<true>().addAll(pendingWords, true);
  private readonly quantities: QuantityRules;
  private readonly values: TestValueRules;
  private readonly course: ValueCourseRules;

  constructor(quantities: QuantityRules, values: TestValueRules, course: ValueCourseRules) {
    this.quantities = quantities;
    this.values = values;
    this.course = course;
  }

  /** The first value after a name, past words that link them. */
  after(
    tokens: Tokens,
    { from, to: nameEnd, rule, prose }: Named,
    item: { readonly from: number; readonly to: number },
    comma: boolean,
  ):
    | { readonly value: ValueMention; readonly earlierFirst: boolean; readonly position: ValueMention['position'] }
    | 'pending'
    | undefined {
    let to = nameEnd;
    let at = to;
    let earlierFirst = false;
    let position: ValueMention['position'] = null;
    let unit: ValueMention['unit'] = null;
    const limit = item.to;
    let linked = !prose;
    while (at < limit && at - to <= REACH) {
      if (tokens.breaks[at]! > 1) return undefined;
      if (this.pending.longest(tokens, at, limit) !== undefined) return 'pending';
      const value = linked || tokens.kinds[at] !== NUMBER ? this.values.at(tokens, at, limit, rule, comma) : undefined;
      if (value !== undefined && linked)
        return { value: unit === null || value.unit !== null ? value : { ...value, unit }, earlierFirst, position };
      // "Glucose (mmol/L): 17.4"
      const united = tokens.lower[at] === '(' ? this.quantities.unitAt(tokens, at + 1, limit) : undefined;
      if (united !== undefined && tokens.lower[united.to] === ')') {
        unit = united;
        at = united.to + 1;
        continue;
      }
      // "GCS E3 V4 M6 = 13"
      if (rule.kind === 'score' && /^[evm]$/.test(tokens.lower[at]!) && tokens.kinds[at + 1] === NUMBER) {
        at += 2;
        to = at;
        continue;
      }
      const place = this.values.details.positionAt(tokens, at, limit);
      position = place?.value ?? position;
      const link =
        (prose ? this.proseLinks : this.links).longest(tokens, at, limit) ??
        (prose ? undefined : this.course.earlier.longest(tokens, at, limit));
      const end = Math.max(link?.end ?? 0, place?.end ?? 0);
      if (end === 0) {
        // "Creatinine bumped to 2.3", "INR settled back at 2.4"
        const moved = prose ? undefined : this.movedTo(tokens, at, limit);
        if (moved !== undefined) {
          earlierFirst ||= tokens.lower[moved - 1] === 'from';
          at = moved;
          continue;
        }
        // "K+ 3.2", "HR* 90", "BP (lying)"
        if (at === to && opening.has(tokens.lower[at]!)) {
          at++;
          continue;
        }
        // "the ejection fraction (EF) was 25%"
        if (tokens.lower[at] === ')' && (at > nameEnd || tokens.lower[from - 1] === '(')) {
          at++;
          continue;
        }
        return undefined;
      }
      for (let word = at; word < end; word++) if (tokens.lower[word] === 'from') earlierFirst = true;
      linked = true;
      at = end;
    }
    return undefined;
  }

  /** A verb of change with "to", "at" or "from" within three words. */
  private movedTo(tokens: Tokens, from: number, limit: number): number | undefined {
    if (!/(?:ed|ing|en|ept|ose|ell|ung|ank)$/.test(tokens.lower[from]!) || !isLowerCase(tokens, from)) return undefined;
    for (let at = from + 1; at < Math.min(limit, from + 4); at++) {
      if (/^(?:to|at|from)$/.test(tokens.lower[at]!)) return at + 1;
      if (!/^(?:up|down|back|further|again|slightly|nicely|is|was|out)$/.test(tokens.lower[at]!)) return undefined;
    }
    return undefined;
  }
}
