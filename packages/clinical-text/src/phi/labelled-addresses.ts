import { placeParticles, streetWords } from '../lexicon/places.ts';
import { LOWER, NUMBER, PUNCTUATION, type Tokens, touches, WORD } from '../text/tokens.ts';
import { type Candidate, located } from './candidate.ts';
import type { NameLexicon } from './name-lexicon.ts';

const LONGEST_ADDRESS = 16;
export const addressLabels: ReadonlySet<string> = new Set([
  'address',
  'addr',
  'wohnhaft',
  'wohnt',
  'anschrift',
  'adresse',
  'residence',
]);

/** Addresses after a label, in any case. */
export class LabelledAddresses {
  private readonly streets: ReadonlySet<string> = new Set(streetWords);
  private readonly particles: ReadonlySet<string> = new Set(placeParticles);
  private readonly lexicon: NameLexicon;

  constructor(lexicon: NameLexicon) {
    this.lexicon = lexicon;
  }

  /** "wohnhaft Am Hang 3, 6020 Innsbruck", "Address: Kingsway 3, Leeds": all that has a capital or is a number. */
  at(tokens: Tokens, at: number): Candidate | undefined {
    const word = tokens.lower[at]!;
    if (!addressLabels.has(word)) return undefined;
    let from = at + 1;
    const colon = tokens.lower[from] === ':';
    if (colon) from++;
    const small = this.smallAddressEnd(tokens, from);
    if (small !== undefined) return located(from, small, 'labelled address in small letters');
    if (!colon && word !== 'wohnhaft' && word !== 'wohnt') return undefined;
    if (/^(?:in|at)$/.test(tokens.lower[from] ?? '')) from++;
    let to = from;
    let numbers = 0;
    while (
      to < tokens.count &&
      to - from < LONGEST_ADDRESS &&
      tokens.breaks[to]! < 2 &&
      (to > from ? tokens.breaks[to] === 0 || tokens.lower[to - 1] === ',' : true)
    ) {
      if (tokens.kinds[to] === NUMBER) numbers++;
      else if (
        tokens.kinds[to] === PUNCTUATION
          ? !/^[,./'’#-]$/.test(tokens.lower[to]!) ||
            (tokens.lower[to] === '.' &&
              !touches(tokens, to + 1) &&
              (tokens.lower[to - 1]!.length > 4 || touches(tokens, to - 1)))
          : !this.lexicon.isCapital(tokens, to) &&
            !(touches(tokens, to) && tokens.lower[to]!.length === 1) &&
            !(this.particles.has(tokens.lower[to]!) && to > from)
      )
        break;
      to++;
    }
    while (to > from && tokens.kinds[to - 1] === PUNCTUATION) to--;
    return numbers > 0 && to > from + 1 ? located(from, to, 'labelled address') : undefined;
  }

  /** "address 8 the paddocks, market bosworth, cv13 0lt": a house number, words in small letters and commas. */
  private smallAddressEnd(tokens: Tokens, from: number): number | undefined {
    if (tokens.kinds[from] !== NUMBER || !/^\d{1,4}$/.test(tokens.lower[from]!)) return undefined;
    let to = from + 1;
    let commas = 0;
    for (; to < tokens.count && to - from < LONGEST_ADDRESS && tokens.breaks[to]! === 0; to++) {
      const word = tokens.lower[to]!;
      if (word === ',') commas++;
      else if (tokens.kinds[to] === WORD ? tokens.shapes[to] !== LOWER : tokens.kinds[to] !== NUMBER) break;
      else if (commas > 0 && /^(?:tel|phone|dob|mob|nok|gp|lives|with|and|is|was|has|for)$/.test(word)) break;
    }
    while (to > from && tokens.kinds[to - 1] === PUNCTUATION) to--;
    const street = tokens.lower.slice(from, to).some((word) => this.streets.has(word));
    return (commas > 0 || street) && to > from + 2 ? to : undefined;
  }
}
