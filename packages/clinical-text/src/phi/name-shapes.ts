import type { Sentence } from '../text/sentences.ts';
import { CAPITALISED, LOWER, MIXED, NUMBER, PUNCTUATION, type Tokens, touches, UPPER, WORD } from '../text/tokens.ts';
import { type Candidate, named, RANK } from './candidate.ts';
import { isPossessive, type NameCues } from './name-cues.ts';
import { nameEnd, smallNameEnd } from './name-end.ts';
import type { NameLexicon } from './name-lexicon.ts';
import { UnexpectedCapitals } from './unexpected-capitals.ts';

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
  'near',
  'outside',
  'about',
  'via',
  'beside',
  'referring',
  'seeing',
  'reviewing',
  'regarding',
  'met',
  'reassured',
  'reminded',
  'examined',
]);
/** At the beginning of a sentence, before the person who was contacted. */
const contacted: ReadonlySet<string> = new Set(
  'reviewed saw met called told asked examined rang phoned visited contacted helped reassured reminded informed updated'.split(
    ' ',
  ),
);
/** After a noun, and not after an adjective or the first part of a name of a thing. */
const followers: ReadonlySet<string> = new Set(
  'and or who is was has had will to for on at in by with from then but when where today yesterday last this re about via also'.split(
    ' ',
  ),
);
const namedAfter =
  /^(?:o?esophagectomy|murmur|phenomenon|syndrome|sign|disease|questionnaire|classification|criteria|palsy|lymphoma|tumou?r)$/;
/** Words before the subject: "Within 24 hours, Fry was extubated". */
const OPENING = 10;

/** "DQA1", "227delC": part of a code, not of a name. */
const isInCode = (tokens: Tokens, at: number): boolean =>
  (touches(tokens, at) && tokens.kinds[at - 1] === NUMBER) ||
  (touches(tokens, at + 1) && tokens.kinds[at + 1] === NUMBER);

/** Brackets often contain a manufacturer and its town: "(Kaneka, Osaka)". */
const isInBrackets = (tokens: Tokens, at: number, from: number): boolean => {
  for (let back = at - 1; back >= Math.max(from, at - 16); back--) {
    if (tokens.lower[back] === ')') return false;
    if (tokens.lower[back] === '(') return true;
  }
  return false;
};

/** "(Jean)" */
const isBracketed = (tokens: Tokens, at: number): boolean =>
  tokens.shapes[at] === CAPITALISED && tokens.lower[at - 1] === '(' && tokens.lower[at + 1] === ')';

/** Names by how they are written and by lists: "Sally Fields", "M. Featherington", unknown words with capitals. */
export class NameShapes {
  private readonly lexicon: NameLexicon;
  private readonly cues: NameCues;
  private readonly unexpected: UnexpectedCapitals;

  constructor(lexicon: NameLexicon, cues: NameCues) {
    this.lexicon = lexicon;
    this.cues = cues;
    this.unexpected = new UnexpectedCapitals(lexicon, cues);
  }

  /** A word with a capital. */
  withCapital(tokens: Tokens, at: number, sentence: Sentence, shouting: boolean): Candidate | undefined {
    const { lexicon } = this;
    const possessed = lexicon.isWordy(tokens, at) && isPossessive(tokens, at + 1);
    if (!lexicon.isCapital(tokens, at) || (lexicon.isEponym(tokens, at) && !possessed)) return undefined;
    const word = tokens.lower[at]!;
    // "Dolores" looks like an inflected word but is not one.
    const given = lexicon.isGiven(tokens, at);
    const english = lexicon.known.hasAt(tokens, at) && !(given && !lexicon.known.holds(word));
    const listed = lexicon.isListed(tokens, at);
    if (word.length === 1) return this.byInitial(tokens, at);
    if (lexicon.isAfterEponym(tokens, at)) return undefined;
    const initial = at + 2;
    // "Ostrander, K / Bed 8"
    if (
      tokens.lower[at + 1] === ',' &&
      word.length > 3 &&
      lexicon.isInitial(tokens, initial) &&
      lexicon.isNameWord(tokens, at) &&
      !english &&
      tokens.breaks[initial] === 0 &&
      (initial + 1 >= tokens.count || tokens.breaks[initial + 1]! > 0 || /^[./;,)]$/.test(tokens.lower[initial + 1]!))
    )
      return named(at, initial + 1, 'surname and initial', RANK.title);
    if (lexicon.isHyphenedGiven(tokens, at)) {
      const end = nameEnd(lexicon, tokens, at, true, false);
      if (end > at + 3 || (tokens.lower[at - 1] === ',' && lexicon.isCapital(tokens, at - 2)))
        return named(at, Math.max(end, at + 3), 'given name with a hyphen', RANK.title);
    }
    const quoted = this.byNickname(tokens, at);
    if (quoted !== undefined) return quoted;
    const wordy =
      lexicon.isWordy(tokens, at) || lexicon.isFirstWord(tokens, at)
        ? this.byWord(tokens, at, sentence, shouting)
        : undefined;
    if (wordy !== undefined) return wordy;
    if (tokens.lower[at + 1] === ',' && this.isApposed(tokens, at))
      return named(at, at + 1, 'relation after a name', RANK.title);
    if (isInCode(tokens, at)) return undefined;
    if (english && !listed) return shouting ? undefined : this.unexpected.at(tokens, at, sentence);
    if (tokens.shapes[at] === MIXED && !lexicon.isUnknown(tokens, at)) return undefined;
    const first = at === sentence.from || (tokens.kinds[at - 1] === PUNCTUATION && tokens.lower[at - 1] !== ',');
    const everyday = lexicon.isEveryday(tokens, at);
    // "Sally Fields": a surname may be any word after a given name that is not one itself.
    const to = nameEnd(
      lexicon,
      tokens,
      at,
      true,
      false,
      given && !everyday && (!shouting || lexicon.isInitial(tokens, at + 1)),
    );
    let others = 0;
    for (let next = at + 1; next < to; next++) if (lexicon.isNameWord(tokens, next)) others++;
    // "Ivor Lewis oesophagectomy"
    if (to === at + 2 && tokens.shapes[to] === LOWER && namedAfter.test(tokens.lower[to]!)) return undefined;
    if (given && (others > 0 || (to > at + 1 && !everyday)))
      return named(at, to, 'given name and surname', everyday ? RANK.shape : RANK.title);
    if (english) {
      return given &&
        !everyday &&
        !lexicon.known.isMedicalAt(tokens, at) &&
        ((this.isWithin(tokens, at) && !this.isTitleCase(tokens, sentence)) || isBracketed(tokens, at))
        ? named(at, at + 1, 'given name within a sentence', RANK.shape)
        : shouting
          ? undefined
          : this.unexpected.at(tokens, at, sentence);
    }
    if (listed) {
      // A short word in capitals is an abbreviation before it is a name.
      const short = tokens.shapes[at] === UPPER && word.length < 4;
      return {
        ...named(at, to, shouting ? 'listed name in capitals' : 'listed name', RANK.shape),
        recallOnly: short && others === 0,
      };
    }
    if (others > 0) return named(at, to, 'unknown words with capitals', RANK.shape);
    // "was" and "has" also follow unlisted devices and drugs: in the middle of a sentence they are too little evidence.
    const opens = first || (tokens.lower[at - 1] === ',' && at - sentence.from < OPENING);
    const acts = (opens && this.cues.verbs.longest(tokens, to, tokens.count) !== undefined) || isPossessive(tokens, to);
    if (acts && tokens.shapes[at] !== UPPER) return named(at, to, 'does what people do', RANK.shape);
    // "Widal test", "Lembert sutures"
    if (to < sentence.to && tokens.shapes[to] === LOWER && lexicon.isEponymNoun(tokens, to)) return undefined;
    if (word.length < 4) return shouting ? undefined : this.unexpected.at(tokens, at, sentence);
    if (tokens.shapes[at] === UPPER && !/[aeiouy]/.test(word)) return undefined;
    if (tokens.shapes[at] === UPPER && !shouting && word.length < 6) return undefined;
    // "w/ Caretta"
    const beside = tokens.lower[at - 1] === '/' && tokens.lower[at - 2] === 'w';
    const introduced =
      (beside || (!first && introducers.has(tokens.lower[at - 1]!))) && !shouting && tokens.shapes[at] !== UPPER;
    const sure = introduced || shouting ? undefined : this.unexpected.sureEnd(tokens, at, to, sentence);
    return {
      ...named(
        at,
        sure ?? to,
        introduced ? 'unknown word after a preposition' : 'unknown word',
        introduced ? RANK.shape : RANK.unknown,
      ),
      recallOnly: !introduced && sure === undefined && !this.isAlone(tokens, at, to, sentence),
    };
  }

  /** An unknown word with a capital in a sentence that has few of them: no drug with its dose, no heading, no code. */
  private isAlone(tokens: Tokens, at: number, to: number, sentence: Sentence): boolean {
    const { lexicon } = this;
    return (
      tokens.shapes[at] === CAPITALISED &&
      tokens.lower[at]!.length > 4 &&
      at > sentence.from &&
      !isInBrackets(tokens, at, sentence.from) &&
      (tokens.shapes[at - 1] !== CAPITALISED || tokens.lower[at - 1]!.length === 1) &&
      // "factor V Leiden", not "reported A Kowalska"
      !(
        lexicon.isInitial(tokens, at - 1) &&
        tokens.kinds[at - 2] === WORD &&
        lexicon.known.isMedicalAt(tokens, at - 2)
      ) &&
      (to >= sentence.to ||
        /^[.,;]$/.test(tokens.lower[to]!) ||
        followers.has(tokens.lower[to]!) ||
        this.cues.human.longest(tokens, to, tokens.count) !== undefined) &&
      !this.isTitleCase(tokens, sentence)
    );
  }

  /** "Grace ate", "given to Dawn", "Will Sharp attended": a given name that is also a word. */
  private byWord(tokens: Tokens, at: number, sentence: Sentence, shouting: boolean): Candidate | undefined {
    const { lexicon } = this;
    if (tokens.shapes[at] !== CAPITALISED || shouting) return undefined;
    if (lexicon.isBeforeEponymNoun(tokens, at) && !isPossessive(tokens, at + 1)) return undefined;
    const found = (to: number): Candidate => named(at, to, 'given name that is a word', RANK.shape);
    const next = at + 1;
    const end = at + 2;
    if (
      tokens.shapes[next] === CAPITALISED &&
      tokens.breaks[next] === 0 &&
      lexicon.mayBeSurname(tokens, next) &&
      (this.cues.human.longest(tokens, end, tokens.count) !== undefined ||
        // "Rich Waters's drain"
        (isPossessive(tokens, end) && (lexicon.isListed(tokens, next) || !lexicon.known.isMedicalAt(tokens, next))))
    )
      return found(end);
    // "Art (Arthur) Wetherell"
    if (tokens.lower[next] === '(' && lexicon.isGiven(tokens, next + 1) && tokens.lower[next + 2] === ')')
      return found(next);
    const before = tokens.lower[at - 1] ?? '';
    if (isPossessive(tokens, next) || /^(?:bed|rm|room|bay|cubicle)$/.test(tokens.lower[at - 2] ?? ''))
      return found(next);
    const first = at === sentence.from || tokens.breaks[at]! > 0 || /^[.:;"“(•*-]$/.test(before);
    if (first) {
      const opening = lexicon.isFirstWord(tokens, at);
      if (!opening && tokens.shapes[next] === LOWER && /..ed$/.test(tokens.lower[next] ?? '')) return found(next);
      const verbs = opening ? this.cues.human : this.cues.verbs;
      return verbs.longest(tokens, next, tokens.count) !== undefined ||
        this.cues.human.longest(tokens, next, tokens.count) !== undefined
        ? found(next)
        : undefined;
    }
    if (!this.isWithin(tokens, at) && contacted.has(before) && tokens.shapes[next] !== CAPITALISED) return found(next);
    if (!this.isWithin(tokens, at) || this.isTitleCase(tokens, sentence)) return undefined;
    // "and Summer found her": a season and a month have a capital too.
    const acts =
      /^(?:and|but|so|when|because|that)$/.test(before) &&
      this.cues.human.longest(tokens, next, tokens.count) !== undefined;
    return lexicon.isWordy(tokens, at) || acts ? found(next) : undefined;
  }

  /** Whether a capital within a sentence is unexpected: the words around it have none. */
  private isWithin(tokens: Tokens, at: number): boolean {
    const next = at + 1;
    return (
      tokens.shapes[at] === CAPITALISED &&
      tokens.shapes[at - 1] === LOWER &&
      tokens.kinds[at - 1] === WORD &&
      !/^(?:the|a|an|no|of)$/.test(tokens.lower[at - 1]!) &&
      !(tokens.shapes[next] !== LOWER && tokens.kinds[next] === WORD && tokens.breaks[next] === 0)
    );
  }

  /** "Bunny" Okonedo, with the quotation marks */
  private byNickname(tokens: Tokens, at: number): Candidate | undefined {
    if (tokens.kinds[at + 1] !== PUNCTUATION || at === 0 || tokens.kinds[at - 1] !== PUNCTUATION) return undefined;
    if (!/^["“”‘’']$/.test(tokens.lower[at - 1] ?? '') || !/^["“”‘’']$/.test(tokens.lower[at + 1] ?? ''))
      return undefined;
    const { lexicon } = this;
    const surname = at + 2;
    return tokens.shapes[at] === CAPITALISED &&
      lexicon.mayBeSurname(tokens, at) &&
      tokens.breaks[surname] === 0 &&
      lexicon.isNameWord(tokens, surname)
      ? named(at, nameEnd(lexicon, tokens, surname, false, false), 'nickname', RANK.title)
      : undefined;
  }

  /** Most of a sentence's longer words have a capital: a heading, or a list of problems. */
  private isTitleCase(tokens: Tokens, { from, to }: Sentence): boolean {
    let capitals = 0;
    let others = 0;
    // The first word has a capital in any sentence, and a name in any place.
    for (let at = from + 1; at < to; at++) {
      if (tokens.kinds[at] !== WORD || tokens.lower[at]!.length < 4 || this.lexicon.isNameWord(tokens, at)) continue;
      if (tokens.shapes[at] === LOWER) others++;
      else capitals++;
    }
    return capitals > 0 && capitals >= others;
  }

  /** "Mark, her husband, is frail" */
  private isApposed(tokens: Tokens, at: number): boolean {
    const { lexicon } = this;
    return (
      tokens.shapes[at] === CAPITALISED &&
      /^(?:his|her|their|my|our)$/.test(tokens.lower[at + 2] ?? '') &&
      this.cues.relations.longest(tokens, at + 3, tokens.count) !== undefined &&
      (lexicon.isWordy(tokens, at) || lexicon.isListed(tokens, at) || lexicon.isUnknown(tokens, at))
    );
  }

  /** "M. Featherington" */
  private byInitial(tokens: Tokens, at: number): Candidate | undefined {
    if (!this.lexicon.isInitialled(tokens, at) || tokens.shapes[at + 2] !== CAPITALISED || !touches(tokens, at + 1))
      return undefined;
    if (touches(tokens, at) && tokens.kinds[at - 1] !== PUNCTUATION) return undefined;
    const surname = tokens.lower[at + 2]!;
    if (surname.length < 4 || this.lexicon.isEponym(tokens, at + 2)) return undefined;
    return named(at, nameEnd(this.lexicon, tokens, at, true, false), 'initial and surname', RANK.shape);
  }

  /** A listed name that is no other word, and, in a note without capitals, a word that is in no list. */
  inSmallLetters(tokens: Tokens, at: number, small: boolean): Candidate | undefined {
    // "tariqa's aunt": any unknown word counts.
    if (
      isPossessive(tokens, at + 1) &&
      tokens.shapes[at] === LOWER &&
      tokens.lower[at]!.length > 2 &&
      !this.lexicon.known.hasAt(tokens, at) &&
      this.cues.relations.longest(tokens, at + 3, tokens.count) !== undefined
    )
      return named(at, at + 1, 'whose relation, in small letters', RANK.shape);
    const given = small ? this.lexicon.isGiven(tokens, at) : this.lexicon.isCommonGiven(tokens, at);
    if (!given && !small) return undefined;
    const word = tokens.lower[at]!;
    if (tokens.shapes[at] !== LOWER || isInCode(tokens, at)) return undefined;
    // "by ian", "(ann)"
    const led =
      word.length === 3 &&
      this.lexicon.isCommonGiven(tokens, at) &&
      /^(?:\(|by|with|to|from|w)$/.test(tokens.lower[at - 1] ?? '');
    if (word.length < 4 && !led) return undefined;
    if (this.lexicon.known.hasAt(tokens, at) || this.lexicon.isEponym(tokens, at)) return undefined;
    const listed = given || this.lexicon.isSurname(tokens, at);
    if (!listed && !/[aeiouy]/.test(word)) return undefined;
    const to = listed ? smallNameEnd(this.lexicon, tokens, at, false) : at + 1;
    return {
      ...named(
        at,
        Math.max(to, at + 1),
        listed ? 'listed name in small letters' : 'unknown word in small letters',
        listed ? RANK.shape : RANK.unknown,
      ),
      recallOnly: !listed,
    };
  }
}
