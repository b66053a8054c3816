import {
  cities,
  countries,
  germanStreetEndings,
  houseWords,
  placeParticles,
  stateCodes,
  states,
  streetBeginnings,
  streetWords,
  sureStreetWords,
} from '../lexicon/places.ts';
import type { Openings } from '../text/openings.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { LOWER, NUMBER, PUNCTUATION, type Tokens, touches, UPPER, WORD } from '../text/tokens.ts';
import { WordFacts } from '../text/word-facts.ts';
import { type Candidate, RANK } from './candidate.ts';
import { InstitutionRules, saints } from './institution-rules.ts';
import type { NameLexicon } from './name-lexicon.ts';

const STREET_NAME = 4;
const placeVerbs: ReadonlySet<string> = new Set(['from', 'in', 'to', 'near', 'outside', 'visiting', 'at', 'of', 'aus']);
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

const LONGEST_ADDRESS = 16;
/** Codes of states that also mean something else in notes. */
const medicalCodes: ReadonlySet<string> = new Set(
  'al ca co ct de ga hi id in la ma md me mi mo ms mt nd ne oh ok or pa pr sc sd va wa'.split(' '),
);
const addressLabels: ReadonlySet<string> = new Set([
  'address',
  'addr',
  'wohnhaft',
  'wohnt',
  'anschrift',
  'adresse',
  'residence',
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
  private readonly beginnings: ReadonlySet<string> = new Set(streetBeginnings);
  private readonly particles: ReadonlySet<string> = new Set(placeParticles);
  private readonly sureStreets: ReadonlySet<string> = new Set(sureStreetWords);
  private readonly houses: ReadonlySet<string> = new Set(houseWords);
  private readonly german = new WordFacts((word) => (germanStreetEndings.some((each) => word.endsWith(each)) ? 1 : 0));
  private readonly lexicon: NameLexicon;

  private readonly openings: Openings;
  /** The bit of a word that begins a place in small letters too, and that of one before a town. */
  private readonly begins: number;
  private readonly leads: number;

  constructor(lexicon: NameLexicon, openings: Openings) {
    this.lexicon = lexicon;
    this.institutions = new InstitutionRules(lexicon);
    this.openings = openings;
    this.leads = openings.bit([], (word) => placeVerbs.has(word));
    this.begins =
      this.leads |
      openings.bit(
        [this.institutions.named],
        (word) => word === 'p' || word === 'po' || word === 'rr' || addressLabels.has(word) || saints.has(word),
      );
  }

  find(tokens: Tokens): Candidate[] {
    const found: Candidate[] = [];
    const opens = this.openings.of(tokens);
    for (let at = 0; at < tokens.count; at++) {
      const kind = tokens.kinds[at];
      if (kind === PUNCTUATION) continue;
      // Few words in small letters begin a place: the rules are asked about the others alone.
      if (kind === WORD && tokens.shapes[at] === LOWER && (opens[at]! & this.begins) === 0) {
        if (at === 0 || (opens[at - 1]! & this.leads) === 0) continue;
      }
      const candidate =
        this.street(tokens, at) ??
        this.afterAddressLabel(tokens, at) ??
        this.germanStreet(tokens, at) ??
        this.streetByName(tokens, at) ??
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
        ? { from: at, to: this.afterStreet(tokens, to + 1), category: 'LOCATION', rule: 'post box', rank: RANK.place }
        : undefined;
    }
    const flat = this.flat(tokens, at);
    if (flat !== undefined) return flat;
    const route = this.ruralRoute(tokens, at);
    if (route !== undefined) return route;
    if (tokens.kinds[at] !== NUMBER || !/^\d{1,6}$/.test(word)) return undefined;
    let to = at + 1;
    const began = this.streetBegun(tokens, to);
    if (began !== undefined)
      return { from: at, to: began, category: 'LOCATION', rule: 'street address', rank: RANK.place };
    if (this.lexicon.isInitial(tokens, to)) to += tokens.lower[to + 1] === '.' ? 2 : 1;
    else if (touches(tokens, to) && /^[a-h]$/.test(tokens.lower[to] ?? '')) to++;
    const first = to;
    // "5. Chase results": a mark alone names no street.
    let named = false;
    while (to < tokens.count && to - first < STREET_NAME && tokens.breaks[to] === 0) {
      if (named && this.streets.has(tokens.lower[to]!) && tokens.shapes[to] !== LOWER) {
        // "1. Right Side weakness": a number that begins a line is of the list, unless the words name a street by themselves.
        if (
          (at === 0 || tokens.breaks[at]! > 0) &&
          tokens.lower[at + 1] === '.' &&
          word.length < 3 &&
          !this.sureStreets.has(tokens.lower[to]!) &&
          this.lexicon.known.hasAt(tokens, to - 1)
        )
          return undefined;
        // "2 Right Side Lane" is a street, "4 ST segments" is none.
        return tokens.lower[to] === 'st' &&
          tokens.shapes[to] === UPPER &&
          !this.lexicon.isUnknown(tokens, to - 1) &&
          to - first < 2
          ? undefined
          : {
              from: at,
              to: this.afterStreet(tokens, to + 1),
              category: 'LOCATION',
              rule: 'street address',
              rank: RANK.place,
            };
      }
      // "114 Kingsway, Manchester": a listed town after it says what it is.
      if (
        to > first &&
        tokens.lower[to] === ',' &&
        this.lexicon.isCapital(tokens, to + 1) &&
        this.cities.longest(tokens, to + 1, tokens.count) !== undefined
      )
        return {
          from: at,
          to: this.afterStreet(tokens, to),
          category: 'LOCATION',
          rule: 'street and town',
          rank: RANK.place,
        };
      named ||= tokens.kinds[to] !== PUNCTUATION;
      const ordinal = tokens.kinds[to] === NUMBER && /^(?:st|nd|rd|th)$/.test(tokens.lower[to + 1] ?? '');
      if (ordinal) to += 2;
      else if (this.lexicon.isCapital(tokens, to) && !functionWords.has(tokens.lower[to]!)) to++;
      // "7 Gort na Coille, Ennis"
      else if (named && this.particles.has(tokens.lower[to]!) && this.lexicon.isCapital(tokens, to + 1)) to += 2;
      // "St. Mary's Road", not "Mellitus. End Stage"
      else if (tokens.lower[to] === '.' ? tokens.lower[to - 1]!.length < 4 : /^['’-]$/.test(tokens.lower[to]!)) to++;
      else return undefined;
    }
    return undefined;
  }

  /** "Flat 9, Corn Exchange, Hexham": a building without a street. */
  private flat(tokens: Tokens, at: number): Candidate | undefined {
    if (tokens.kinds[at] !== WORD || !/^(?:flat|apartment|apt)$/.test(tokens.lower[at]!)) return undefined;
    if (tokens.kinds[at + 1] !== NUMBER || tokens.lower[at + 2] !== ',') return undefined;
    let to = at + 3;
    while (to - at < 7 && this.lexicon.isCapital(tokens, to) && tokens.breaks[to] === 0) to++;
    return to > at + 3 && (tokens.lower[to] === ',' || tokens.lower[to] === '.' || to >= tokens.count)
      ? { from: at, to: this.afterStreet(tokens, to), category: 'LOCATION', rule: 'flat', rank: RANK.place }
      : undefined;
  }

  /** "RR 2, Box 41" */
  private ruralRoute(tokens: Tokens, at: number): Candidate | undefined {
    if (tokens.kinds[at] !== WORD || !/^(?:rr|hc|rural|box)$/.test(tokens.lower[at]!)) return undefined;
    let number = at + 1;
    if (tokens.lower[number] === 'route') number++;
    if (tokens.kinds[number] !== NUMBER) return undefined;
    const box = tokens.lower[number + 1] === ',' ? number + 2 : number + 1;
    if (tokens.lower[box] !== 'box' || tokens.kinds[box + 1] !== NUMBER) return undefined;
    return {
      from: at,
      to: this.afterStreet(tokens, box + 2),
      category: 'LOCATION',
      rule: 'rural route',
      rank: RANK.place,
    };
  }

  /** "rue Saint-Denis, app. 3, Montréal": the end of a street whose first word says that it is one. */
  private streetBegun(tokens: Tokens, from: number): number | undefined {
    let at = tokens.lower[from] === ',' ? from + 1 : from;
    if (!this.beginnings.has(tokens.lower[at] ?? '')) return undefined;
    at++;
    if (tokens.lower[at] === '.') at++;
    let to = at;
    while (
      at < tokens.count &&
      to - from < 2 * STREET_NAME &&
      tokens.breaks[at] === 0 &&
      (this.lexicon.isCapital(tokens, at) ||
        this.particles.has(tokens.lower[at]!) ||
        (/^['’-]$/.test(tokens.lower[at]!) && touches(tokens, at + 1)))
    ) {
      at++;
      if (this.lexicon.isCapital(tokens, at - 1)) to = at;
    }
    return to > from + 1 ? this.afterStreet(tokens, to) : undefined;
  }

  /** ", Apt 4B, Springfield, PA 15213" */
  private afterStreet(tokens: Tokens, from: number): number {
    let to = from;
    let at = from;
    if (tokens.lower[at] === '.') at++;
    for (let parts = 0; parts < 4 && at < tokens.count; parts++) {
      if (tokens.lower[at] === ',') at++;
      if (at >= tokens.count || tokens.breaks[at]! > 1) break;
      if (
        /^(?:apt|app|apartment|suite|ste|unit|floor|rm|room)$/.test(tokens.lower[at] ?? '') ||
        tokens.lower[at] === '#'
      ) {
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
      if (end !== undefined) return end;
      // A town alone, where a comma or a line sets it apart: of unknown words, or a listed one.
      const town = tokens.lower[at - 1] === ',' || tokens.breaks[at] === 1 ? this.townEnd(tokens, at) : undefined;
      if (town === undefined) break;
      to = town;
      at = town;
    }
    return to;
  }

  /** "Skipton", "80335 München", "8010 Graz" */
  private townEnd(tokens: Tokens, from: number): number | undefined {
    const coded =
      tokens.kinds[from] === NUMBER &&
      /^\d{4,5}$/.test(tokens.lower[from]!) &&
      this.lexicon.isCapital(tokens, from + 1);
    const first = coded ? from + 1 : from;
    const listed = this.lexicon.isCapital(tokens, first)
      ? this.cities.longest(tokens, first, tokens.count)?.end
      : undefined;
    if (listed !== undefined) return listed;
    let to = first;
    while (
      to < tokens.count &&
      to - first < 3 &&
      tokens.breaks[to] === (to === first ? tokens.breaks[first] : 0) &&
      (this.lexicon.isUnknown(tokens, to) || (coded && to === first))
    )
      to++;
    return to > first ? to : undefined;
  }

  /** "wohnhaft Am Hang 3, 6020 Innsbruck", "Address: Kingsway 3, Leeds": all that has a capital or is a number. */
  private afterAddressLabel(tokens: Tokens, at: number): Candidate | undefined {
    const word = tokens.lower[at]!;
    if (!addressLabels.has(word)) return undefined;
    let from = at + 1;
    const colon = tokens.lower[from] === ':';
    if (colon) from++;
    const small = this.smallAddressEnd(tokens, from);
    if (small !== undefined)
      return { from, to: small, category: 'LOCATION', rule: 'labelled address in small letters', rank: RANK.place };
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
          ? !/^[,./'’-]$/.test(tokens.lower[to]!) ||
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
    return numbers > 0 && to > from + 1
      ? { from, to, category: 'LOCATION', rule: 'labelled address', rank: RANK.place }
      : undefined;
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

  /** "Bahnhofstraße 12, 80335 München", "Berliner Allee 3" */
  private germanStreet(tokens: Tokens, at: number): Candidate | undefined {
    if (!this.lexicon.isCapital(tokens, at)) return undefined;
    const word = tokens.lower[at]!;
    if ((this.german.at(tokens, at) & 1) === 0) return undefined;
    const ending = germanStreetEndings.find((each) => word.endsWith(each));
    if (ending === undefined || word.length < ending.length + (ending === word ? 0 : 3)) return undefined;
    let number = at + 1;
    if (tokens.lower[number] === '.') number++;
    if (tokens.kinds[number] !== NUMBER || !/^\d{1,3}$/.test(tokens.lower[number]!) || tokens.breaks[number]! > 0)
      return undefined;
    const lone = word === ending;
    if (lone && !this.lexicon.isCapital(tokens, at - 1)) return undefined;
    if (this.lexicon.known.hasAt(tokens, at) && !lone) return undefined;
    let to = number + 1;
    if (touches(tokens, to) && tokens.kinds[to] === WORD && tokens.lower[to]!.length === 1) to++;
    const town =
      tokens.lower[to] === ',' || tokens.breaks[to] === 1
        ? this.townEnd(tokens, tokens.lower[to] === ',' ? to + 1 : to)
        : undefined;
    return { from: lone ? at - 1 : at, to: town ?? to, category: 'LOCATION', rule: 'German street', rank: RANK.place };
  }

  /** "The Old Rectory, Church Lane, Malham": a street without a number. */
  private streetByName(tokens: Tokens, at: number): Candidate | undefined {
    if (
      !this.lexicon.isCapital(tokens, at) ||
      !(this.sureStreets.has(tokens.lower[at]!) || /^(?:st|ave|rd|blvd|ln)$/.test(tokens.lower[at]!))
    )
      return undefined;
    let from = at;
    while (
      from > 0 &&
      at - from < 3 &&
      tokens.breaks[from] === 0 &&
      this.lexicon.isCapital(tokens, from - 1) &&
      tokens.lower[from - 1]!.length > 2 &&
      !functionWords.has(tokens.lower[from - 1]!)
    )
      from--;
    if (from === at) return undefined;
    const before = tokens.lower[from - 1] ?? ',';
    const word = tokens.lower[at]!;
    // "on Elm St", not "on ST segment", "Dr" or "St Mary".
    if (!this.sureStreets.has(word) && (tokens.shapes[at] === UPPER || this.lexicon.isCapital(tokens, at + 1)))
      return undefined;
    const placed = /^(?:,|:|on|off|in|of|from|along|at|to|the|near)$/.test(before) || tokens.breaks[from]! > 0;
    const upper = tokens.shapes[at] === UPPER;
    const short = !this.sureStreets.has(word);
    if (!placed || (upper && before !== ',') || (short && !/^(?:on|off|along|at|near)$/.test(before))) return undefined;
    // "The Old Rectory," before it names the house.
    let start = from;
    if (before === ',') {
      let house = from - 2;
      if (this.houses.has(tokens.lower[house] ?? '') && this.lexicon.isCapital(tokens, house)) {
        while (house > 0 && from - house < 6 && this.lexicon.isCapital(tokens, house - 1)) house--;
        start = house;
      }
    }
    return {
      from: start,
      to: this.afterStreet(tokens, at + 1),
      category: 'LOCATION',
      rule: 'street by name',
      rank: RANK.place,
    };
  }

  /** "Springfield, PA 15213", of any capitalised words. */
  private cityEnd(tokens: Tokens, from: number, words = false): number | undefined {
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

  private city(tokens: Tokens, at: number): Candidate | undefined {
    if (tokens.shapes[at] === LOWER) return this.cityInSmallLetters(tokens, at);
    if (!this.lexicon.isCapital(tokens, at)) return undefined;
    const listed = this.cities.longest(tokens, at, tokens.count);
    if (listed !== undefined && !this.lexicon.isEponym(tokens, at)) {
      const region = tokens.lower[listed.end] === ',' ? this.regionEnd(tokens, listed.end + 1) : undefined;
      const to = region === undefined ? listed.end : zipEnd(tokens, region);
      // "Mobile", "Reading", "Madison": also words and people.
      const alone =
        region === undefined &&
        (this.lexicon.known.hasAt(tokens, at) || this.lexicon.isListed(tokens, at)) &&
        listed.end === at + 1;
      const placed = placeVerbs.has(tokens.lower[at - 1] ?? '');
      if (!alone || placed)
        return {
          from: at,
          to,
          category: 'LOCATION',
          rule: 'listed city',
          rank: RANK.place,
          recallOnly: alone && !(placed && this.isLivingNear(tokens, at - 1)),
        };
    }
    const placed = placeVerbs.has(tokens.lower[at - 1] ?? '');
    if (!this.lexicon.isNameWord(tokens, at) && !placed) return undefined;
    const end = this.cityEnd(tokens, at, !this.lexicon.isNameWord(tokens, at));
    return end === undefined
      ? undefined
      : { from: at, to: end, category: 'LOCATION', rule: 'city and state', rank: RANK.place };
  }

  private isLivingNear(tokens: Tokens, at: number): boolean {
    for (let back = at - 1; back >= Math.max(0, at - 4); back--) if (livingWords.has(tokens.lower[back]!)) return true;
    return false;
  }

  /** "from swindon": a listed city that is no other word. */
  private cityInSmallLetters(tokens: Tokens, at: number): Candidate | undefined {
    if (tokens.kinds[at] !== WORD || !placeVerbs.has(tokens.lower[at - 1] ?? '')) return undefined;
    const end = this.cities.longest(tokens, at, tokens.count)?.end;
    if (
      end === undefined ||
      (end === at + 1 && (this.lexicon.known.holds(tokens.lower[at]!) || this.lexicon.isListed(tokens, at)))
    )
      return undefined;
    return { from: at, to: end, category: 'LOCATION', rule: 'listed city in small letters', rank: RANK.place };
  }

  /** "lives in cleethorpes" */
  private isUnknownInSmallLetters(tokens: Tokens, at: number): boolean {
    return (
      at < tokens.count &&
      tokens.kinds[at] === WORD &&
      tokens.shapes[at] === LOWER &&
      tokens.lower[at]!.length > 4 &&
      /^(?:in|from|near)$/.test(tokens.lower[at - 1]!) &&
      /^(?:lives?|living|resides|born|moved)$/.test(tokens.lower[at - 2] ?? '') &&
      !this.lexicon.known.hasAt(tokens, at)
    );
  }

  private afterLiving(tokens: Tokens, at: number): Candidate | undefined {
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
    return { from: at + 1, to, category: 'LOCATION', rule: 'where one lives', rank: RANK.place };
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
