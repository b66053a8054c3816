import {
  cities,
  countries,
  genericInstitution,
  institutionWords,
  stateCodes,
  states,
  streetWords,
} from '../lexicon/places.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { LOWER, NUMBER, PUNCTUATION, type Tokens, touches, UPPER, WORD } from '../text/tokens.ts';
import type { Candidate } from './candidate.ts';
import type { NameLexicon } from './name-lexicon.ts';

const NAME_BEFORE = 6;
const STREET_NAME = 4;
const placeVerbs: ReadonlySet<string> = new Set(['from', 'in', 'to', 'near', 'visiting', 'at', 'of']);
const livingWords: ReadonlySet<string> = new Set([
  'lives',
  'live',
  'lived',
  'living',
  'resides',
  'residing',
  'resident',
  'born',
  'moved',
  'travel',
  'traveled',
  'travelled',
  'traveling',
  'trip',
  'native',
  'relocated',
  'flew',
  'drove',
  'vacation',
  'came',
  'originally',
]);

/** Addresses, cities and institutions. States and countries alone are no identifiers under Safe Harbor. */
export class PlaceRules {
  private readonly cities = new PhraseTrie<true>().addAll(cities, true);
  private readonly regions = new PhraseTrie<true>().addAll([...states, ...countries], true);
  private readonly codes: ReadonlySet<string> = new Set(stateCodes);
  private readonly states = new PhraseTrie<true>().addAll(states, true);
  private readonly institutions = new PhraseTrie<true>().addAll(institutionWords, true);
  private readonly generic: ReadonlySet<string> = new Set(genericInstitution);
  private readonly streets: ReadonlySet<string> = new Set(streetWords);
  private readonly lexicon: NameLexicon;

  constructor(lexicon: NameLexicon) {
    this.lexicon = lexicon;
  }

  find(tokens: Tokens): Candidate[] {
    const found: Candidate[] = [];
    for (let at = 0; at < tokens.count; at++) {
      const candidate =
        this.street(tokens, at) ??
        this.institution(tokens, at) ??
        this.city(tokens, at) ??
        this.university(tokens, at) ??
        this.afterLiving(tokens, at);
      if (candidate === undefined) continue;
      found.push(candidate);
      at = Math.max(at, candidate.to - 1);
    }
    return found;
  }

  private street(tokens: Tokens, at: number): Candidate | undefined {
    const word = tokens.lower[at]!;
    if (
      (word === 'p' && /^p\.?\s?o\.?\s+box/i.test(tokens.source.slice(tokens.starts[at]!, tokens.starts[at]! + 12))) ||
      (word === 'po' && tokens.lower[at + 1] === 'box')
    ) {
      let to = at + 1;
      while (to < tokens.count && to - at < 7 && tokens.kinds[to] !== NUMBER) to++;
      return tokens.kinds[to] === NUMBER
        ? { from: at, to: this.afterStreet(tokens, to + 1), category: 'LOCATION', rule: 'post box' }
        : undefined;
    }
    if (tokens.kinds[at] !== NUMBER || !/^\d{1,6}$/.test(word)) return undefined;
    let to = at + 1;
    if (this.lexicon.isInitial(tokens, to)) to += tokens.lower[to + 1] === '.' ? 2 : 1;
    const first = to;
    while (to < tokens.count && to - first < STREET_NAME && tokens.breaks[to] === 0) {
      if (to > first && this.streets.has(tokens.lower[to]!) && tokens.shapes[to] !== LOWER) {
        // "2 Right Side Lane" is a street, "4 ST segments" is none.
        return tokens.lower[to] === 'st' &&
          tokens.shapes[to] === UPPER &&
          !this.lexicon.isUnknown(tokens, to - 1) &&
          to - first < 2
          ? undefined
          : { from: at, to: this.afterStreet(tokens, to + 1), category: 'LOCATION', rule: 'street address' };
      }
      const ordinal = tokens.kinds[to] === NUMBER && /^(?:st|nd|rd|th)$/.test(tokens.lower[to + 1] ?? '');
      if (ordinal) to += 2;
      else if (this.lexicon.isCapital(tokens, to)) to++;
      else if (tokens.lower[to] === '.' || tokens.lower[to] === '-' || tokens.lower[to] === "'") to++;
      else return undefined;
    }
    return undefined;
  }

  /** ", Apt 4B, Springfield, PA 15213" */
  private afterStreet(tokens: Tokens, from: number): number {
    let to = from;
    let at = from;
    if (tokens.lower[at] === '.') at++;
    for (let parts = 0; parts < 4 && at < tokens.count; parts++) {
      if (tokens.lower[at] === ',') at++;
      if (tokens.breaks[at]! > 1) break;
      if (/^(?:apt|apartment|suite|ste|unit|floor|rm|room)$/.test(tokens.lower[at] ?? '') || tokens.lower[at] === '#') {
        at++;
        if (tokens.lower[at] === '.' || tokens.lower[at] === '#') at++;
        while (
          at < tokens.count &&
          tokens.kinds[at] !== PUNCTUATION &&
          (tokens.kinds[at] === NUMBER || tokens.lower[at]!.length === 1)
        )
          at++;
        to = at;
        continue;
      }
      const end = this.cityEnd(tokens, at);
      if (end === undefined) break;
      return end;
    }
    return to;
  }

  /** "Springfield, PA 15213", of any capitalised words. */
  private cityEnd(tokens: Tokens, from: number): number | undefined {
    let at = from;
    while (at < tokens.count && at - from < 4 && this.lexicon.isCapital(tokens, at) && tokens.breaks[at]! < 2) {
      at++;
      if (tokens.lower[at] === '.' && tokens.lower[at - 1] === 'st') at++;
      const comma = tokens.lower[at] === ',' ? at + 1 : at;
      const region = this.regionEnd(tokens, comma);
      if (region === undefined || (comma === at && tokens.kinds[region] !== NUMBER)) continue;
      const end = zipEnd(tokens, region);
      // "Smith, MD" is a physician, not a town of Maryland.
      return end === region && /^(?:md|do|pa)$/.test(tokens.lower[comma]!) && credentialed(tokens, comma) ? undefined : end;
    }
    return undefined;
  }

  private regionEnd(tokens: Tokens, at: number): number | undefined {
    if (at >= tokens.count || tokens.kinds[at] !== WORD || tokens.shapes[at] === LOWER) return undefined;
    if (this.codes.has(tokens.lower[at]!) && tokens.shapes[at] === UPPER) return at + 1;
    return this.states.longest(tokens, at, tokens.count)?.end;
  }

  private city(tokens: Tokens, at: number): Candidate | undefined {
    if (!this.lexicon.isCapital(tokens, at)) return undefined;
    const listed = this.cities.longest(tokens, at, tokens.count);
    if (listed !== undefined && !this.lexicon.isEponym(tokens, at)) {
      const region = tokens.lower[listed.end] === ',' ? this.regionEnd(tokens, listed.end + 1) : undefined;
      const to = region === undefined ? listed.end : zipEnd(tokens, region);
      // "Mobile", "Reading", "Madison": also words and people.
      const alone =
        region === undefined &&
        (this.lexicon.known.has(tokens.lower[at]!) || this.lexicon.isListed(tokens.lower[at]!)) &&
        listed.end === at + 1;
      if (!alone || placeVerbs.has(tokens.lower[at - 1] ?? ''))
        return { from: at, to, category: 'LOCATION', rule: 'listed city', recallOnly: alone };
    }
    if (!this.lexicon.isNameWord(tokens, at)) return undefined;
    const end = this.cityEnd(tokens, at);
    return end === undefined ? undefined : { from: at, to: end, category: 'LOCATION', rule: 'city and state' };
  }

  private afterLiving(tokens: Tokens, at: number): Candidate | undefined {
    if (
      !placeVerbs.has(tokens.lower[at]!) ||
      !this.lexicon.isUnknown(tokens, at + 1) ||
      tokens.shapes[at + 1] === UPPER
    )
      return undefined;
    let living = false;
    for (let back = at - 1; back >= Math.max(0, at - 4); back--) living ||= livingWords.has(tokens.lower[back]!);
    if (!living || this.regions.longest(tokens, at + 1, tokens.count) !== undefined) return undefined;
    let to = at + 2;
    while (to < tokens.count && to - at < 4 && this.lexicon.isCapital(tokens, to) && tokens.breaks[to] === 0) to++;
    return { from: at + 1, to, category: 'LOCATION', rule: 'where one lives' };
  }

  private institution(tokens: Tokens, at: number): Candidate | undefined {
    if (!this.lexicon.isCapital(tokens, at)) return undefined;
    const match = this.institutions.longest(tokens, at, tokens.count);
    if (match === undefined) return undefined;
    let from = at;
    let specific = 0;
    while (from > 0 && at - from < NAME_BEFORE && tokens.breaks[from]! < 2) {
      const before = from - 1;
      const word = tokens.lower[before]!;
      if (
        (word === '.' || word === "'" || word === '’' || word === '-') &&
        before > 0 &&
        touches(tokens, before) &&
        (tokens.lower[before - 1]!.length <= 2 || word !== '.')
      )
        from--;
      else if (
        (word === 'of' || word === 'and' || word === '&') &&
        this.lexicon.isCapital(tokens, before - 1) &&
        specific > 0 &&
        !this.generic.has(tokens.lower[before - 1]!)
      )
        from--;
      else if (
        tokens.kinds[before] === WORD &&
        (tokens.shapes[before] !== LOWER || word === 's') &&
        (!this.generic.has(word) ||
          word === 'hospital' ||
          word === 'general' ||
          word === 'community' ||
          word === 'regional' ||
          word === 'university' ||
          word === 'medical' ||
          word === 'state' ||
          word === 'college')
      ) {
        from--;
        if (!this.generic.has(word) && word !== 's') specific++;
      } else break;
    }
    while (from < at && (tokens.kinds[from] !== WORD || tokens.lower[from] === 's')) from++;
    let to = match.end;
    // "University of Springfield Medical Center": what follows belongs to it.
    for (
      let next = this.institutions.longest(tokens, to, tokens.count);
      next !== undefined && tokens.shapes[to] !== LOWER;
      next = this.institutions.longest(tokens, to, tokens.count)
    )
      to = next.end;
    if (specific === 0) return undefined;
    return { from, to, category: 'INSTITUTION', rule: 'institution' };
  }

  private university(tokens: Tokens, at: number): Candidate | undefined {
    if (
      !/^(?:university|college|hospital|institute|school)$/.test(tokens.lower[at]!) ||
      !this.lexicon.isCapital(tokens, at) ||
      tokens.lower[at + 1] !== 'of'
    )
      return undefined;
    let to = at + 2;
    while (
      to < tokens.count &&
      to - at < 8 &&
      (this.lexicon.isNameWord(tokens, to) || to === at + 2 || (tokens.lower[to] === 'of' && to > at + 2)) &&
      this.lexicon.isCapital(tokens, tokens.lower[to] === 'of' ? to + 1 : to) &&
      tokens.breaks[to] === 0
    )
      to++;
    return to > at + 2 && !this.generic.has(tokens.lower[at + 2]!)
      ? { from: at, to, category: 'INSTITUTION', rule: 'institution of a place' }
      : undefined;
  }
}

/** "MD" and "DO" stand for a state hardly ever; "PA" does unless "PA-C" follows. */
const credentialed = (tokens: Tokens, at: number): boolean =>
  tokens.lower[at] !== 'pa' || (tokens.lower[at + 1] === '-' && tokens.lower[at + 2] === 'c');

const zipEnd = (tokens: Tokens, from: number): number => {
  let at = from;
  if (tokens.lower[at] === ',' || tokens.lower[at] === '.') at++;
  if (tokens.kinds[at] !== NUMBER || !/^\d{5}$/.test(tokens.lower[at]!)) return from;
  return tokens.lower[at + 1] === '-' && /^\d{4}$/.test(tokens.lower[at + 2] ?? '') ? at + 3 : at + 1;
};
