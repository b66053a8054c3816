import { CAPITALISED, LOWER, type Tokens, UPPER } from '../text/tokens.ts';
import { type Candidate, named, RANK } from './candidate.ts';
import { isPossessive, type NameCues } from './name-cues.ts';
import { nameEnd, smallNameEnd } from './name-end.ts';
import type { NameLexicon } from './name-lexicon.ts';

const TRUSTED_AFTER_TITLE = 3;
const MOST_TITLES = 2;
const smallTitles: ReadonlySet<string> = new Set(['dr', 'mr', 'mrs', 'ms', 'miss', 'prof', 'herr', 'frau']);
/** Also jobs: "Nurse Practitioner" is not a name. */
const roleTitles: ReadonlySet<string> = new Set(['nurse', 'sister', 'matron', 'miss', 'sergeant', 'officer', 'judge']);
/** After these any capitalised word is a name. */
const plainTitles: ReadonlySet<string> = new Set(['dr', 'mr', 'mrs', 'ms', 'prof', 'professor', 'herr', 'frau']);

/** "Dr. Young", "Herr Dr. Schmidt", "dr fernandez": names after a title. */
export class TitledNames {
  private readonly lexicon: NameLexicon;
  private readonly cues: NameCues;

  constructor(lexicon: NameLexicon, cues: NameCues) {
    this.lexicon = lexicon;
    this.cues = cues;
  }

  at(tokens: Tokens, at: number): Candidate | undefined {
    const small = tokens.shapes[at] === LOWER;
    if (small && !smallTitles.has(tokens.lower[at]!)) return undefined;
    const title = this.cues.titles.longest(tokens, at, tokens.count);
    if (title === undefined) return undefined;
    let from = title.end;
    let stopped = tokens.lower[from] === '.';
    if (stopped) from++;
    // "Herr Dr. Schmidt": bounded, since titles alone may fill a text.
    for (let more = 0; more < MOST_TITLES; more++) {
      const next = this.cues.titles.longest(tokens, from, tokens.count);
      if (next === undefined || (tokens.shapes[from] === LOWER && !small)) break;
      from = next.end;
      stopped = tokens.lower[from] === '.';
      if (stopped) from++;
    }
    if (from >= tokens.count || tokens.breaks[from]! > 1) return undefined;
    const particles = this.lexicon.particlesEnd(tokens, from);
    if (particles > from && tokens.breaks[particles] === 0) {
      const end = this.lexicon.isCapital(tokens, particles)
        ? nameEnd(this.lexicon, tokens, particles, true, false, true)
        : smallNameEnd(this.lexicon, tokens, particles, true);
      if (end > particles && !(tokens.shapes[from] !== LOWER && end === from + 1))
        return named(from, end, 'title and particles', RANK.title);
    }
    if (tokens.shapes[from] === LOWER) {
      const end = smallNameEnd(
        this.lexicon,
        tokens,
        from,
        stopped || (small && !/^(?:ms|miss)$/.test(tokens.lower[at]!)),
      );
      return end > from ? named(from, end, 'title, in small letters', RANK.title) : undefined;
    }
    // "Dr. M. Reading": the initial belongs to the name.
    let surname = from;
    while (surname - from < 6 && this.lexicon.isInitial(tokens, surname) && tokens.lower[surname + 1] === '.')
      surname += 2;
    const word = tokens.lower[surname] ?? '';
    const sure = this.lexicon.isNameWord(tokens, surname) || this.lexicon.isListed(tokens, surname);
    // "Dr. Young" may be any word; "MS exacerbation" and "DR. WILL CALL" are not names.
    const capitalised = this.lexicon.isCapital(tokens, surname) && tokens.shapes[surname] !== UPPER;
    const placeholder = tokens.shapes[surname] === UPPER && word.length <= TRUSTED_AFTER_TITLE;
    const initialled = surname > from && this.lexicon.isCapital(tokens, surname);
    const titled =
      plainTitles.has(tokens.lower[at]!) ||
      (roleTitles.has(tokens.lower[at]!) && this.lexicon.mayBeSurname(tokens, surname));
    // "MRS PARTRIDGE"; "MR SPINE" is an image.
    const shouted =
      (tokens.lower[at] === 'mrs' || (tokens.lower[at] === 'mr' && isPossessive(tokens, surname + 1))) &&
      tokens.shapes[at] === UPPER &&
      tokens.shapes[surname] === UPPER &&
      word.length > 4 &&
      this.lexicon.mayBeSurname(tokens, surname) &&
      !this.lexicon.known.isMedicalAt(tokens, surname);
    const plain = shouted || (titled && capitalised && tokens.shapes[at] !== UPPER);
    if (
      !sure &&
      !initialled &&
      !plain &&
      !(stopped && (capitalised || placeholder)) &&
      !(this.lexicon.isInitial(tokens, from) && surname === from)
    )
      return undefined;
    // "Dr Anneliese Thorn": after an unknown given name the surname may be a word of English.
    const english =
      this.lexicon.isUnknown(tokens, surname) && this.lexicon.known.isEnglish(tokens.lower[surname + 1] ?? '');
    const lettered = this.lexicon.isInitial(tokens, from) && tokens.shapes[from + 1] === CAPITALISED;
    // "Ms Clover Short"
    const worded =
      plain && !shouted && !this.lexicon.isListed(tokens, surname) && tokens.shapes[surname + 1] === CAPITALISED;
    const open = surname > from || lettered || worded || english || this.lexicon.isGiven(tokens, surname);
    const to = nameEnd(this.lexicon, tokens, from, true, false, open);
    return to > from ? named(from, to, 'title', RANK.title) : undefined;
  }
}
