import type { Sentence } from '../text/sentences.ts';
import { CAPITALISED, LOWER, PUNCTUATION, type Tokens, WORD } from '../text/tokens.ts';
import { type Candidate, named, RANK } from './candidate.ts';
import { isPossessive, type NameCues } from './name-cues.ts';
import { nameEnd } from './name-end.ts';
import type { NameLexicon } from './name-lexicon.ts';

/** Names that begin questions and orders. */
const modals: ReadonlySet<string> = new Set(['will', 'may', 'can', 'might', 'hope', 'mark', 'bill']);

/** Names that follow from those found by a sure rule. */
export class RepeatedNames {
  private readonly lexicon: NameLexicon;
  private readonly cues: NameCues;

  constructor(lexicon: NameLexicon, cues: NameCues) {
    this.lexicon = lexicon;
    this.cues = cues;
  }

  /** "Maya, Ezekiel and Oluchi": names in a list with a name found by a sure rule. */
  besides(tokens: Tokens, sure: readonly Candidate[]): Candidate[] {
    const found: Candidate[] = [];
    for (const { from, to, category, recallOnly, rank, rule } of sure) {
      if (category !== 'NAME' || recallOnly || rank > RANK.shape) continue;
      const related = rule === 'relation';
      let end = to;
      for (
        let next = listMarkEnd(tokens, end);
        next > end && (this.isCompanion(tokens, next) || (related && this.isWord(tokens, next)));
      ) {
        const last = Math.max(next + 1, nameEnd(this.lexicon, tokens, next, false, false));
        found.push(named(next, last, 'name beside a name', RANK.shape));
        end = last;
        next = listMarkEnd(tokens, end);
      }
      let start = from;
      for (
        let before = listMarkStart(tokens, start);
        before < start &&
        (this.isCompanion(tokens, before - 1) || (tokens.lower[before] === '&' && this.isWord(tokens, before - 1)));
      ) {
        found.push(named(before - 1, before, 'name beside a name', RANK.shape));
        start = before - 1;
        before = listMarkStart(tokens, start);
      }
    }
    return found;
  }

  /** "sons Beau and Colt": beside the name of a relative, any word but those of medicine and of jobs. */
  private isWord(tokens: Tokens, at: number): boolean {
    return (
      tokens.shapes[at] === CAPITALISED &&
      tokens.lower[at]!.length > 2 &&
      this.lexicon.mayBeSurname(tokens, at) &&
      !this.lexicon.known.isMedicalAt(tokens, at)
    );
  }

  private isCompanion(tokens: Tokens, at: number): boolean {
    const { lexicon } = this;
    return (
      at >= 0 &&
      tokens.shapes[at] === CAPITALISED &&
      tokens.lower[at]!.length > 2 &&
      !lexicon.isEponym(tokens, at) &&
      (lexicon.isUnknown(tokens, at) ||
        !lexicon.known.holds(tokens.lower[at]!) ||
        ((lexicon.isListed(tokens, at) || lexicon.isWordy(tokens, at)) && !lexicon.isNoSurname(tokens, at)))
    );
  }

  /**
   * A name found once by a sure rule is a name everywhere in the note: in any letter case if it is no word of English
   * or medicine, otherwise with a capital within a sentence.
   */
  repeated(tokens: Tokens, sentences: readonly Sentence[], sure: readonly Candidate[]): Candidate[] {
    const names = new Map<string, boolean>();
    for (const { from, to, category, recallOnly, rank } of sure) {
      if (recallOnly || category !== 'NAME' || rank === RANK.unknown) continue;
      for (let at = from; at < to; at++) {
        const word = tokens.lower[at]!;
        if (tokens.kinds[at] !== WORD || word.length < 2) continue;
        if (word.length === 2 && (tokens.shapes[at] !== CAPITALISED || this.lexicon.isNoSurname(tokens, at))) continue;
        const plain = this.lexicon.known.hasAt(tokens, at);
        if (!plain || rank < RANK.shape || this.lexicon.isListed(tokens, at) || this.lexicon.isWordy(tokens, at))
          names.set(word, plain);
      }
    }
    const repeated: Candidate[] = [];
    if (names.size === 0) return repeated;
    for (const sentence of sentences) {
      for (let at = sentence.from; at < sentence.to; at++) {
        const plain = names.get(tokens.lower[at]!);
        // "Parkinson disease" where Mr. Parkinson is the patient.
        if (plain === undefined || this.lexicon.isBeforeEponymNoun(tokens, at)) continue;
        const capital = tokens.shapes[at] !== LOWER;
        if (tokens.lower[at]!.length === 2 && tokens.shapes[at] !== CAPITALISED) continue;
        if (plain ? !this.isNameAgain(tokens, at, sentence) : !capital && tokens.lower[at]!.length < 4) continue;
        repeated.push(named(at, at + 1, 'named elsewhere', RANK.shape));
      }
    }
    return repeated;
  }

  /** An English word that is also a name in this note, capitalised where English does not require it. */
  private isNameAgain(tokens: Tokens, at: number, sentence: Sentence): boolean {
    const word = tokens.lower[at]!;
    if (tokens.shapes[at] !== CAPITALISED) return false;
    if (isPossessive(tokens, at + 1)) return true;
    const first =
      at === sentence.from || (tokens.kinds[at - 1] === PUNCTUATION && /^[.:;"“(•*-]$/.test(tokens.lower[at - 1]!));
    if (!first) return true;
    if (this.lexicon.isListed(tokens, at) && !this.lexicon.isEveryday(tokens, at)) return true;
    // "Will has no allergies" is no question.
    return (modals.has(word) ? this.cues.human : this.cues.verbs).longest(tokens, at + 1, tokens.count) !== undefined;
  }
}

/** The token after ", " or " and " within a line; `at` if there is neither. */
const listMarkEnd = (tokens: Tokens, at: number): number => {
  // "Jonno -> Priti"
  let to = tokens.lower[at] === '-' && tokens.lower[at + 1] === '>' ? at + 1 : at;
  while (to < tokens.count && to - at < 2 && /^(?:[,&/+>→]|and)$/.test(tokens.lower[to]!)) to++;
  return to < tokens.count && to > at && tokens.breaks[to] === 0 && tokens.kinds[to] === WORD ? to : at;
};

/** The same before a token. */
const listMarkStart = (tokens: Tokens, at: number): number => {
  let from = at;
  while (from > 0 && at - from < 2 && tokens.breaks[from] === 0 && /^(?:,|&|and|\/|\+)$/.test(tokens.lower[from - 1]!))
    from--;
  return from > 0 && from < at && tokens.breaks[from] === 0 && tokens.kinds[from - 1] === WORD ? from : at;
};
