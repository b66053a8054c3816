import { CAPITALISED, LOWER, type Tokens, WORD } from '../text/tokens.ts';
import { type Candidate, named, RANK } from './candidate.ts';
import type { NameCues } from './name-cues.ts';
import { nameEnd, smallNameEnd } from './name-end.ts';
import type { NameLexicon } from './name-lexicon.ts';

const nobody: ReadonlySet<string> = new Set(
  'none nil self same unknown pending present absent aware notified informed paged tbc tba nos n/a see above below agrees available yes no not nka unassigned various multiple'.split(
    ' ',
  ),
);

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
    // "author: pdelacroix, rn"
    if (
      colon &&
      tokens.shapes[from] === LOWER &&
      tokens.lower[from]!.length > 3 &&
      !this.lexicon.known.hasAt(tokens, from) &&
      this.isEnd(tokens, from + 1) &&
      this.cues.roleLabels.longest(tokens, at, tokens.count) !== undefined
    )
      return named(from, from + 1, 'role, in small letters', RANK.title);
    const initialled = this.lexicon.isInitialled(tokens, from) || this.lexicon.isInitialledWord(tokens, from);
    if (!this.lexicon.isNameWord(tokens, from) && !initialled && !this.isCoupled(tokens, from))
      return colon && (this.isRoleHolder(tokens, at, from) || this.isGivenField(tokens, from))
        ? named(from, from + 1, 'role', RANK.title)
        : undefined;
    const to = nameEnd(this.lexicon, tokens, from, true, true, this.lexicon.isGiven(tokens, from) || initialled);
    return to > from ? named(from, this.givenAfterComma(tokens, to), 'label', RANK.title) : undefined;
  }

  /** "Patient: Raven Tollemache": an ordinary word, then a word that can only be a name. */
  private isCoupled(tokens: Tokens, at: number): boolean {
    return (
      tokens.shapes[at] === CAPITALISED &&
      tokens.shapes[at + 1] === CAPITALISED &&
      tokens.breaks[at + 1] === 0 &&
      this.lexicon.mayBeSurname(tokens, at) &&
      this.lexicon.isNameWord(tokens, at + 1)
    );
  }

  /** Where the value of a field ends. */
  private isEnd(tokens: Tokens, at: number): boolean {
    return (
      at >= tokens.count ||
      tokens.breaks[at]! > 0 ||
      /^[.,;|/]$/.test(tokens.lower[at]!) ||
      this.cues.credentials.longest(tokens, at, tokens.count) !== undefined
    );
  }

  /** "SURGEON: BUSH." */
  private isRoleHolder(tokens: Tokens, label: number, at: number): boolean {
    const word = tokens.lower[at]!;
    return (
      this.cues.roleLabels.longest(tokens, label, tokens.count) !== undefined &&
      word.length > 2 &&
      this.isEnd(tokens, at + 1) &&
      this.lexicon.mayBeSurname(tokens, at) &&
      !nobody.has(word) &&
      (this.lexicon.isListed(tokens, at) || !this.lexicon.known.isMedicalAt(tokens, at) || word.length < 4)
    );
  }

  /** "lab tech: Moses": a given name that is also a word, alone in its field. */
  private isGivenField(tokens: Tokens, at: number): boolean {
    const { lexicon } = this;
    return (
      tokens.shapes[at] === CAPITALISED &&
      (lexicon.isGiven(tokens, at) || lexicon.isWordy(tokens, at)) &&
      !lexicon.isNoSurname(tokens, at) &&
      this.isEnd(tokens, at + 1)
    );
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

  /** "Surname BLYTHE", "last name sparks first name wendell": any word in the field is a name. */
  byField(tokens: Tokens, end: number): Candidate | undefined {
    const from = /^[:=]$/.test(tokens.lower[end] ?? '') ? end + 1 : end;
    if (from >= tokens.count || tokens.kinds[from] !== WORD || tokens.breaks[from]! > 0) return undefined;
    const { lexicon } = this;
    if (tokens.lower[from]!.length < 2 || lexicon.isNoSurname(tokens, from)) return undefined;
    if (this.cues.fields.longest(tokens, from, tokens.count) !== undefined) return undefined;
    if (lexicon.isCapital(tokens, from))
      return named(from, nameEnd(lexicon, tokens, from, true, true), 'field', RANK.title);
    // In dictation the next field or a mark ends the value.
    const next = tokens.lower[from + 1] ?? '.';
    const ends = /^(?:[.,;|]|first|last|middle|given|date|dob|medical|mrn|period|comma|age|aged|born|who|stop)$/.test(
      next,
    );
    return ends || tokens.breaks[from + 1]! > 0
      ? named(from, from + 1, 'field, in small letters', RANK.title)
      : undefined;
  }
}
