import type { Openings } from '../text/openings.ts';
import type { Sentence } from '../text/sentences.ts';
import { LOWER, PUNCTUATION, type Tokens, touches, WORD } from '../text/tokens.ts';
import { type Candidate, named, RANK } from './candidate.ts';
import { IntroducedNames } from './introduced-names.ts';
import { LabelledNames } from './labelled-names.ts';
import { isShouting, isSmallLettered } from './letter-case.ts';
import { CREDENTIAL, INTRODUCTION, isPossessive, LABEL, type NameCues, RELATION, TITLE } from './name-cues.ts';
import type { NameLexicon } from './name-lexicon.ts';
import { NameShapes } from './name-shapes.ts';
import { TitledNames } from './titled-names.ts';

/** Names of people: by title, label, credential, relation, what they do, by lists, and by being no known word. */
export class NameRules {
  private readonly lexicon: NameLexicon;
  private readonly cues: NameCues;
  private readonly titled: TitledNames;
  private readonly labelled: LabelledNames;
  private readonly introduced: IntroducedNames;
  private readonly shapes: NameShapes;
  private readonly openings: Openings;
  private readonly bit: number;

  constructor(lexicon: NameLexicon, cues: NameCues, openings: Openings) {
    this.lexicon = lexicon;
    this.cues = cues;
    this.titled = new TitledNames(lexicon, cues);
    this.labelled = new LabelledNames(lexicon, cues);
    this.introduced = new IntroducedNames(lexicon, cues, this.labelled);
    this.shapes = new NameShapes(lexicon, cues);
    this.openings = openings;
    this.bit = openings.bit(cues.all(), (word) => lexicon.isCommonName(word));
  }

  find(tokens: Tokens, sentences: readonly Sentence[]): Candidate[] {
    const found: Candidate[] = [];
    const small = isSmallLettered(tokens);
    const opens = this.openings.of(tokens);
    for (const sentence of sentences) {
      const shouting = isShouting(tokens, sentence.from, sentence.to);
      for (let at = sentence.from; at < sentence.to; at++) {
        if (tokens.kinds[at] !== WORD) continue;
        if (
          tokens.shapes[at] === LOWER &&
          !small &&
          (opens[at]! & this.bit) === 0 &&
          (tokens.kinds[at + 1] !== PUNCTUATION || !isPossessive(tokens, at + 1))
        )
          continue;
        const first = this.cues.firstAt(tokens, at);
        const name =
          (first & TITLE ? this.titled.at(tokens, at) : undefined) ??
          (first & LABEL ? this.labelled.byLabel(tokens, at) : undefined) ??
          (first & RELATION ? this.introduced.byRelation(tokens, at, shouting, small) : undefined) ??
          (first & INTRODUCTION ? this.introduced.byIntroduction(tokens, at, shouting, small) : undefined) ??
          (tokens.shapes[at] === LOWER
            ? this.shapes.inSmallLetters(tokens, at, small)
            : (this.reversed(tokens, at) ?? this.shapes.withCapital(tokens, at, sentence, shouting)));
        if (name === undefined) {
          const signed = first & CREDENTIAL ? this.byCredential(tokens, at, sentence) : undefined;
          if (signed !== undefined) found.push(signed);
          continue;
        }
        found.push(name);
        at = name.to - 1;
      }
    }
    return found;
  }

  /** A line that begins with "O'RIORDAN, MARY K": no label says what it is. */
  private reversed(tokens: Tokens, at: number): Candidate | undefined {
    if ((at > 0 && tokens.breaks[at] === 0) || !this.lexicon.isCapital(tokens, at)) return undefined;
    let comma = at + 1;
    while (
      comma - at < 5 &&
      /^['’-]$/.test(tokens.lower[comma] ?? '') &&
      touches(tokens, comma) &&
      this.lexicon.isCapital(tokens, comma + 1)
    )
      comma += 2;
    if (tokens.lower[comma] !== ',' || !touches(tokens, comma)) return undefined;
    const given = comma + 1;
    if (!this.lexicon.isCapital(tokens, given) || tokens.breaks[given]! > 0) return undefined;
    const likely =
      comma > at + 1 || this.lexicon.isSurname(tokens, comma - 1) || this.lexicon.isUnknown(tokens, comma - 1);
    const hyphened = likely && this.lexicon.isHyphenedGiven(tokens, given);
    const isName =
      hyphened || (this.lexicon.isGiven(tokens, given) && (likely || !this.lexicon.known.hasAt(tokens, given)));
    if (!isName && !(likely && this.lexicon.isUnknown(tokens, given))) return undefined;
    let to = hyphened ? given + 3 : given + 1;
    while (
      to < tokens.count &&
      to - given < 5 &&
      tokens.breaks[to] === 0 &&
      (this.lexicon.isInitial(tokens, to) ||
        this.lexicon.isNameWord(tokens, to) ||
        (tokens.lower[to] === '.' && this.lexicon.isInitial(tokens, to - 1)))
    )
      to++;
    const next = tokens.lower[to] ?? '';
    const ends =
      to >= tokens.count ||
      tokens.breaks[to]! > 0 ||
      /^(?:[-(|;:/]|\d.*)$/.test(next) ||
      /^(?:dob|d|mrn|nhs|age|aged|male|female|m|f|mr|mrs|ms|miss|dr|hosp|hospital|id|urn|born|md|rn)$/.test(next) ||
      (next === ',' && /^(?:\d.*|m|f|male|female|md|rn|dob|mr|mrs|ms|miss|dr)$/.test(tokens.lower[to + 1] ?? ''));
    return ends ? named(at, to, 'surname and given name', RANK.title) : undefined;
  }

  /** "J. Smith, M.D.": from the credential back to the name. */
  private byCredential(tokens: Tokens, at: number, sentence: Sentence): Candidate | undefined {
    if (tokens.shapes[at] === LOWER || this.cues.credentials.longest(tokens, at, tokens.count) === undefined)
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
    return words > 0 ? named(from, to, 'credential', RANK.title) : undefined;
  }
}
