import { monthAbbreviations, monthNames, namedDays } from '../lexicon/calendar.ts';
import { credentials, nameTitles, relations, roleLabels, roleNouns } from '../lexicon/name-context.ts';
import {
  companions,
  leadingPrepositions,
  leadingWords,
  namedThings,
  nameEndingNouns,
  ordinaryCapitals,
  ordinaryEndings,
  usingVerbs,
} from '../lexicon/ordinary-capitals.ts';
import { countries, houseWords, states } from '../lexicon/places.ts';
import type { Sentence } from '../text/sentences.ts';
import { CAPITALISED, LOWER, NUMBER, PUNCTUATION, type Tokens, touches, WORD } from '../text/tokens.ts';
import { WordSets } from '../text/word-facts.ts';
import { type Candidate, RANK } from './candidate.ts';
import { isPossessive, type NameCues } from './name-cues.ts';
import type { NameLexicon } from './name-lexicon.ts';

const ENOUGH = 2;
const LONGEST = 5;
/** Words to either side that show how a sentence is written. */
const WINDOW = 24;

/** Bits of `UnexpectedCapitals.sets`. */
const [ORDINARY, ENDS_NAME, STRONG, LEADS, PERSON, USES, NAMED] = [1, 2, 4, 8, 16, 32, 64];

const clauseEnds: ReadonlySet<string> = new Set([
  ...'. , ; ) ( / – ? ! " ”'.split(' '),
  ...'and or but who whom which where when while since is was were has had will on in at to for with from by then today yesterday tonight tomorrow last this next re about via until because as near outside during before after into onto over under'.split(
    ' ',
  ),
]);
const determiners: ReadonlySet<string> = new Set(
  'the a an this that his her their our my your no ward wing'.split(' '),
);
const quotes: ReadonlySet<string> = new Set(["'", '"', '”', '’']);
const placeAdjectives: ReadonlySet<string> = new Set(
  'old new great little upper lower nether north south east west high long big royal sunny happy'.split(' '),
);
const openers: ReadonlySet<string> = new Set(['(', "'", '"', '“', '‘']);

const wordsOf = (lists: readonly (readonly string[])[]): string[] =>
  lists.flat().flatMap((phrase) => phrase.split(/[^\p{L}]+/u));

/**
 * Words of English with a capital that nothing explains: no beginning of a sentence, no heading, no word of medicine.
 * Each cue around them counts; no single one decides.
 */
export class UnexpectedCapitals {
  private readonly lexicon: NameLexicon;
  private readonly cues: NameCues;
  private readonly sets = new WordSets([
    wordsOf([
      ordinaryCapitals,
      nameTitles,
      credentials,
      roleNouns,
      roleLabels,
      relations,
      countries,
      states,
      namedDays,
      ...Object.values(monthNames),
      ...Object.values(monthAbbreviations),
    ]),
    [...nameEndingNouns, ...houseWords],
    leadingPrepositions,
    leadingWords,
    [...relations, ...roleNouns, ...companions],
    usingVerbs,
    namedThings,
  ]);

  constructor(lexicon: NameLexicon, cues: NameCues) {
    this.lexicon = lexicon;
    this.cues = cues;
  }

  /** "nursery is Little Acorns", "doula Rain", "at Olive Garden". */
  at(tokens: Tokens, at: number, sentence: Sentence): Candidate | undefined {
    if (!this.isUnexpected(tokens, at, sentence)) return undefined;
    const to = this.runEnd(tokens, at, at + 1, sentence);
    const score = this.score(tokens, at, to, sentence);
    if (score < ENOUGH || this.isAmongCapitals(tokens, at, to, sentence)) return undefined;
    return {
      from: at,
      to,
      category: (this.sets.at(tokens, to - 1) & ENDS_NAME) !== 0 && to > at + 1 ? 'INSTITUTION' : 'NAME',
      rule: 'capital within a sentence',
      rank: RANK.unknown,
    };
  }

  /** The end of an unknown word with its companions, where enough around them says that they are a name. */
  sureEnd(tokens: Tokens, at: number, from: number, sentence: Sentence): number | undefined {
    if (!this.isCapital(tokens, at, sentence)) return undefined;
    const to = this.runEnd(tokens, at, from, sentence);
    return this.score(tokens, at, to, sentence) >= ENOUGH && !this.isAmongCapitals(tokens, at, to, sentence)
      ? to
      : undefined;
  }

  private runEnd(tokens: Tokens, at: number, from: number, sentence: Sentence): number {
    let to = from;
    while (to < sentence.to && to - at < LONGEST) {
      if (this.continues(tokens, to)) to++;
      // "Soon-Yi"
      else if (
        tokens.lower[to] === '-' &&
        touches(tokens, to) &&
        touches(tokens, to + 1) &&
        this.continues(tokens, to + 1)
      )
        to += 2;
      else break;
    }
    return to;
  }

  private isCapital(tokens: Tokens, at: number, sentence: Sentence): boolean {
    if (tokens.shapes[at] !== CAPITALISED || at <= sentence.from || tokens.breaks[at]! > 0) return false;
    const before = at - 1;
    if (tokens.kinds[before] === WORD)
      return (
        tokens.shapes[before] === LOWER ||
        /^(?:the|ward|wing|hmp|hmyoi|raf|usp|fci|uss|hms)$/.test(tokens.lower[before]!) ||
        (this.sets.at(tokens, before) & PERSON) !== 0
      );
    const mark = tokens.lower[before]!;
    // "w/ Deb"
    if (mark === '/') return /^[cdw]$/.test(tokens.lower[before - 1] ?? '');
    return mark === ',' || mark === '&' || (openers.has(mark) && tokens.kinds[before - 1] === WORD);
  }

  private isUnexpected(tokens: Tokens, at: number, sentence: Sentence): boolean {
    return (
      tokens.lower[at]!.length > 1 &&
      this.isCapital(tokens, at, sentence) &&
      (this.isOpen(tokens, at) || this.isAdjective(tokens, at)) &&
      !this.lexicon.isBeforeEponymNoun(tokens, at)
    );
  }

  /** "Old Forge", "Upper Deane". */
  private isAdjective(tokens: Tokens, at: number): boolean {
    return placeAdjectives.has(tokens.lower[at]!) && this.continues(tokens, at + 1);
  }

  /** No word of medicine, no job, no day. */
  private isOpen(tokens: Tokens, at: number): boolean {
    const { lexicon } = this;
    return (
      (this.sets.at(tokens, at) & ORDINARY) === 0 &&
      !(tokens.lower[at]!.length > 5 && ordinaryEndings.test(tokens.lower[at]!)) &&
      lexicon.mayBeSurname(tokens, at) &&
      !lexicon.known.isMedicalAt(tokens, at) &&
      !lexicon.isEponym(tokens, at)
    );
  }

  private continues(tokens: Tokens, at: number): boolean {
    if (tokens.breaks[at]! > 0 || tokens.kinds[at] !== WORD || tokens.shapes[at] !== CAPITALISED) return false;
    if (this.isOpen(tokens, at)) return true;
    // "Sierra Pacific Medical Group"
    for (let end = at; end < at + LONGEST && tokens.shapes[end] === CAPITALISED && tokens.breaks[end] === 0; end++)
      if ((this.sets.at(tokens, end) & ENDS_NAME) !== 0) return true;
    return false;
  }

  private score(tokens: Tokens, at: number, to: number, sentence: Sentence): number {
    const { lexicon } = this;
    const mark = tokens.kinds[at - 1] === PUNCTUATION ? tokens.lower[at - 1]! : '';
    const opened = openers.has(mark) || mark === '/';
    const before = opened ? at - 2 : at - 1;
    const led = this.sets.at(tokens, before);
    const word = tokens.lower[before];
    let score = 0;
    if ((led & STRONG) !== 0) score += 2;
    else if ((led & PERSON) !== 0) score += 2;
    else if ((led & LEADS) !== 0) score += 1;
    if ((led & USES) !== 0) score -= 2;
    if (word === 'a' || word === 'an' || word === 'no') score -= 1;
    // Of three letters, and of two, the words before have to lead to a person or a place: "by Ty", not "low Edi".
    if (to === at + 1 && tokens.lower[at]!.length < 4 && (led & (STRONG | PERSON)) === 0) return 0;
    // "15-mm Quantum", "autostainer (Ventana)": of a thing, not of a person.
    if (
      (led & (STRONG | PERSON | LEADS)) === 0 &&
      tokens.kinds[before] === WORD &&
      !determiners.has(word!) &&
      this.isOfThing(tokens, before)
    )
      score -= 2;
    let names = 0;
    for (let place = at; place < to; place++)
      if (lexicon.isUnknown(tokens, place)) names = 2;
      else if (lexicon.isListed(tokens, place)) names = Math.max(names, lexicon.known.hasAt(tokens, place) ? 1 : 2);
    score += names;
    if (to > at + 1) {
      score += placeAdjectives.has(tokens.lower[at]!) ? 2 : 1;
      if ((this.sets.at(tokens, to - 1) & ENDS_NAME) !== 0) score += 2;
    }
    const next = tokens.lower[to];
    const year = tokens.kinds[to] === NUMBER && /^(?:19|20)\d\d$/.test(next ?? '');
    const thing = to < sentence.to && tokens.shapes[to] === LOWER && (this.sets.at(tokens, to) & NAMED) !== 0;
    if (thing) score += 2;
    // "sons Beau and Colt"
    if (
      word === 'and' &&
      tokens.shapes[before - 1] === CAPITALISED &&
      (this.sets.at(tokens, before - 2) & PERSON) !== 0
    )
      score += 1;
    const ends = year || to >= sentence.to || clauseEnds.has(next!) || (opened && quotes.has(next!));
    if (ends) score += 1;
    if (isPossessive(tokens, to) || this.cues.human.longest(tokens, to, tokens.count) !== undefined) score += 2;
    if (!ends && !thing && tokens.shapes[to] === LOWER && this.isOfThing(tokens, to)) score -= 2;
    if (
      next === ':' ||
      (tokens.kinds[to] === NUMBER && !year) ||
      next === '®' ||
      next === '™' ||
      (next === '-' && touches(tokens, to))
    )
      score -= 2;
    return score;
  }

  /** "a Bremer halo", "the Chiba needle": the word names a kind of the thing. */
  private isOfThing(tokens: Tokens, at: number): boolean {
    return this.lexicon.isEponymNoun(tokens, at) || this.lexicon.known.isMedicalAt(tokens, at);
  }

  /** Whether words with capitals are as many as others around: a heading, a list of problems or of drugs. */
  private isAmongCapitals(tokens: Tokens, at: number, to: number, sentence: Sentence): boolean {
    let capitals = 0;
    let others = 0;
    const end = Math.min(sentence.to, to + WINDOW);
    for (let place = Math.max(sentence.from + 1, at - WINDOW); place < end; place++) {
      if (place >= at && place < to) continue;
      if (tokens.kinds[place] !== WORD || tokens.lower[place]!.length < 3) continue;
      if (tokens.shapes[place] === LOWER) others++;
      else if (tokens.lower[place]!.length > 3 && !this.lexicon.isNameWord(tokens, place)) capitals++;
    }
    return capitals > 1 && capitals > others;
  }
}
