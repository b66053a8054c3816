import type { KnownName, Locale, PhiCategory } from '../engine.ts';
import { PhraseTrie, RequestPhrases } from '../text/phrase-trie.ts';
import type { Sentence } from '../text/sentences.ts';
import { runEnd, type Tokens, touches, WORD } from '../text/tokens.ts';
import { type Candidate, RANK } from './candidate.ts';
import { KnownIdentifiers } from './known-identifiers.ts';
import type { NameLexicon } from './name-lexicon.ts';

/** The description of a site. It is part of the rule pack: its hash changes with it. */
export interface SiteProfile {
  /** Decides the order of dates where a note does not. */
  readonly locale?: Locale;
  readonly staff?: readonly KnownName[];
  readonly institutions?: readonly string[];
  readonly wards?: readonly string[];
  /** Forms of the site's own numbers: `9` is a digit, `A` a letter, anything else itself. */
  readonly numbers?: readonly { readonly category: PhiCategory; readonly form: string }[];
  /** Words that no rule may take for an identifier. */
  readonly keep?: readonly string[];
  /** Words that are always replaced. */
  readonly remove?: readonly string[];
}

interface NumberForm {
  readonly category: PhiCategory;
  readonly pattern: RegExp;
}

const patternOf = (form: string): RegExp =>
  new RegExp(
    `${[...form].map((each) => (each === '9' ? '\\d' : each === 'A' ? '\\p{L}' : each.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))).join('')}(?![\\p{L}\\p{N}])`,
    'uyi',
  );

export class CompiledProfile {
  readonly locale: Locale | undefined;
  private readonly roster: KnownIdentifiers | undefined;
  private readonly phrases = new PhraseTrie<PhiCategory>();
  private readonly numbers: readonly NumberForm[];
  private readonly keep: readonly string[];
  private readonly any: boolean;

  constructor(
    { locale, staff, institutions = [], wards = [], numbers = [], keep = [], remove = [] }: SiteProfile,
    lexicon: NameLexicon,
  ) {
    this.locale = locale;
    this.roster = staff === undefined || staff.length === 0 ? undefined : new KnownIdentifiers({ staff }, lexicon);
    this.phrases.addAll(institutions, 'INSTITUTION').addAll(wards, 'INSTITUTION').addAll(remove, 'OTHER_ID');
    this.numbers = numbers.map(({ category, form }) => ({ category, pattern: patternOf(form) }));
    this.keep = keep;
    this.any = institutions.length + wards.length + remove.length + numbers.length > 0;
  }

  find(tokens: Tokens, sentences: readonly Sentence[], remove: readonly string[]): Candidate[] {
    const found = [...(this.roster?.find(tokens, sentences).candidates ?? [])];
    const removed = remove.length === 0 ? undefined : new RequestPhrases(remove);
    if (!this.any && removed === undefined) return found;
    for (let at = 0; at < tokens.count; at++) {
      const to = removed?.longest(tokens, at);
      const match = to !== undefined || !this.any ? undefined : this.phrases.longest(tokens, at, tokens.count);
      if (to !== undefined) found.push({ from: at, to, category: 'OTHER_ID', rule: 'site list', rank: RANK.known });
      else if (match !== undefined)
        found.push({ from: at, to: match.end, category: match.value, rule: 'site list', rank: RANK.known });
      else if (this.numbers.length > 0 && !touches(tokens, at)) {
        const number = this.numberAt(tokens, at);
        if (number !== undefined) found.push(number);
      }
    }
    return found;
  }

  private numberAt(tokens: Tokens, at: number): Candidate | undefined {
    for (const { category, pattern } of this.numbers) {
      pattern.lastIndex = tokens.starts[at]!;
      const match = pattern.exec(tokens.source);
      if (match === null) continue;
      const to = runEnd(tokens, at, tokens.starts[at]! + match[0].length);
      return { from: at, to, category, rule: 'site number', rank: RANK.known };
    }
    return undefined;
  }

  /** What `keep` lets stand: what a rule guessed from words. Numbers of a known form and known identifiers never. */
  keepFilter(tokens: Tokens, more: readonly string[]): (candidate: Candidate) => boolean {
    if (this.keep.length + more.length === 0) return () => true;
    const words = new Set(
      [...this.keep, ...more].flatMap(
        (phrase) =>
          phrase
            .normalize('NFC')
            .toLowerCase()
            .match(/[\p{L}\p{N}]+/gu) ?? [],
      ),
    );
    return ({ from, to, rank }) => {
      if (rank <= RANK.form) return true;
      let named = 0;
      for (let at = from; at < to; at++) {
        if (tokens.kinds[at] !== WORD) continue;
        if (!words.has(tokens.lower[at]!)) return true;
        named++;
      }
      return named === 0;
    };
  }
}
