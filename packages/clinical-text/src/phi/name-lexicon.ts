import { monthAbbreviations, monthNames } from '../lexicon/calendar.ts';
import { givenNames } from '../lexicon/given-names.ts';
import { rareGivenNames } from '../lexicon/given-names-rare.ts';
import { identifierLabels } from '../lexicon/identifier-labels.ts';
import { moreGivenNames, moreSurnames } from '../lexicon/more-names.ts';
import {
  eponymNouns,
  everydayNames,
  firstWordGivenNames,
  nameLabels,
  nameParticles,
  strictEponymNouns,
  wordyGivenNames,
} from '../lexicon/name-context.ts';
import { sectionHeadings } from '../lexicon/section-headings.ts';
import { surnames } from '../lexicon/surnames.ts';
import { CAPITALISED, LOWER, MIXED, NUMBER, type Tokens, touches, UPPER, WORD } from '../text/tokens.ts';
import { WordSets } from '../text/word-facts.ts';
import { type KnownWords, unpack } from './known-words.ts';
import { joins } from './name-end.ts';

const afterHyphen: ReadonlySet<string> = new Set('like type plus free op ray on and tube test post pre'.split(' '));

/** Words with a capital that follow a given name in headings and at the beginning of a sentence. */
const notSurnames: readonly string[] = `
  is was has had will would may can could should and or the a an in on at to from with by for of as but who whom whose that this these those reports reported denies denied states
  stated presents presented complains says said seen reviewed attended discharged admitted referred history exam examination plan assessment medications allergies problem problems
  firstname lastname forename forenames surname date dob mrn nhs age sex male female address phone tel ward room bed hospital clinic department dept monday tuesday wednesday thursday friday saturday sunday
  md rn do np pa phd mbbs frcs facs jr sr signed electronically dictated phone patient today tomorrow yesterday he she they it his her their we you i not no yes also then
  please thank thanks regards dear sincerely yours re cc gp sho reg spr fy1 fy2 st1 st2 st3 ct1 ct2 consultant registrar doctor nurse
  practitioner specialist manager led call station review notes note aware informed anesthetist anaesthetist visit educator navigator coordinator assessment documentation handover
`
  .trim()
  .split(/\s+/);

/** "McKenna", "DeLuca", "O'Brien": other words with a capital inside are abbreviations. */
const isNameInCamelCase = (tokens: Tokens, at: number): boolean =>
  /^(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|Fitz|El|Al|St|Mack)\p{Lu}\p{Ll}+$/u.test(
    tokens.source.slice(tokens.starts[at]!, tokens.ends[at]!),
  );

/** Bits of `NameLexicon.sets`. */
const [
  GIVEN,
  COMMON,
  SURNAME,
  EVERYDAY,
  NOUN,
  STRICT,
  PARTICLE,
  NO_SURNAME,
  EPONYM,
  MORE,
  EPONYM_ITSELF,
  WORDY,
  OPENS,
] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096];
const LISTED = GIVEN | SURNAME;

const withPlurals = (words: Iterable<string>): string[] => [...words].flatMap((word) => [word, `${word}s`]);

/** What a word may be in a person's name. */
export class NameLexicon {
  private readonly common: ReadonlySet<string> = new Set([...givenNames, ...moreGivenNames]);
  private readonly given: ReadonlySet<string> = new Set([...this.common, ...unpack(rareGivenNames)]);
  private readonly family: ReadonlySet<string>;
  private readonly sets: WordSets;
  readonly known: KnownWords;

  constructor(known: KnownWords) {
    this.known = known;
    // Of the surnames that are also eponyms only the common ones count: "Foley" is a catheter.
    this.family = new Set([...surnames, ...moreSurnames.filter((name) => !known.eponyms.has(name))]);
    this.sets = new WordSets([
      this.given,
      this.common,
      this.family,
      everydayNames,
      eponymNouns,
      strictEponymNouns,
      nameParticles,
      // Follow a given name without being a surname.
      [
        ...notSurnames,
        ...[...nameLabels, ...Object.values(identifierLabels).flat(), ...Object.values(sectionHeadings).flat()].flatMap(
          (label) => label.split(/[^a-z]+/),
        ),
        ...Object.values(monthNames).flat(),
        ...Object.values(monthAbbreviations).flat(),
      ],
      withPlurals(known.eponyms),
      withPlurals(known.moreEponyms),
      [...known.eponyms, ...known.moreEponyms],
      wordyGivenNames,
      firstWordGivenNames,
    ]);
  }

  /** The same as `isListed` for a word that is no token. */
  isListedName(word: string): boolean {
    return this.given.has(word) || this.family.has(word);
  }

  /** The same as `isCommonGiven` for a word that is no token. */
  isCommonName(word: string): boolean {
    return this.common.has(word);
  }

  isGiven(tokens: Tokens, at: number): boolean {
    return (this.sets.at(tokens, at) & GIVEN) !== 0;
  }

  /** Common enough to be a name wherever it stands, in small letters too. */
  isCommonGiven(tokens: Tokens, at: number): boolean {
    return (this.sets.at(tokens, at) & COMMON) !== 0;
  }

  isSurname(tokens: Tokens, at: number): boolean {
    return (this.sets.at(tokens, at) & SURNAME) !== 0;
  }

  /** Also a word of every day: a name only with more evidence than a capital. */
  isEveryday(tokens: Tokens, at: number): boolean {
    return (this.sets.at(tokens, at) & EVERYDAY) !== 0;
  }

  isListed(tokens: Tokens, at: number): boolean {
    return (this.sets.at(tokens, at) & LISTED) !== 0;
  }

  /** A given name that is also a word: "Grace", "Hunter". */
  isWordy(tokens: Tokens, at: number): boolean {
    return (this.sets.at(tokens, at) & WORDY) !== 0;
  }

  /** Of those one that begins sentences as a word: "Hope", "Mark". */
  isFirstWord(tokens: Tokens, at: number): boolean {
    return (this.sets.at(tokens, at) & OPENS) !== 0;
  }

  /** The second part of "Salter-Harris". */
  isAfterEponym(tokens: Tokens, at: number): boolean {
    return (
      tokens.lower[at - 1] === '-' &&
      touches(tokens, at) &&
      touches(tokens, at - 1) &&
      (this.sets.at(tokens, at - 2) & EPONYM_ITSELF) !== 0
    );
  }

  /** A label, a month, a job or a function word, in any case. */
  isNoSurname(tokens: Tokens, at: number): boolean {
    return (this.sets.at(tokens, at) & NO_SURNAME) !== 0;
  }

  /** Written with a capital. */
  isCapital(tokens: Tokens, at: number): boolean {
    return at >= 0 && at < tokens.count && tokens.kinds[at] === WORD && tokens.shapes[at] !== LOWER;
  }

  isInitial(tokens: Tokens, at: number): boolean {
    return this.isCapital(tokens, at) && tokens.lower[at]!.length === 1;
  }

  /** "K. Abernathy" */
  isInitialled(tokens: Tokens, at: number): boolean {
    return (
      this.isInitial(tokens, at) &&
      tokens.lower[at + 1] === '.' &&
      this.isNameWord(tokens, this.particlesEnd(tokens, at + 2))
    );
  }

  /** The same after a label, where a surname may be any word: "L. Moon". */
  isInitialledWord(tokens: Tokens, at: number): boolean {
    return (
      this.isInitial(tokens, at) &&
      tokens.lower[at + 1] === '.' &&
      tokens.shapes[at + 2] === CAPITALISED &&
      this.mayBeSurname(tokens, at + 2)
    );
  }

  /** A capitalised word that neither English nor medicine knows. */
  isUnknown(tokens: Tokens, at: number): boolean {
    const word = tokens.lower[at] ?? '';
    return (
      word.length > 2 &&
      this.isCapital(tokens, at) &&
      (tokens.shapes[at] !== MIXED || isNameInCamelCase(tokens, at)) &&
      !this.known.hasAt(tokens, at) &&
      !this.isEponym(tokens, at)
    );
  }

  /** May stand in a name without a title before it. */
  isNameWord(tokens: Tokens, at: number): boolean {
    return this.isCapital(tokens, at) && (this.isListed(tokens, at) || this.isUnknown(tokens, at));
  }

  /** "Foley catheter", "Crohn's disease", "Wolff-Parkinson-White": named after a person, and about none. */
  isEponym(tokens: Tokens, at: number): boolean {
    const own = this.sets.at(tokens, at);
    if ((own & EPONYM) !== 0 && (own & LISTED) === 0) return true;
    const more = (own & (EPONYM | MORE)) !== 0;
    const noun = more ? NOUN : STRICT;
    for (let next = at + 1; next < Math.min(tokens.count, at + 5); next++) {
      const sets = this.sets.at(tokens, next);
      if ((sets & noun) !== 0) return true;
      const after = tokens.lower[next]!;
      // "Waterlow 14", "Kerley B lines"
      if (more && next === at + 1 && tokens.breaks[next] === 0) {
        if (tokens.kinds[next] === NUMBER && after.length < 3) return true;
        if (after.length === 1 && tokens.kinds[next] === WORD) continue;
      }
      if (
        !joins.has(after) &&
        !(more && (sets & PARTICLE) !== 0) &&
        after !== 's' &&
        (sets & EPONYM_ITSELF) === 0 &&
        !joins.has(tokens.lower[next - 1]!)
      )
        return false;
    }
    return false;
  }

  /** "sign", "catheter": a thing that may be named after a person. */
  isEponymNoun(tokens: Tokens, at: number): boolean {
    return (this.sets.at(tokens, at) & NOUN) !== 0;
  }

  /** A word with a capital that is no label, month, job or function word. */
  mayBeSurname(tokens: Tokens, at: number): boolean {
    const word = tokens.lower[at] ?? '';
    return this.isCapital(tokens, at) && word.length > 1 && (this.sets.at(tokens, at) & (NO_SURNAME | NOUN)) === 0;
  }

  /** "Min-ji", not "Pre-op" */
  isHyphenedGiven(tokens: Tokens, at: number): boolean {
    const second = at + 2;
    return (
      second < tokens.count &&
      tokens.lower[at + 1] === '-' &&
      tokens.shapes[at] === CAPITALISED &&
      tokens.kinds[second] === WORD &&
      tokens.shapes[second] === LOWER &&
      tokens.lower[at]!.length > 1 &&
      tokens.lower[at]!.length < 5 &&
      tokens.lower[second]!.length < 5 &&
      touches(tokens, at + 1) &&
      touches(tokens, second) &&
      tokens.lower[at + 3] !== '-' &&
      (!this.known.hasAt(tokens, at) || this.isGiven(tokens, at)) &&
      !afterHyphen.has(tokens.lower[second]!)
    );
  }

  /** Whether a thing named after somebody follows: "Parkinson disease", whatever the word is. */
  isBeforeEponymNoun(tokens: Tokens, at: number): boolean {
    let next = at + 1;
    if (joins.has(tokens.lower[next] ?? '') && tokens.lower[next + 1] === 's') next += 2;
    return (this.sets.at(tokens, next) & STRICT) !== 0 && tokens.breaks[next] === 0;
  }

  /** Whether a word with a capital may be the surname after a given name, though it is a word of English: "Sally Fields". */
  isSurnameAfter(tokens: Tokens, at: number): boolean {
    const word = tokens.lower[at] ?? '';
    if (tokens.kinds[at] !== WORD || word.length < 2 || tokens.breaks[at]! > 0) return false;
    if ((this.sets.at(tokens, at) & (NO_SURNAME | NOUN)) !== 0) return false;
    if (tokens.shapes[at] === CAPITALISED)
      return tokens.shapes[at - 1] !== UPPER || tokens.lower[at - 1]!.length === 1 || !touches(tokens, at);
    // "MARTHA J SNOW"
    const middle = tokens.lower[at - 1]!.length === 1 && this.isGiven(tokens, at - 2);
    return (
      tokens.shapes[at] === UPPER && (middle || (tokens.shapes[at - 1] !== CAPITALISED && this.isListed(tokens, at)))
    );
  }

  /** The first token after particles in any case: "van der" of "van der Meer". */
  particlesEnd(tokens: Tokens, from: number): number {
    let at = from;
    while (at - from < 3 && this.isParticle(tokens, at)) at++;
    return at;
  }

  isParticle(tokens: Tokens, at: number): boolean {
    return (this.sets.at(tokens, at) & PARTICLE) !== 0;
  }
}
