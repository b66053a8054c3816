import { cities, countries, stateCodes, states } from '../lexicon/places.ts';
import { townNames } from '../lexicon/towns.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { CAPITALISED, LOWER, NUMBER, type Tokens, touches, UPPER, WORD } from '../text/tokens.ts';
import { type Candidate, located } from './candidate.ts';
import { unpack } from './known-words.ts';
import type { NameLexicon } from './name-lexicon.ts';

export const placeVerbs: ReadonlySet<string> = new Set([
  'from',
  'in',
  'to',
  'near',
  'nr',
  'outside',
  'visiting',
  'at',
  'of',
  'aus',
]);
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
  'home',
  'grew',
  'raised',
  'staying',
  'wohnhaft',
]);

/** Before a word that can only be a town: "Great Hoxley". */
const townPrefixes: ReadonlySet<string> = new Set(
  'great little much upper lower nether over north south east west new old long high castle market st saint fort port mount lake st. san santa los el la le'.split(
    ' ',
  ),
);
/** Nouns after the name of a place, before the comma and its town. */
const placeNouns: ReadonlySet<string> = new Set(
  'nursing care residential rest home homes ns school college hospital hospice clinic surgery centre center house lodge court road street lane unit ward practice pharmacy prison campus'.split(
    ' ',
  ),
);

/** Tokens before a town in capitals in which somebody lives. */
const LIVING_NEAR = 8;
/** Codes of states that also mean something else in notes. */
const medicalCodes: ReadonlySet<string> = new Set(
  'al ca co ct de ga hi id in la ma md me mi mo ms mt nd ne oh ok or pa pr sc sd va wa'.split(' '),
);

/** Towns by lists, by a state or a postcode after them, and after words such as "lives in". */
export class TownRules {
  private readonly cities = new PhraseTrie<true>().addAll(cities, true).addAll(unpack(townNames), true);
  private readonly regions = new PhraseTrie<true>().addAll([...states, ...countries], true);
  private readonly codes: ReadonlySet<string> = new Set(stateCodes);
  private readonly states = new PhraseTrie<true>().addAll(states, true);
  private readonly lexicon: NameLexicon;

  constructor(lexicon: NameLexicon) {
    this.lexicon = lexicon;
  }

  /** The end of a listed town. */
  listedEnd(tokens: Tokens, from: number): number | undefined {
    return this.cities.longest(tokens, from, tokens.count)?.end;
  }

  /** "Skipton", "80335 München", "8010 Graz" */
  townEnd(tokens: Tokens, from: number): number | undefined {
    const coded =
      tokens.kinds[from] === NUMBER &&
      /^\d{4,5}$/.test(tokens.lower[from]!) &&
      this.lexicon.isCapital(tokens, from + 1);
    const first = coded ? from + 1 : from;
    const listed = this.lexicon.isCapital(tokens, first) ? this.listedEnd(tokens, first) : undefined;
    if (listed !== undefined) return zipEnd(tokens, listed);
    let to = first + this.townPrefix(tokens, first);
    while (
      to < tokens.count &&
      to - first < 4 &&
      tokens.breaks[to] === (to === first ? tokens.breaks[first] : 0) &&
      (this.lexicon.isUnknown(tokens, to) || (coded && to === first))
    )
      to++;
    return to > first ? to : undefined;
  }

  /** How many tokens of "Great Hoxley" and "Abbot's Wexley" precede the word that can only be a town. */
  private townPrefix(tokens: Tokens, at: number): number {
    if (!this.lexicon.isCapital(tokens, at)) return 0;
    const length = /^['’]$/.test(tokens.lower[at + 1] ?? '') && tokens.lower[at + 2] === 's' ? 3 : 1;
    if (length === 1 && !townPrefixes.has(tokens.lower[at]!)) return 0;
    return tokens.breaks[at + length] === 0 && this.lexicon.isUnknown(tokens, at + length) ? length : 0;
  }

  /** "Fernbank care home, Kidwelbourne": after a place, at most two such nouns, a comma and a town. */
  townBehind(tokens: Tokens, from: number): number | undefined {
    let at = from;
    while (at - from < 2 && tokens.kinds[at] === WORD && tokens.breaks[at] === 0 && placeNouns.has(tokens.lower[at]!))
      at++;
    if (tokens.lower[at] !== ',' || !this.lexicon.isCapital(tokens, at + 1)) return undefined;
    const end =
      this.townEnd(tokens, at + 1) ??
      (this.isTownWord(tokens, at + 1, tokens.shapes[from - 1] === UPPER) ? at + 2 : undefined);
    const ends =
      end !== undefined && (end >= tokens.count || tokens.breaks[end]! > 0 || /^[,.;)]$/.test(tokens.lower[end]!));
    return ends ? end : undefined;
  }

  /** A word with a capital that is of no medicine, job or label: "Hackney". */
  private isTownWord(tokens: Tokens, at: number, shouting = false): boolean {
    return (
      (tokens.shapes[at] === CAPITALISED || (shouting && tokens.shapes[at] === UPPER)) &&
      tokens.lower[at]!.length > 3 &&
      this.lexicon.mayBeSurname(tokens, at) &&
      !this.lexicon.known.isMedicalAt(tokens, at)
    );
  }

  /** "in Dunstable", "from Dingle": words of English in the form of a town, within a sentence. */
  townWithin(tokens: Tokens, at: number): Candidate | undefined {
    const before = tokens.lower[at - 1];
    if (before !== 'from' && before !== 'in' && before !== 'near') return undefined;
    // "LIVES WITH HER SON IN HASTINGS"
    const shouted =
      tokens.shapes[at - 1] === UPPER && tokens.shapes[at] === UPPER && this.isLivingNear(tokens, at - 1, LIVING_NEAR);
    if (tokens.shapes[at - 1] !== LOWER && !shouted) return undefined;
    if (!this.isTownWord(tokens, at, shouted)) return undefined;
    const word = tokens.lower[at]!;
    if (this.lexicon.isUnknown(tokens, at) || this.lexicon.isEponym(tokens, at)) return undefined;
    if (before !== 'from' && this.lexicon.known.holds(word)) return undefined;
    const next = at + 1;
    const ends =
      next >= tokens.count ||
      tokens.breaks[next]! > 0 ||
      /^(?:[.,;)]|and|with|for|on|last|this|today|yesterday|where|who|by|via|to)$/.test(tokens.lower[next]!);
    return ends && this.regions.longest(tokens, at, tokens.count) === undefined
      ? located(at, next, 'town within a sentence')
      : undefined;
  }

  /** "near Elk Point, T0A 1A0": the words with capitals between a comma or a preposition and a postcode. */
  townBefore(tokens: Tokens, postcode: number): number | undefined {
    const to = tokens.lower[postcode - 1] === ',' ? postcode - 1 : postcode;
    let from = to;
    while (from > 0 && to - from < 4 && tokens.breaks[from] === 0 && this.lexicon.isCapital(tokens, from - 1)) from--;
    const before = tokens.lower[from - 1] ?? ',';
    return from < to && (tokens.breaks[from]! > 0 || before === ',' || placeVerbs.has(before)) ? from : undefined;
  }

  /** "Stow-on-Eden" */
  private hyphenated(tokens: Tokens, at: number): Candidate | undefined {
    return at + 4 < tokens.count &&
      tokens.lower[at + 1] === '-' &&
      tokens.lower[at + 3] === '-' &&
      /^(?:on|upon|under|le|la|in|by|sur|en|the|de)$/.test(tokens.lower[at + 2]!) &&
      [1, 2, 3, 4].every((part) => touches(tokens, at + part)) &&
      tokens.shapes[at] === CAPITALISED &&
      tokens.shapes[at + 4] === CAPITALISED
      ? located(at, at + 5, 'town with hyphens')
      : undefined;
  }

  /** "Co. Leitrim", "County Mayo" */
  county(tokens: Tokens, at: number): Candidate | undefined {
    const word = tokens.lower[at]!;
    if ((word !== 'co' && word !== 'county') || tokens.shapes[at] !== CAPITALISED) return undefined;
    const before = tokens.lower[at - 1] ?? '';
    const name = tokens.lower[at + 1] === '.' ? at + 2 : at + 1;
    if (!placeVerbs.has(before) && before !== ',' && before !== ';' && before !== 'formerly') return undefined;
    if (tokens.shapes[name] !== CAPITALISED || tokens.breaks[name]! > 0 || !this.lexicon.mayBeSurname(tokens, name))
      return undefined;
    return located(at, name + 1, 'county');
  }

  /** "Springfield, PA 15213", of any capitalised words. */
  cityEnd(tokens: Tokens, from: number, words = false): number | undefined {
    let at = from;
    while (at < tokens.count && at - from < 4 && this.lexicon.isCapital(tokens, at) && tokens.breaks[at]! < 2) {
      at++;
      if (tokens.lower[at] === '.' && tokens.lower[at - 1] === 'st') at++;
      const comma = tokens.lower[at] === ',' ? at + 1 : at;
      const region = this.regionEnd(tokens, comma);
      if (region === undefined || (comma === at && tokens.kinds[region] !== NUMBER)) continue;
      const end = zipEnd(tokens, region);
      // "from Clinic, PA present": after words of English only a code that is no other abbreviation.
      if (words && (comma === at || (end === region && medicalCodes.has(tokens.lower[comma]!)))) return undefined;
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

  city(tokens: Tokens, at: number): Candidate | undefined {
    if (tokens.shapes[at] === LOWER) return this.cityInSmallLetters(tokens, at);
    if (!this.lexicon.isCapital(tokens, at)) return undefined;
    const hyphenated = this.hyphenated(tokens, at);
    if (hyphenated !== undefined && !this.lexicon.isEponym(tokens, at) && !this.lexicon.known.isMedicalAt(tokens, at))
      return hyphenated;
    const placed = placeVerbs.has(tokens.lower[at - 1] ?? '');
    const listed = this.cities.longest(tokens, at, tokens.count);
    if (listed !== undefined && !this.lexicon.isEponym(tokens, at)) {
      const region = tokens.lower[listed.end] === ',' ? this.regionEnd(tokens, listed.end + 1) : undefined;
      const to = zipEnd(tokens, region ?? listed.end);
      // "Mobile", "Reading", "Madison": also words and people.
      const alone =
        region === undefined &&
        (this.lexicon.known.hasAt(tokens, at) || this.lexicon.isListed(tokens, at)) &&
        listed.end === at + 1;
      if (!alone || placed)
        return {
          ...located(at, to, 'listed city'),
          // "son Declan in Boston": a town that is also a person, but no word.
          recallOnly:
            alone &&
            !(placed && this.isLivingNear(tokens, at - 1)) &&
            !(/^(?:in|from|near|nr)$/.test(tokens.lower[at - 1]!) && !this.lexicon.known.isEnglish(tokens.lower[at]!)),
        };
    }
    if (!this.lexicon.isNameWord(tokens, at) && !placed) return undefined;
    const end = this.cityEnd(tokens, at, !this.lexicon.isNameWord(tokens, at));
    return end === undefined ? undefined : located(at, end, 'city and state');
  }

  private isLivingNear(tokens: Tokens, at: number, reach = 4): boolean {
    for (let back = at - 1; back >= Math.max(0, at - reach); back--)
      if (livingWords.has(tokens.lower[back]!)) return true;
    return false;
  }

  /** "from swindon": a listed city that is no other word. */
  private cityInSmallLetters(tokens: Tokens, at: number): Candidate | undefined {
    if (tokens.kinds[at] !== WORD || !placeVerbs.has(tokens.lower[at - 1] ?? '')) return undefined;
    const end = this.listedEnd(tokens, at);
    // "home to mt airy"
    if (
      end === undefined &&
      /^(?:mt|mount|fort|ft|san|santa|saint)$/.test(tokens.lower[at]!) &&
      tokens.lower[at + 1]!.length > 3
    )
      return tokens.kinds[at + 1] === WORD && tokens.breaks[at + 1] === 0
        ? located(at, at + 2, 'town in small letters')
        : undefined;
    if (
      end === undefined ||
      (end === at + 1 && this.lexicon.isListed(tokens, at)) ||
      // "in fair oaks" may be any words.
      tokens.lower.slice(at, end).every((word) => this.lexicon.known.holds(word))
    )
      return undefined;
    return located(at, end, 'listed city in small letters');
  }

  /** "lives in cleethorpes" */
  private isUnknownInSmallLetters(tokens: Tokens, at: number): boolean {
    return (
      at < tokens.count &&
      tokens.kinds[at] === WORD &&
      tokens.shapes[at] === LOWER &&
      tokens.lower[at]!.length > 4 &&
      /^(?:in|from|near)$/.test(tokens.lower[at - 1]!) &&
      /^(?:lives?|living|resides|born|moved|home|house|flat|based|staying|stays|grew|raised)$/.test(
        tokens.lower[at - 2] ?? '',
      ) &&
      !this.lexicon.known.hasAt(tokens, at)
    );
  }

  afterLiving(tokens: Tokens, at: number): Candidate | undefined {
    if (
      !placeVerbs.has(tokens.lower[at]!) ||
      !(this.lexicon.isUnknown(tokens, at + 1) || this.isUnknownInSmallLetters(tokens, at + 1)) ||
      (tokens.shapes[at + 1] === UPPER && tokens.lower[at + 1]!.length < 5)
    )
      return undefined;
    let living = tokens.lower[at] === 'from' && /^(?:am|is|are|was|m|s)$/.test(tokens.lower[at - 1] ?? '');
    living ||= this.isLivingNear(tokens, at);
    if (!living || this.regions.longest(tokens, at + 1, tokens.count) !== undefined) return undefined;
    let to = at + 2;
    while (to < tokens.count && to - at < 4 && this.lexicon.isNameWord(tokens, to) && tokens.breaks[to] === 0) to++;
    to = this.cityEnd(tokens, at + 1) ?? to;
    return located(at + 1, to, 'where one lives');
  }
}

/** "MD" and "DO" are rarely states; "PA" is one unless it is part of "PA-C". */
const credentialed = (tokens: Tokens, at: number): boolean =>
  tokens.lower[at] !== 'pa' || (tokens.lower[at + 1] === '-' && tokens.lower[at + 2] === 'c');

const zipEnd = (tokens: Tokens, from: number): number => {
  let at = from;
  if (tokens.lower[at] === ',' || tokens.lower[at] === '.') at++;
  if (tokens.kinds[at] !== NUMBER || !/^\d{5}$/.test(tokens.lower[at]!)) return from;
  return tokens.lower[at + 1] === '-' && /^\d{4}$/.test(tokens.lower[at + 2] ?? '') ? at + 3 : at + 1;
};
