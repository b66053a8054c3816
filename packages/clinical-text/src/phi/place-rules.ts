import type { Openings } from '../text/openings.ts';
import { LOWER, PUNCTUATION, type Tokens, WORD } from '../text/tokens.ts';
import { type Candidate, located } from './candidate.ts';
import { InstitutionRules, saints } from './institution-rules.ts';
import { addressLabels, LabelledAddresses } from './labelled-addresses.ts';
import type { NameLexicon } from './name-lexicon.ts';
import { StreetRules, smallRoads } from './street-rules.ts';
import { placeVerbs, TownRules } from './town-rules.ts';

const postcodes: ReadonlySet<string> = new Set(['postcode', 'Eircode', 'postal code', 'state and postcode']);

/** Addresses, cities and institutions. States and countries alone are no identifiers under Safe Harbor. */
export class PlaceRules {
  private readonly institutions: InstitutionRules;
  private readonly towns: TownRules;
  private readonly streets: StreetRules;
  private readonly labelled: LabelledAddresses;
  private readonly openings: Openings;
  /** The bit of a word that begins a place in small letters too, and that of one before a town. */
  private readonly begins: number;
  private readonly leads: number;

  constructor(lexicon: NameLexicon, openings: Openings) {
    this.towns = new TownRules(lexicon);
    this.streets = new StreetRules(lexicon, this.towns);
    this.labelled = new LabelledAddresses(lexicon);
    this.institutions = new InstitutionRules(lexicon);
    this.openings = openings;
    this.leads = openings.bit([], (word) => placeVerbs.has(word));
    this.begins =
      this.leads |
      openings.bit(
        [this.institutions.named, this.institutions.labels],
        (word) =>
          smallRoads.has(word) ||
          word === 'p' ||
          word === 'po' ||
          word === 'rr' ||
          addressLabels.has(word) ||
          saints.has(word),
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
        this.streets.street(tokens, at) ??
        this.labelled.at(tokens, at) ??
        this.streets.germanStreet(tokens, at) ??
        this.streets.streetByName(tokens, at) ??
        this.streets.smallStreetByName(tokens, at) ??
        this.institutions.at(tokens, at) ??
        this.towns.city(tokens, at) ??
        this.towns.county(tokens, at) ??
        this.towns.townWithin(tokens, at) ??
        this.towns.afterLiving(tokens, at);
      if (candidate === undefined) continue;
      found.push(candidate);
      at = Math.max(at, candidate.to - 1);
    }
    return found;
  }

  /** Towns beside places and postcodes that are surely found. */
  besides(tokens: Tokens, sure: readonly Candidate[]): Candidate[] {
    const found: Candidate[] = [];
    for (const { from, to, category, recallOnly, rule } of sure) {
      if (recallOnly || (category !== 'LOCATION' && category !== 'INSTITUTION')) continue;
      const end = this.towns.townBehind(tokens, to);
      if (end !== undefined) found.push(located(to, end, 'town behind a place'));
      const start = postcodes.has(rule) ? this.towns.townBefore(tokens, from) : undefined;
      if (start !== undefined) found.push(located(start, from, 'town before a postcode'));
    }
    return found;
  }
}
