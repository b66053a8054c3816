import { credentials, nameLabels, nameTitles, personVerbs, relations } from '../lexicon/name-context.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import type { Sentence } from '../text/sentences.ts';
import { LOWER, NUMBER, PUNCTUATION, type Tokens, touches, UPPER, WORD } from '../text/tokens.ts';
import type { Candidate } from './candidate.ts';
import { isShouting, type NameLexicon } from './name-lexicon.ts';

/** After one of these a capital in the middle of a sentence begins a name more often than not. */
const introducers: ReadonlySet<string> = new Set([
  'by',
  'in',
  'at',
  'with',
  'see',
  'saw',
  'per',
  'from',
  'to',
  'and',
  'of',
  'for',
  'that',
  'ask',
  'told',
  'contact',
  'called',
  'call',
  'discussed',
  'when',
  'whom',
  'friend',
]);
const TRUSTED_AFTER_TITLE = 3;
/** Words before the subject: "Within 24 hours, Fry was extubated". */
const OPENING = 10;
const smallTitles: ReadonlySet<string> = new Set(['dr', 'mr', 'mrs', 'ms']);

const isPossessive = (tokens: Tokens, at: number): boolean =>
  (tokens.lower[at] === "'" || tokens.lower[at] === '’') && tokens.lower[at + 1] === 's' && touches(tokens, at + 1);

/** "DQA1", "227delC": part of a code, not of a name. */
const isInCode = (tokens: Tokens, at: number): boolean =>
  (touches(tokens, at) && tokens.kinds[at - 1] === NUMBER) ||
  (touches(tokens, at + 1) && tokens.kinds[at + 1] === NUMBER);

/** Names of people: by title, label, credential, relation, what they do, by lists, and by being no known word. */
export class NameRules {
  private readonly titles = new PhraseTrie<true>().addAll(nameTitles, true);
  private readonly labels = new PhraseTrie<true>().addAll(nameLabels, true);
  private readonly credentials = new PhraseTrie<true>().addAll(credentials, true);
  private readonly relations: ReadonlySet<string> = new Set(relations);
  private readonly verbs = new PhraseTrie<true>().addAll(personVerbs, true);
  private readonly lexicon: NameLexicon;

  constructor(lexicon: NameLexicon) {
    this.lexicon = lexicon;
  }

  find(tokens: Tokens, sentences: readonly Sentence[]): Candidate[] {
    const found: Candidate[] = [];
    for (const sentence of sentences) {
      const shouting = isShouting(tokens, sentence.from, sentence.to);
      for (let at = sentence.from; at < sentence.to; at++) {
        if (tokens.kinds[at] !== WORD) continue;
        const name =
          this.byTitle(tokens, at) ??
          this.byLabel(tokens, at) ??
          this.byRelation(tokens, at) ??
          this.byShape(tokens, at, sentence, shouting);
        if (name === undefined) {
          const signed = this.byCredential(tokens, at, sentence);
          if (signed !== undefined) found.push(signed);
          continue;
        }
        found.push(name);
        at = name.to - 1;
      }
    }
    return [...found, ...this.repeated(tokens, found)];
  }

  private byTitle(tokens: Tokens, at: number): Candidate | undefined {
    if (tokens.shapes[at] === LOWER && !smallTitles.has(tokens.lower[at]!)) return undefined;
    const title = this.titles.longest(tokens, at, tokens.count);
    if (title === undefined) return undefined;
    let from = title.end;
    const stopped = tokens.lower[from] === '.';
    if (stopped) from++;
    if (from >= tokens.count || tokens.breaks[from]! > 1) return undefined;
    if (tokens.shapes[from] === LOWER) {
      const end = this.lexicon.endInSmallLetters(tokens, from, stopped);
      return end > from ? { from, to: end, category: 'NAME', rule: 'title, in small letters' } : undefined;
    }
    const word = tokens.lower[from]!;
    const sure =
      this.lexicon.isNameWord(tokens, from) || this.lexicon.isInitial(tokens, from) || this.lexicon.isListed(word);
    // "Dr. Young" may be any word; "MS exacerbation" and "DR. WILL CALL" are none.
    const capitalised = this.lexicon.isCapital(tokens, from) && tokens.shapes[from] !== UPPER;
    const placeholder = tokens.shapes[from] === UPPER && word.length <= TRUSTED_AFTER_TITLE;
    if (!sure && !(stopped && (capitalised || placeholder))) return undefined;
    const to = this.lexicon.end(tokens, from, true, false);
    return to > from ? { from, to, category: 'NAME', rule: 'title' } : undefined;
  }

  private byLabel(tokens: Tokens, at: number): Candidate | undefined {
    const label = this.labels.longest(tokens, at, tokens.count);
    if (label === undefined) return undefined;
    let from = label.end;
    const byline = tokens.lower[from - 1] === 'by';
    if (tokens.lower[from] === '(' && tokens.lower[from + 2] === ')') from += 3;
    const colon = tokens.lower[from] === ':';
    if (!colon && !byline) return undefined;
    if (colon) from++;
    if (from >= tokens.count || tokens.breaks[from]! > 1) return undefined;
    if (this.titles.longest(tokens, from, tokens.count) !== undefined) return undefined;
    if (tokens.shapes[from] === LOWER && tokens.shapes[at] === LOWER && colon) {
      const end = this.lexicon.endInSmallLetters(tokens, from, true);
      if (end > from + 1) return { from, to: end, category: 'NAME', rule: 'label, in small letters' };
    }
    if (
      !this.lexicon.isNameWord(tokens, from) &&
      !(this.lexicon.isInitial(tokens, from) && this.lexicon.isNameWord(tokens, from + 2))
    )
      return undefined;
    const to = this.lexicon.end(tokens, from, true, true);
    return to > from ? { from, to, category: 'NAME', rule: 'label' } : undefined;
  }

  private byRelation(tokens: Tokens, at: number): Candidate | undefined {
    if (!this.relations.has(tokens.lower[at]!)) return undefined;
    let from = at + 1;
    if (tokens.lower[from] === ',' || tokens.lower[from] === '(') from++;
    if (!this.lexicon.isNameWord(tokens, from) || tokens.breaks[from]! > 1 || tokens.shapes[from] === UPPER)
      return undefined;
    return { from, to: this.lexicon.end(tokens, from, false, false), category: 'NAME', rule: 'relation' };
  }

  /** "J. Smith, M.D.": from the credential back to the name. */
  private byCredential(tokens: Tokens, at: number, sentence: Sentence): Candidate | undefined {
    if (tokens.shapes[at] === LOWER || this.credentials.longest(tokens, at, tokens.count) === undefined)
      return undefined;
    let to = at;
    if (tokens.lower[to - 1] === ',') to--;
    let from = to;
    while (from > Math.max(sentence.from, to - 6)) {
      const before = from - 1;
      if (this.lexicon.isNameWord(tokens, before) || this.lexicon.isInitial(tokens, before)) from = before;
      else if (tokens.lower[before] === '.' && this.lexicon.isInitial(tokens, before - 1)) from = before - 1;
      else if (['-', "'", '’'].includes(tokens.lower[before]!) && this.lexicon.isCapital(tokens, before - 1))
        from = before - 1;
      else break;
    }
    let words = 0;
    for (let place = from; place < to; place++) if (this.lexicon.isNameWord(tokens, place)) words++;
    return words > 0 ? { from, to, category: 'NAME', rule: 'credential' } : undefined;
  }

  private byShape(tokens: Tokens, at: number, sentence: Sentence, shouting: boolean): Candidate | undefined {
    const { lexicon } = this;
    if (!lexicon.isCapital(tokens, at) || lexicon.isEponym(tokens, at)) return undefined;
    const word = tokens.lower[at]!;
    const english = lexicon.known.has(word);
    const listed = lexicon.isListed(word);
    if ((english && !listed) || isInCode(tokens, at)) return undefined;
    const first = at === sentence.from || (tokens.kinds[at - 1] === PUNCTUATION && tokens.lower[at - 1] !== ',');
    const to = lexicon.end(tokens, at, true, false);
    const candidate = { from: at, to, category: 'NAME' } as const;
    let others = 0;
    for (let next = at + 1; next < to; next++) if (lexicon.isNameWord(tokens, next)) others++;
    if (lexicon.isGiven(word) && others > 0) return { ...candidate, rule: 'given name and surname' };
    if (english) return undefined;
    if (listed) {
      if (!shouting || others > 0) return { ...candidate, rule: 'listed name' };
      return { ...candidate, rule: 'listed name in capitals', recallOnly: true };
    }
    if (others > 0) return { ...candidate, rule: 'unknown words with capitals' };
    // A device or a drug that no list holds "was" and "has" too: in the middle of a sentence that is not enough.
    const opens = first || (tokens.lower[at - 1] === ',' && at - sentence.from < OPENING);
    const acts = (opens && this.verbs.longest(tokens, to, tokens.count) !== undefined) || isPossessive(tokens, to);
    if (acts && !shouting && tokens.shapes[at] !== UPPER) return { ...candidate, rule: 'does what people do' };
    if (word.length < 4 || (tokens.shapes[at] === UPPER && !/[aeiouy]/.test(word))) return undefined;
    if (tokens.shapes[at] === UPPER && !shouting && word.length < 6) return undefined;
    const introduced = !first && !shouting && tokens.shapes[at] !== UPPER && introducers.has(tokens.lower[at - 1]!);
    return {
      ...candidate,
      rule: introduced ? 'unknown word after a preposition' : 'unknown word',
      recallOnly: !introduced,
    };
  }

  /** Who is named once by a sure rule is named wherever the same word stands with a capital. */
  private repeated(tokens: Tokens, found: readonly Candidate[]): Candidate[] {
    const names = new Set<string>();
    for (const { from, to, recallOnly } of found) {
      if (recallOnly) continue;
      for (let at = from; at < to; at++) {
        const word = tokens.lower[at]!;
        if (tokens.kinds[at] === WORD && word.length > 2 && !this.lexicon.known.has(word)) names.add(word);
      }
    }
    const repeated: Candidate[] = [];
    if (names.size === 0) return repeated;
    for (let at = 0; at < tokens.count; at++) {
      if (names.has(tokens.lower[at]!) && tokens.shapes[at] !== LOWER && !this.lexicon.isEponym(tokens, at)) {
        repeated.push({ from: at, to: at + 1, category: 'NAME', rule: 'named elsewhere' });
      }
    }
    return repeated;
  }
}
