import { genericInstitution, institutionWords } from '../lexicon/places.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { LOWER, type Tokens, touches, WORD } from '../text/tokens.ts';
import type { Candidate } from './candidate.ts';
import type { NameLexicon } from './name-lexicon.ts';

const LONGEST = 6;
/** Part of a name, but naming nothing alone: "Springfield General Hospital". */
const fillers: ReadonlySet<string> = new Set([
  'hospital',
  'general',
  'community',
  'regional',
  'university',
  'medical',
  'state',
  'college',
  's',
]);
const beforeOf: ReadonlySet<string> = new Set([
  'university',
  'college',
  'hospital',
  'institute',
  'school',
  'center',
  'centre',
  'sisters',
  'church',
]);
const titles: ReadonlySet<string> = new Set(['dr', 'mr', 'mrs', 'ms', 'prof']);
const conjunctions: ReadonlySet<string> = new Set(['and', '&']);

/** Hospitals, clinics, universities and the like, by the word that ends or begins their name. */
export class InstitutionRules {
  private readonly words = new PhraseTrie<true>().addAll(institutionWords, true);
  private readonly generic: ReadonlySet<string> = new Set(genericInstitution);
  private readonly lexicon: NameLexicon;

  constructor(lexicon: NameLexicon) {
    this.lexicon = lexicon;
  }

  at(tokens: Tokens, at: number): Candidate | undefined {
    if (!this.lexicon.isCapital(tokens, at)) return undefined;
    return this.byEnding(tokens, at) ?? this.byBeginning(tokens, at);
  }

  private byEnding(tokens: Tokens, at: number): Candidate | undefined {
    const match = this.words.longest(tokens, at, tokens.count);
    if (match === undefined) return undefined;
    const { from, specific } = this.nameBefore(tokens, at);
    if (specific === 0) return undefined;
    let to = match.end;
    // "Springfield Hospital Cancer Center": what follows belongs to it.
    for (let next = this.words.longest(tokens, to, tokens.count); next !== undefined && tokens.shapes[to] !== LOWER; ) {
      to = next.end;
      next = this.words.longest(tokens, to, tokens.count);
    }
    return { from, to, category: 'INSTITUTION', rule: 'institution' };
  }

  private nameBefore(tokens: Tokens, at: number): { readonly from: number; readonly specific: number } {
    let from = at;
    let specific = 0;
    while (from > 0 && at - from < LONGEST && tokens.breaks[from]! < 2) {
      const before = from - 1;
      const word = tokens.lower[before]!;
      if (titles.has(word)) {
        // "Dr. Fry Clinic": the person, then the clinic's first word, which is the person's.
        return { from: at, specific: 0 };
      }
      if (this.isMark(tokens, before)) from--;
      else if (conjunctions.has(word) && specific > 0 && this.isPart(tokens, before - 1)) from--;
      else if (word === 'of' && specific > 0 && beforeOf.has(tokens.lower[before - 1] ?? '')) from--;
      else if (this.isPart(tokens, before) || word === 's') {
        from--;
        if (!fillers.has(word)) specific++;
      } else break;
    }
    while (from < at && (tokens.kinds[from] !== WORD || tokens.lower[from] === 's')) from++;
    return { from, specific };
  }

  /** The stop of "St." and the mark of "Children's". */
  private isMark(tokens: Tokens, at: number): boolean {
    const word = tokens.lower[at]!;
    if (!touches(tokens, at)) return false;
    return (
      word === "'" || word === '’' || word === '-' || (word === '.' && /^(?:st|mt|ft)$/.test(tokens.lower[at - 1]!))
    );
  }

  private isPart(tokens: Tokens, at: number): boolean {
    const word = tokens.lower[at] ?? '';
    return this.lexicon.isCapital(tokens, at) && (!this.generic.has(word) || fillers.has(word));
  }

  /** "University of Springfield" */
  private byBeginning(tokens: Tokens, at: number): Candidate | undefined {
    if (!beforeOf.has(tokens.lower[at]!) || tokens.lower[at + 1] !== 'of') return undefined;
    const first = at + 2;
    if (!this.isPart(tokens, first) || fillers.has(tokens.lower[first]!)) return undefined;
    let to = first + 1;
    while (to < tokens.count && to - at < LONGEST + 2 && tokens.breaks[to] === 0 && this.lexicon.isNameWord(tokens, to))
      to++;
    return { from: at, to, category: 'INSTITUTION', rule: 'institution of a place' };
  }
}
