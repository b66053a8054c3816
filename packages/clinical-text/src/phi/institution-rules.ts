import {
  institutionAcronyms,
  institutionIntroducers,
  institutionLabels,
  institutionNames,
  institutionUnits,
  institutionWordsAlone,
} from '../lexicon/institutions.ts';
import { genericInstitution, institutionWords } from '../lexicon/places.ts';
import { FirstWords, PhraseTrie } from '../text/phrase-trie.ts';
import { CAPITALISED, LOWER, PUNCTUATION, type Tokens, touches, UPPER, WORD } from '../text/tokens.ts';
import { type Candidate, RANK } from './candidate.ts';
import type { NameLexicon } from './name-lexicon.ts';

const LONGEST = 6;
export const saints: ReadonlySet<string> = new Set(['st', 'saint', 'sts', 'ste']);
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
/** End the name of a hospital, also in small letters. */
const hospitalEndings: ReadonlySet<string> = new Set(['general', 'memorial', 'infirmary', 'regional', 'county']);
/** Before "Surgery", the end of the name of a place. */
const surgeryPlaces: ReadonlySet<string> = new Set(
  'house road street lane park hill view green court lodge cross field bridge avenue square close gate mill manor medical village'.split(
    ' ',
  ),
);
/** Right before a facility without a noun. */
const places: ReadonlySet<string> = new Set(['the', 'at', 'to', 'from', 'under', 'via']);
const houses: ReadonlySet<string> = new Set(['house', 'lodge', 'court', 'manor', 'hall', 'grange']);
/** In small letters after a name with capitals: "Ashgill hospice". */
const facilityNouns: ReadonlySet<string> = new Set(
  'hospital hospice nursery school infirmary academy college pharmacy clinic hostel shelter refuge convent monastery prison kindergarten preschool daycare surgery snf alf ltac ltach'.split(
    ' ',
  ),
);
/** Before "home" and "centre": "Acorns day centre". */
const facilityAdjectives: ReadonlySet<string> = new Set(
  'day health care nursing residential rest leisure community medical'.split(' '),
);
const titles: ReadonlySet<string> = new Set(['dr', 'mr', 'mrs', 'ms', 'prof']);
const conjunctions: ReadonlySet<string> = new Set(['and', '&']);

/** Hospitals, clinics, universities and the like, by the word that ends or begins their name. */
export class InstitutionRules {
  private readonly words = new PhraseTrie<true>().addAll(institutionWords, true);
  private readonly generic: ReadonlySet<string> = new Set(genericInstitution);
  readonly named = new PhraseTrie<true>().addAll(institutionNames, true);
  private readonly acronyms: ReadonlySet<string> = new Set(institutionAcronyms);
  private readonly alone = new PhraseTrie<true>().addAll(institutionWordsAlone, true);
  private readonly introducers: ReadonlySet<string> = new Set(institutionIntroducers);
  private readonly units: ReadonlySet<string> = new Set(institutionUnits);
  readonly labels = new PhraseTrie<true>().addAll(institutionLabels, true);
  private readonly first = new FirstWords([[this.named], [this.words], [this.alone], [this.labels]]);
  private readonly lexicon: NameLexicon;

  constructor(lexicon: NameLexicon) {
    this.lexicon = lexicon;
  }

  at(tokens: Tokens, at: number): Candidate | undefined {
    if (tokens.kinds[at] !== WORD) return undefined;
    const first = this.first.at(tokens, at);
    const labelled = first & 8 ? this.labelled(tokens, at) : undefined;
    if (labelled !== undefined) return labelled;
    const named = first & 1 ? this.named.longest(tokens, at, tokens.count) : undefined;
    if (named !== undefined) return institution(at, this.afterName(tokens, named.end), 'institution by name');
    const saint = this.saint(tokens, at) ?? this.general(tokens, at) ?? this.surgery(tokens, at);
    if (saint !== undefined || !this.lexicon.isCapital(tokens, at)) return saint;
    return (
      (first & 2 ? this.byEnding(tokens, at) : undefined) ??
      this.byBeginning(tokens, at) ??
      this.short(tokens, at) ??
      this.house(tokens, at) ??
      this.halfNamed(tokens, at)
    );
  }

  /** "(Maple House)" within a sentence. */
  private house(tokens: Tokens, at: number): Candidate | undefined {
    const noun = at + 1;
    if (noun >= tokens.count || tokens.breaks[noun]! > 0 || !houses.has(tokens.lower[noun]!)) return undefined;
    const before = tokens.lower[at - 1] ?? '';
    const shouted = tokens.shapes[at] === UPPER && tokens.shapes[noun] === UPPER && /^(?:at|from|to|of)$/.test(before);
    const within =
      tokens.shapes[at] === CAPITALISED &&
      tokens.shapes[noun] === CAPITALISED &&
      (/^[(,]$/.test(before) || tokens.shapes[at - 1] === LOWER);
    if (!shouted && !within) return undefined;
    const word = tokens.lower[at]!;
    const plain =
      word.length < 4 ||
      this.generic.has(word) ||
      this.lexicon.known.isMedicalAt(tokens, at) ||
      !this.lexicon.mayBeSurname(tokens, at);
    return plain ? undefined : institution(at, at + 2, 'house by name');
  }

  /** "GP practice: Otterburn Vale" */
  labelled(tokens: Tokens, at: number): Candidate | undefined {
    const label = this.labels.longest(tokens, at, tokens.count);
    if (label === undefined || tokens.lower[label.end] !== ':') return undefined;
    const from = label.end + 1;
    let to = from;
    while (
      to < tokens.count &&
      to - from < LONGEST &&
      tokens.breaks[to] === 0 &&
      (tokens.shapes[to] === CAPITALISED || /^(?:['’&-]|s|of|and|the)$/.test(tokens.lower[to]!)) &&
      !(to > from && tokens.lower[to + 1] === ':')
    )
      to++;
    const ends = to >= tokens.count || tokens.breaks[to]! > 0 || /^[.,;|/()]$/.test(tokens.lower[to]!);
    return to > from &&
      ends &&
      tokens.shapes[from] === CAPITALISED &&
      this.lexicon.mayBeSurname(tokens, from) &&
      !(
        this.lexicon.known.isMedicalAt(tokens, to - 1) &&
        (to === from + 1 || this.lexicon.known.isMedicalAt(tokens, from))
      )
      ? institution(from, to, 'labelled institution')
      : undefined;
  }

  /** "at the Ellerton", "to Autumn Meadows", "Tiny Tigers nursery": words of no other known meaning where a facility is expected. */
  private halfNamed(tokens: Tokens, at: number): Candidate | undefined {
    const before = tokens.lower[at - 1] ?? '';
    const within =
      tokens.shapes[at - 1] === LOWER || /^(?:at|to|from|via|attends|attended|attending|visits|visited)$/.test(before);
    if (tokens.shapes[at] !== CAPITALISED || !within || tokens.breaks[at]! > 0) return undefined;
    let to = at + 1;
    while (to < tokens.count && to - at < 3 && tokens.shapes[to] === CAPITALISED && tokens.breaks[to] === 0) to++;
    if (to - at > 2) return undefined;
    const noun = tokens.lower[to] ?? '';
    if (!facilityNouns.has(noun) && !facilityAdjectives.has(noun) && !places.has(before)) return undefined;
    // Of two words before one of these the second may be one of medicine: "Ocean View SNF".
    const sure =
      to === at + 2 &&
      /^(?:nursery|school|hospice|college|academy|kindergarten|preschool|snf|alf|ltach?)$/.test(tokens.lower[to] ?? '');
    for (let part = at; part < to; part++) {
      const word = tokens.lower[part]!;
      if (word.length < 4 || this.generic.has(word)) return undefined;
      if (!sure && (this.lexicon.isEponym(tokens, part) || !this.lexicon.mayBeSurname(tokens, part))) return undefined;
    }
    if (!sure && this.lexicon.known.isMedicalAt(tokens, to - 1)) return undefined;
    const paired =
      facilityAdjectives.has(tokens.lower[to] ?? '') &&
      /^(?:homes?|cent(?:re|er)|club|hub)$/.test(tokens.lower[to + 1] ?? '');
    if (
      to < tokens.count &&
      tokens.breaks[to] === 0 &&
      tokens.shapes[to] !== CAPITALISED &&
      (paired || facilityNouns.has(tokens.lower[to]!))
    )
      return institution(at, to + (paired ? 2 : 1), 'facility by its noun');
    if (!this.isBare(tokens, to)) return undefined;
    const placed = before === 'the' ? (tokens.lower[at - 2] ?? '') : before;
    if (!/^(?:at|to|from|under|via|and)$/.test(placed) || (placed === 'and' && before !== 'the')) return undefined;
    if (before === 'the')
      return to === at + 1 && this.lexicon.isUnknown(tokens, at)
        ? institution(at, to, 'facility by its article')
        : undefined;
    return to === at + 2 && this.lexicon.known.hasAt(tokens, at) && this.lexicon.known.hasAt(tokens, at + 1)
      ? institution(at, to, 'facility by its place')
      : undefined;
  }

  /** Whether the name of the facility ends here. */
  private isBare(tokens: Tokens, end: number): boolean {
    const next = tokens.lower[end] ?? '';
    return (
      end >= tokens.count ||
      tokens.kinds[end] === PUNCTUATION ||
      tokens.breaks[end]! > 0 ||
      this.units.has(next) ||
      /^(?:and|in|on|for|with|then|last|yesterday|today|where|who|since|but|by|this|rang|phoned|called|said|says|reported|reports)$/.test(
        next,
      )
    );
  }

  /** "the Royal Marsden Hospital": what follows belongs to it. */
  private afterName(tokens: Tokens, from: number): number {
    // "DaVita Maplewood"
    let to = from;
    while (
      to - from < 2 &&
      tokens.shapes[to] === CAPITALISED &&
      tokens.breaks[to] === 0 &&
      this.lexicon.isUnknown(tokens, to)
    )
      to++;
    const ending = this.words.longest(tokens, to, tokens.count);
    return ending === undefined || tokens.breaks[to]! > 0 ? to : ending.end;
  }

  /** "to mercy general", "from grace memorial by ambulance" in small letters. */
  private general(tokens: Tokens, at: number): Candidate | undefined {
    if (tokens.shapes[at] !== LOWER || !/^(?:to|from|at|via|and)$/.test(tokens.lower[at - 1] ?? '')) return undefined;
    let to = at;
    while (to - at < 3 && !hospitalEndings.has(tokens.lower[to] ?? '')) {
      const word = tokens.lower[to] ?? '';
      if (
        tokens.kinds[to] !== WORD ||
        word.length < 3 ||
        this.generic.has(word) ||
        this.lexicon.isNoSurname(tokens, to)
      )
        return undefined;
      to++;
    }
    if (to === at || !hospitalEndings.has(tokens.lower[to] ?? '') || tokens.breaks[to]! > 0) return undefined;
    to++;
    const ends =
      to >= tokens.count ||
      tokens.breaks[to]! > 0 ||
      tokens.kinds[to] === PUNCTUATION ||
      this.units.has(tokens.lower[to]!) ||
      /^(?:by|for|with|on|via|then|this|last|yesterday|today|after|and|in|where|who|since|from|to)$/.test(
        tokens.lower[to]!,
      );
    return ends ? institution(at, to, 'institution in small letters') : undefined;
  }

  /** "The Limes Surgery", "Mill Road Surgery", "Hollins Surgery": not "The Cataract Surgery". */
  private surgery(tokens: Tokens, at: number): Candidate | undefined {
    if (tokens.lower[at] !== 'surgery' || tokens.shapes[at] === LOWER) return undefined;
    let from = at;
    while (at - from < 3 && from > 0 && tokens.breaks[from] === 0 && this.isPart(tokens, from - 1)) from--;
    if (from === at) {
      // "The Surgery, Pontarfryn"
      const place =
        tokens.lower[at - 1] === 'the' && tokens.lower[at + 1] === ',' && this.lexicon.isUnknown(tokens, at + 2);
      return place ? institution(at - 1, at + 3, 'surgery of a practice') : undefined;
    }
    const article = tokens.lower[from - 1] === 'the' && tokens.breaks[from] === 0;
    const last = at - 1;
    const placed = surgeryPlaces.has(tokens.lower[last]!) && at - from > 1;
    const named =
      this.lexicon.isUnknown(tokens, last) &&
      (tokens.shapes[last] !== UPPER || /^(?:,|at|of|from)$/.test(tokens.lower[from - 1] ?? ''));
    const plural = article && tokens.lower[last]!.endsWith('s') && this.lexicon.known.isEnglish(tokens.lower[last]!);
    return placed || named || plural ? institution(from, at + 1, 'surgery of a practice') : undefined;
  }

  /** "St. Jude's", "st lukes ed": not "ST segment", "St John's wort". */
  private saint(tokens: Tokens, at: number): Candidate | undefined {
    if (!saints.has(tokens.lower[at]!)) return undefined;
    let name = at + 1;
    const stopped = tokens.lower[name] === '.';
    if (stopped) name++;
    const word = tokens.lower[name] ?? '';
    if (tokens.kinds[name] !== WORD || tokens.breaks[name]! > 0) return undefined;
    // "St E's"
    const lettered =
      this.lexicon.isInitial(tokens, name) &&
      tokens.lower[name + 2] === 's' &&
      this.introducers.has(tokens.lower[at - 1] ?? '');
    if (word.length < 3 && !lettered) return undefined;
    if (tokens.shapes[at] === UPPER && !stopped && tokens.shapes[name] !== UPPER) return undefined;
    let to = name + 1;
    const possessive = /^['’]$/.test(tokens.lower[to] ?? '') && touches(tokens, to);
    if (possessive) to += tokens.lower[to + 1] === 's' && touches(tokens, to + 1) ? 2 : 1;
    if (tokens.lower[to] === '-' && this.lexicon.isCapital(tokens, to + 1)) to += 2;
    const next = tokens.lower[to] ?? '';
    if (/^(?:wort|dance|fire|elevation|depression|segment|segments|changes|change|wave|waves)$/.test(next))
      return undefined;
    const listed = this.lexicon.isListed(tokens, name) || this.lexicon.isListedName(word.replace(/s$/, ''));
    const known = this.lexicon.known.hasAt(tokens, name) && !listed;
    const capital = this.lexicon.isCapital(tokens, name);
    const placed =
      this.introducers.has(tokens.lower[at - 1] ?? '') || tokens.lower[at - 1] === 'the' || this.units.has(next);
    // "transferred from St. Elsewhere": not "Baker St. She".
    const led =
      stopped && capital && (this.introducers.has(tokens.lower[at - 1] ?? '') || tokens.lower[at - 1] === '(');
    const named = led && !this.lexicon.known.isMedicalAt(tokens, name) && this.lexicon.mayBeSurname(tokens, name);
    if (
      (known && !named && !(possessive && capital && tokens.shapes[name] !== UPPER)) ||
      (capital ? !(possessive || placed || stopped) : !(placed && (listed || stopped)))
    )
      return undefined;
    return institution(at, this.afterName(tokens, to), 'institution of a saint');
  }

  /** "under UCLH", "previously at Guy's". */
  private short(tokens: Tokens, at: number): Candidate | undefined {
    const word = tokens.lower[at]!;
    // "MSK: full range of movement" is a heading.
    const heads =
      tokens.lower[at + 1] === ':' ||
      (tokens.breaks[at]! > 0 && (at + 1 >= tokens.count || tokens.breaks[at + 1]! > 0)) ||
      (at === 0 && tokens.breaks[1]! > 0);
    if (tokens.shapes[at] === UPPER && this.acronyms.has(word) && !heads)
      return institution(at, at + 1, 'institution by acronym');
    const before = tokens.lower[at - 1] ?? '';
    if (!this.introducers.has(before) && !(before === 'the' && this.introducers.has(tokens.lower[at - 2] ?? '')))
      return undefined;
    // "at Orchard House"
    if (
      /^(?:at|from|to)$/.test(before) &&
      tokens.shapes[at] === CAPITALISED &&
      tokens.shapes[at + 1] === CAPITALISED &&
      tokens.breaks[at + 1] === 0 &&
      houses.has(tokens.lower[at + 1]!)
    )
      return institution(at, at + 2, 'house by name');
    const alone = this.alone.longest(tokens, at, tokens.count);
    if (
      alone !== undefined &&
      !/^(?:in|with|called|through|clinic|stand)$/.test(before) &&
      !this.lexicon.isEponym(tokens, at)
    )
      return institution(at, this.afterName(tokens, alone.end), 'institution by name');
    // "seen at Addenbrooke's and": no noun follows the possessive.
    const mark = at + 1;
    if (
      !/^(?:at|from|to|under|via)$/.test(before) ||
      !/^['’]$/.test(tokens.lower[mark] ?? '') ||
      tokens.lower[mark + 1] !== 's'
    )
      return undefined;
    const end = mark + 2;
    return this.isBare(tokens, end) && (!this.lexicon.known.hasAt(tokens, at) || this.lexicon.isListed(tokens, at))
      ? institution(at, end, 'institution of a name')
      : undefined;
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
    return institution(from, to, 'institution');
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
    return institution(at, to, 'institution of a place');
  }
}

const institution = (from: number, to: number, rule: string): Candidate => ({
  from,
  to,
  category: 'INSTITUTION',
  rule,
  rank: RANK.place,
});
