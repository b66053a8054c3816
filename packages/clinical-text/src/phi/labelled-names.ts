import { LOWER, type Tokens, WORD } from '../text/tokens.ts';
import { type Candidate, named, RANK } from './candidate.ts';
import type { NameCues } from './name-cues.ts';
import { nameEnd, smallNameEnd } from './name-end.ts';
import type { NameLexicon } from './name-lexicon.ts';

/** "Pt: DANGERFIELD, BEAU", "Surname BLYTHE": names in the fields of a form or of a letter. */
export class LabelledNames {
  private readonly lexicon: NameLexicon;
  private readonly cues: NameCues;

  constructor(lexicon: NameLexicon, cues: NameCues) {
    this.lexicon = lexicon;
    this.cues = cues;
  }

  /** After a label and a colon. */
  byLabel(tokens: Tokens, at: number): Candidate | undefined {
    const label = this.cues.labels.longest(tokens, at, tokens.count);
    if (label === undefined) return undefined;
    let from = label.end;
    const byline = tokens.lower[from - 1] === 'by';
    if (tokens.lower[from] === '(' && tokens.lower[from + 2] === ')') from += 3;
    const colon = /^[:=]$/.test(tokens.lower[from] ?? '');
    if (!colon && !byline) return undefined;
    if (colon) from++;
    if (from >= tokens.count || tokens.breaks[from]! > 1) return undefined;
    if (this.cues.titles.longest(tokens, from, tokens.count) !== undefined) return undefined;
    if (tokens.shapes[from] === LOWER && tokens.shapes[at] === LOWER && colon) {
      const end = smallNameEnd(this.lexicon, tokens, from, true);
      if (end > from + 1) return named(from, end, 'label, in small letters', RANK.title);
    }
    const initialled = this.lexicon.isInitialled(tokens, from) || this.lexicon.isInitialledWord(tokens, from);
    if (!this.lexicon.isNameWord(tokens, from) && !initialled) return undefined;
    const to = nameEnd(this.lexicon, tokens, from, true, true, this.lexicon.isGiven(tokens, from) || initialled);
    return to > from ? named(from, this.givenAfterComma(tokens, to), 'label', RANK.title) : undefined;
  }

  /** "Pt: DANGERFIELD, BEAU  DOB": a given name that is also a word, before the next field. */
  private givenAfterComma(tokens: Tokens, to: number): number {
    const given = to + 1;
    if (tokens.lower[to] !== ',' || tokens.shapes[given] !== tokens.shapes[to - 1]) return to;
    if (tokens.breaks[given]! > 0 || !this.lexicon.mayBeSurname(tokens, given)) return to;
    const next = given + 1;
    const ends =
      next >= tokens.count ||
      tokens.breaks[next]! > 0 ||
      tokens.starts[next]! - tokens.ends[given]! > 1 ||
      /^(?:dob|mrn|md|do|rn|age|sex|nhs|[|;])$/.test(tokens.lower[next]!);
    return ends ? next : to;
  }

  /** "Surname BLYTHE", "last name sparks first name wendell": whatever word stands in the field. */
  byField(tokens: Tokens, end: number): Candidate | undefined {
    const from = /^[:=]$/.test(tokens.lower[end] ?? '') ? end + 1 : end;
    if (from >= tokens.count || tokens.kinds[from] !== WORD || tokens.breaks[from]! > 0) return undefined;
    const { lexicon } = this;
    if (tokens.lower[from]!.length < 2 || lexicon.isNoSurname(tokens, from)) return undefined;
    if (this.cues.fields.longest(tokens, from, tokens.count) !== undefined) return undefined;
    if (lexicon.isCapital(tokens, from))
      return named(from, nameEnd(lexicon, tokens, from, true, true), 'field', RANK.title);
    // In dictation the next field or a mark says that the word is the whole of this one.
    const next = tokens.lower[from + 1] ?? '.';
    const ends = /^(?:[.,;|]|first|last|middle|given|date|dob|medical|mrn|period|comma|age|aged|born|who|stop)$/.test(
      next,
    );
    return ends || tokens.breaks[from + 1]! > 0
      ? named(from, from + 1, 'field, in small letters', RANK.title)
      : undefined;
  }
}
