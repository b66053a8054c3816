import {
  germanStreetEndings,
  houseWords,
  placeParticles,
  streetBeginnings,
  streetWords,
  sureStreetWords,
} from '../lexicon/places.ts';
import { CAPITALISED, LOWER, NUMBER, PUNCTUATION, type Tokens, touches, UPPER, WORD } from '../text/tokens.ts';
import { WordFacts } from '../text/word-facts.ts';
import { type Candidate, located } from './candidate.ts';
import type { NameLexicon } from './name-lexicon.ts';
import type { TownRules } from './town-rules.ts';

const STREET_NAME = 4;
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

export const smallRoads: ReadonlySet<string> = new Set(['street', 'road', 'avenue', 'lane']);
/** Before a road that has no name. */
const plainRoads: ReadonlySet<string> = new Set(
  'the this that her his my our their same main busy open icy wet cross side back rough dirt rural country public city quiet fast slow middle bus cycle traffic right left wrong any every each one down across'.split(
    ' ',
  ),
);

/** Streets and buildings, with the flat, the town and the postcode after them. */
export class StreetRules {
  private readonly streets: ReadonlySet<string> = new Set(streetWords);
  private readonly beginnings: ReadonlySet<string> = new Set(streetBeginnings);
  private readonly particles: ReadonlySet<string> = new Set(placeParticles);
  private readonly sureStreets: ReadonlySet<string> = new Set(sureStreetWords);
  private readonly houses: ReadonlySet<string> = new Set(houseWords);
  private readonly german = new WordFacts((word) => (germanStreetEndings.some((each) => word.endsWith(each)) ? 1 : 0));
  private readonly lexicon: NameLexicon;
  private readonly towns: TownRules;

  constructor(lexicon: NameLexicon, towns: TownRules) {
    this.lexicon = lexicon;
    this.towns = towns;
  }

  street(tokens: Tokens, at: number): Candidate | undefined {
    const word = tokens.lower[at]!;
    if (
      (word === 'p' && /^p\.?\s?o\.?\s+box/i.test(tokens.source.slice(tokens.starts[at]!, tokens.starts[at]! + 12))) ||
      (word === 'po' && tokens.lower[at + 1] === 'box')
    ) {
      let to = at + 1;
      while (to < tokens.count && to - at < 7 && tokens.kinds[to] !== NUMBER) to++;
      return tokens.kinds[to] === NUMBER ? located(at, this.afterStreet(tokens, to + 1), 'post box') : undefined;
    }
    const flat = this.flat(tokens, at);
    if (flat !== undefined) return flat;
    const route = this.ruralRoute(tokens, at);
    if (route !== undefined) return route;
    if (tokens.kinds[at] !== NUMBER || !/^\d{1,6}$/.test(word)) return undefined;
    let to = at + 1;
    const began = this.streetBegun(tokens, to);
    if (began !== undefined) return located(at, began, 'street address');
    const small = this.smallStreet(tokens, at);
    if (small !== undefined) return small;
    const close = this.close(tokens, at);
    if (close !== undefined) return close;
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
        // "2 Right Side Lane" is a street, "4 ST segments" is not.
        return tokens.lower[to] === 'st' &&
          tokens.shapes[to] === UPPER &&
          !this.lexicon.isUnknown(tokens, to - 1) &&
          to - first < 2 &&
          !(tokens.lower[at - 1] === ',' && tokens.lower[to + 1] === ',')
          ? undefined
          : located(at, this.afterStreet(tokens, to + 1), 'street address');
      }
      // "114 Kingsway, Manchester": the listed town after it shows that it is a street.
      if (
        to > first &&
        tokens.lower[to] === ',' &&
        this.lexicon.isCapital(tokens, to + 1) &&
        this.towns.listedEnd(tokens, to + 1) !== undefined
      )
        return located(at, this.afterStreet(tokens, to), 'street and town');
      named ||= tokens.kinds[to] !== PUNCTUATION;
      const ordinal = tokens.kinds[to] === NUMBER && /^(?:st|nd|rd|th)$/.test(tokens.lower[to + 1] ?? '');
      if (ordinal) to += 2;
      // "22B Baker's Yard"
      else if (/^['’]$/.test(tokens.lower[to]!) && tokens.lower[to + 1] === 's' && touches(tokens, to + 1)) to += 2;
      else if (this.lexicon.isCapital(tokens, to) && !functionWords.has(tokens.lower[to]!)) to++;
      // "7 Gort na Coille, Ennis"
      else if (named && this.particles.has(tokens.lower[to]!) && this.lexicon.isCapital(tokens, to + 1)) to += 2;
      // "St. Mary's Road", not "Mellitus. End Stage"
      else if (tokens.lower[to] === '.' ? tokens.lower[to - 1]!.length < 4 : /^['’-]$/.test(tokens.lower[to]!)) to++;
      else return undefined;
    }
    return undefined;
  }

  /** "lives 7 orchard rd" */
  private smallStreet(tokens: Tokens, at: number): Candidate | undefined {
    let to = at + 1;
    while (
      to < tokens.count &&
      to - at < 4 &&
      tokens.kinds[to] === WORD &&
      tokens.shapes[to] === LOWER &&
      tokens.breaks[to] === 0 &&
      !functionWords.has(tokens.lower[to]!)
    ) {
      if (to > at + 1 && /^(?:rd|road|street|ave|avenue|lane|crescent|terrace)$/.test(tokens.lower[to]!))
        return located(at, to + 1, 'street in small letters');
      to++;
    }
    return undefined;
  }

  /** "works on quarry street" */
  smallStreetByName(tokens: Tokens, at: number): Candidate | undefined {
    const name = at - 1;
    if (tokens.shapes[at] !== LOWER || !smallRoads.has(tokens.lower[at]!) || name < 1) return undefined;
    if (!/^(?:on|off|in|at|near)$/.test(tokens.lower[name - 1]!) || tokens.shapes[name] !== LOWER) return undefined;
    const word = tokens.lower[name]!;
    return tokens.kinds[name] === WORD &&
      tokens.breaks[at] === 0 &&
      word.length > 2 &&
      !plainRoads.has(word) &&
      !functionWords.has(word) &&
      !this.lexicon.known.isMedicalAt(tokens, name)
      ? located(name, at + 1, 'street by name, in small letters')
      : undefined;
  }

  /** "of 3 The Maltings, Abbot's Wexley" */
  private close(tokens: Tokens, at: number): Candidate | undefined {
    const before = tokens.lower[at - 1] ?? '';
    if (tokens.lower[at + 1] !== 'the' || tokens.shapes[at + 1] !== CAPITALISED || tokens.breaks[at + 2] !== 0)
      return undefined;
    if (
      tokens.lower[at + 3] !== ',' ||
      tokens.shapes[at + 2] !== CAPITALISED ||
      !this.lexicon.isCapital(tokens, at + 4)
    )
      return undefined;
    return /^(?:of|at|address|:|,|lives|from|to|is|was)$/.test(before)
      ? located(at, this.afterStreet(tokens, at + 3), 'close by name')
      : undefined;
  }

  /** "Flat 9, Corn Exchange, Hexham": a building without a street. */
  private flat(tokens: Tokens, at: number): Candidate | undefined {
    if (tokens.kinds[at + 1] !== NUMBER || !/^(?:flat|apartment|apt)$/.test(tokens.lower[at]!)) return undefined;
    const lettered = tokens.lower[at + 2]?.length === 1 && tokens.kinds[at + 2] === WORD && touches(tokens, at + 2);
    const comma = lettered ? at + 3 : at + 2;
    if (lettered && tokens.kinds[comma + 1] === NUMBER) return located(at, comma, 'flat');
    if (tokens.lower[comma] !== ',') return lettered ? located(at, comma, 'flat') : undefined;
    let to = comma + 1;
    while (to - at < 7 && this.lexicon.isCapital(tokens, to) && tokens.breaks[to] === 0) to++;
    return to > comma + 1 && (tokens.lower[to] === ',' || tokens.lower[to] === '.' || to >= tokens.count)
      ? located(at, this.afterStreet(tokens, to), 'flat')
      : undefined;
  }

  /** "RR 2, Box 41" */
  private ruralRoute(tokens: Tokens, at: number): Candidate | undefined {
    let number = at + 1;
    if (tokens.lower[number] === 'route') number++;
    if (tokens.kinds[number] !== NUMBER || tokens.kinds[at] !== WORD) return undefined;
    if (!/^(?:rr|hc|rural|box)$/.test(tokens.lower[at]!)) return undefined;
    const box = tokens.lower[number + 1] === ',' ? number + 2 : number + 1;
    if (tokens.lower[box] !== 'box' || tokens.kinds[box + 1] !== NUMBER) return undefined;
    return located(at, this.afterStreet(tokens, box + 2), 'rural route');
  }

  /** "rue Saint-Denis, app. 3, Montréal": the end of a street that begins with a word for "street". */
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
      const end = this.towns.cityEnd(tokens, at);
      if (end !== undefined) return end;
      // A town alone, where a comma or a line sets it apart: of unknown words, or a listed one.
      const town = tokens.lower[at - 1] === ',' || tokens.breaks[at] === 1 ? this.towns.townEnd(tokens, at) : undefined;
      if (town === undefined) break;
      to = town;
      at = town;
    }
    return to;
  }

  /** "Im Grund 4, 35037 Marburg": a preposition, a number, and a town with its postcode. */
  private germanStreetBegun(tokens: Tokens, at: number): Candidate | undefined {
    if (tokens.kinds[at + 2] !== NUMBER && tokens.kinds[at + 3] !== NUMBER) return undefined;
    if (!/^(?:am|im|an|auf|zum|zur|in|unter)$/.test(tokens.lower[at]!)) return undefined;
    const name = /^(?:der|den|dem)$/.test(tokens.lower[at + 1] ?? '') ? at + 2 : at + 1;
    const number = name + 1;
    if (!this.lexicon.isCapital(tokens, name) || tokens.kinds[number] !== NUMBER || number + 3 >= tokens.count)
      return undefined;
    if (tokens.lower[number + 1] !== ',' || !/^\d{4,5}$/.test(tokens.lower[number + 2]!)) return undefined;
    const town = this.towns.townEnd(tokens, number + 2);
    return town === undefined ? undefined : located(at, town, 'German street');
  }

  /** "Bahnhofstraße 12, 80335 München", "Berliner Allee 3" */
  germanStreet(tokens: Tokens, at: number): Candidate | undefined {
    if (!this.lexicon.isCapital(tokens, at)) return undefined;
    const begun = this.germanStreetBegun(tokens, at);
    if (begun !== undefined) return begun;
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
        ? this.towns.townEnd(tokens, tokens.lower[to] === ',' ? to + 1 : to)
        : undefined;
    return located(lone ? at - 1 : at, town ?? to, 'German street');
  }

  /** "The Old Rectory, Church Lane, Malham": a street without a number. */
  streetByName(tokens: Tokens, at: number): Candidate | undefined {
    if (
      !this.lexicon.isCapital(tokens, at) ||
      !(this.sureStreets.has(tokens.lower[at]!) || /^(?:st|ave|rd|blvd|ln|hill)$/.test(tokens.lower[at]!))
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
    const ends =
      at + 1 >= tokens.count ||
      tokens.breaks[at + 1]! > 0 ||
      /^[,;]$/.test(tokens.lower[at + 1]!) ||
      (tokens.lower[at + 1] === '.' && !this.lexicon.isCapital(tokens, at + 2));
    if (
      !placed ||
      (upper && before !== ',') ||
      (short && !/^(?:on|off|along|at|near)$/.test(before) && !(tokens.lower[from - 1] === ',' && ends))
    )
      return undefined;
    // "The Old Rectory," before it names the house.
    let start = from;
    if (before === ',') {
      let house = from - 2;
      if (this.houses.has(tokens.lower[house] ?? '') && this.lexicon.isCapital(tokens, house)) {
        while (house > 0 && from - house < 6 && this.lexicon.isCapital(tokens, house - 1)) house--;
        start = house;
      } else {
        // "at The Larches, Tinker Lane"
        let name = from - 1;
        while (
          name > 0 &&
          from - name < 4 &&
          tokens.breaks[name] === 0 &&
          tokens.shapes[name - 1] === CAPITALISED &&
          tokens.kinds[name - 1] === WORD &&
          !/^(?:of|at|from|in|to|lives)$/.test(tokens.lower[name - 1]!)
        )
          name--;
        if (name < from - 1 && /^(?:of|at|from|to|in|:)$/.test(tokens.lower[name - 1] ?? '')) start = name;
      }
    }
    return located(start, this.afterStreet(tokens, at + 1), 'street by name');
  }
}
