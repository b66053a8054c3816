import { cities, countries, stateCodes, states, streetWords } from '../lexicon/places.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { LOWER, NUMBER, PUNCTUATION, type Tokens, UPPER, WORD } from '../text/tokens.ts';
import type { Candidate } from './candidate.ts';
import { InstitutionRules } from './institution-rules.ts';
import type { NameLexicon } from './name-lexicon.ts';

const _NAME_BEFORE = 6;
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

const functionWords: ReadonlySet<string> = new Set([
  'by',
  'of',
  'in',
  'on',
  'at',
  'to',
  'from',
  'with',
  'and',
  'or',
  'the',
  'for',
  'was',
  'is',
  'per',
  'a',
]);

/** Addresses, cities and institutions. States and countries alone are no identifiers under Safe Harbor. */
export class PlaceRules {
  private readonly cities = new PhraseTrie<true>().addAll(cities, true);
  private readonly regions = new PhraseTrie<true>().addAll([...states, ...countries], true);
  private readonly codes: ReadonlySet<string> = new Set(stateCodes);
  private readonly states = new PhraseTrie<true>().addAll(states, true);
  private readonly institutions: InstitutionRules;
  private readonly streets: ReadonlySet<string> = new Set(streetWords);
  private readonly lexicon: NameLexicon;

  constructor(lexicon: NameLexicon) {
    this.lexicon = lexicon;
    this.institutions = new InstitutionRules(lexicon);
  }

  find(tokens: Tokens): Candidate[] {
    const found: Candidate[] = [];
    for (let at = 0; at < tokens.count; at++) {
      const candidate =
        this.street(tokens, at) ??
        this.institutions.at(tokens, at) ??
        this.city(tokens, at) ??
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
      else if (this.lexicon.isCapital(tokens, to) && !functionWords.has(tokens.lower[to]!)) to++;
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
      return end === region && /^(?:md|do|pa)$/.test(tokens.lower[comma]!) && credentialed(tokens, comma)
        ? undefined
        : end;
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
    to = this.cityEnd(tokens, at + 1) ?? to;
    return { from: at + 1, to, category: 'LOCATION', rule: 'where one lives' };
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
