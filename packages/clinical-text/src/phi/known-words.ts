import { monthAbbreviations, monthNames, namedDays } from '../lexicon/calendar.ts';
import { clinicalAbbreviations, moreEponyms } from '../lexicon/clinical-abbreviations.ts';
import { clinicalEndings, clinicalWords, eponyms } from '../lexicon/clinical-words.ts';
import { drugClasses, drugStems } from '../lexicon/drug-classes.ts';
import { cardiovascularDrugs } from '../lexicon/drugs-cardiovascular.ts';
import { infectionAndCancerDrugs } from '../lexicon/drugs-infection-cancer.ts';
import { nervousDrugs } from '../lexicon/drugs-nervous.ts';
import { otherDrugs } from '../lexicon/drugs-other.ts';
import { otherMarketDrugs } from '../lexicon/drugs-other-markets.ts';
import { englishWords } from '../lexicon/english-words.ts';
import { identifierLabels } from '../lexicon/identifier-labels.ts';
import { labRules, vitalRules } from '../lexicon/measurements.ts';
import { peoples, products } from '../lexicon/ordinary-capitals.ts';
import { countries, states } from '../lexicon/places.ts';
import { problems } from '../lexicon/problems.ts';
import { sectionHeadings } from '../lexicon/section-headings.ts';
import { topicWords } from '../lexicon/section-topics.ts';
import { symptoms } from '../lexicon/symptoms.ts';
import { units } from '../lexicon/units.ts';
import { type Tokens, wordsOf } from '../text/tokens.ts';
import { register } from '../text/vocabulary.ts';
import { WordFacts } from '../text/word-facts.ts';

const suffixes: readonly (readonly [suffix: string, instead: string])[] = [
  ['s', ''],
  ['es', ''],
  ['ies', 'y'],
  ['ed', ''],
  ['ed', 'e'],
  ['ied', 'y'],
  ['ing', ''],
  ['ing', 'e'],
  ['ly', ''],
  ['ness', ''],
  ['er', ''],
  ['er', 'e'],
  ['ally', ''],
  ['ae', 'a'],
];

/** What a regular inflection may have been made from: "stopped" from "stop". */
export const stemsOf = (word: string): string[] => {
  const stems: string[] = [];
  for (const [suffix, instead] of suffixes)
    if (word.endsWith(suffix)) stems.push(word.slice(0, -suffix.length) + instead);
  if (/([a-z])\1(?:ed|ing|er)$/.test(word)) stems.push(word.replace(/[a-z](?:ed|ing|er)$/, ''));
  return stems;
};

const prefixes = [
  'non',
  'pre',
  'post',
  'peri',
  'hyper',
  'hypo',
  'anti',
  'intra',
  'inter',
  'sub',
  'supra',
  'infra',
  'retro',
  'trans',
  'micro',
  'macro',
  'over',
  'under',
  're',
  'un',
  'multi',
  'extra',
  'para',
  'endo',
  'neuro',
  'cardio',
  'gastro',
  'osteo',
  'hemi',
  'bi',
  'tri',
  'poly',
  'ultra',
  'radio',
  'electro',
  'echo',
  'thoraco',
  'pneumo',
  'mid',
  'fore',
  'cyto',
  'immuno',
  'hemo',
  'haemo',
  'veno',
  'de',
];

/** The words of front-coded lines: a digit says how many letters a word shares with the one before it. */
export const unpack = (lines: readonly string[]): string[] => {
  const unpacked: string[] = [];
  let previous = '';
  for (const line of lines) {
    for (const [, shared, rest] of line.matchAll(/(\d)([a-z ]*)/g)) {
      previous = previous.slice(0, Number(shared)) + rest;
      unpacked.push(previous);
    }
  }
  return unpacked;
};

/** Bits of `KnownWords.facts`. */
const [KNOWN, LISTED, MEDICAL] = [1, 2, 4];

/** Words that are no identifiers by themselves: English, and what medicine adds to it. */
export class KnownWords {
  private readonly words = new Set<string>();
  /** Words of everyday English alone: a surname that is one of them ("Young") needs more than itself. */
  private readonly english = new Set<string>();
  /** Words that the lists of medicine hold, whether or not English has them too. */
  private readonly medical = new Set<string>();
  private readonly endings: ReadonlySet<string> = new Set([
    ...clinicalEndings,
    ...drugStems.filter((stem) => stem.length > 4),
  ]);
  private readonly longest = Math.max(...clinicalEndings.map((ending) => ending.length));
  readonly eponyms: ReadonlySet<string> = new Set(eponyms);
  /** Also surnames of many people: eponyms only before what is named after them. */
  readonly moreEponyms: ReadonlySet<string> = new Set(moreEponyms);

  /** By token: endings and inflections are worked out once for each word. */
  private readonly facts = new WordFacts(
    (word) => (this.has(word) ? KNOWN | (this.isMedical(word) ? MEDICAL : 0) : 0) | (this.isListed(word) ? LISTED : 0),
  );

  constructor() {
    for (const word of unpack(englishWords)) {
      register(word);
      this.words.add(word);
      this.english.add(word);
    }
    const lists = [
      clinicalWords,
      clinicalAbbreviations,
      ...Object.values(identifierLabels),
      namedDays,
      Object.values(monthNames).flat(),
      Object.values(monthAbbreviations).flat(),
      drugClasses,
      cardiovascularDrugs,
      infectionAndCancerDrugs,
      nervousDrugs,
      otherDrugs,
      otherMarketDrugs,
      problems,
      symptoms,
      states,
      countries,
      peoples,
      products,
      ...Object.values(sectionHeadings),
      ...Object.values(topicWords),
      ...[...vitalRules, ...labRules].map(({ names }) => names),
      ...units.map(({ spellings }) => spellings),
    ];
    for (const list of lists)
      for (const phrase of list)
        for (const word of wordsOf(phrase)) {
          this.words.add(word);
          this.medical.add(word);
        }
  }

  /** The same as `has` for a token. */
  hasAt(tokens: Tokens, at: number): boolean {
    return (this.facts.at(tokens, at) & KNOWN) !== 0;
  }

  /** The same as `isListed` for a token. */
  isListedAt(tokens: Tokens, at: number): boolean {
    return (this.facts.at(tokens, at) & LISTED) !== 0;
  }

  /** A word of medicine or an inflection of one. */
  isMedicalAt(tokens: Tokens, at: number): boolean {
    return (this.facts.at(tokens, at) & MEDICAL) !== 0;
  }

  private isMedical(word: string): boolean {
    return this.medical.has(word) || stemsOf(word).some((stem) => stem.length > 3 && this.medical.has(stem));
  }

  isEnglish(word: string): boolean {
    return this.english.has(word) || stemsOf(word).some((stem) => stem.length > 2 && this.english.has(stem));
  }

  /** "feeds" from "feed", which in turn is stored as an inflection of "fee". */
  private derives(word: string, depth: number): boolean {
    for (const stem of stemsOf(word)) {
      if (stem.length > 2 && (this.words.has(stem) || (depth > 1 && this.derives(stem, depth - 1)))) return true;
    }
    return false;
  }

  /** A listed word or an inflection of one; an ending or prefix alone does not count. */
  isListed(word: string): boolean {
    if (this.words.has(word)) return true;
    if (!this.derives(word, 2)) return false;
    // Inflections of listed words are finitely many, and a tenth of a note's words: they are worked out once.
    register(word);
    return true;
  }

  /** The word itself, not an inflection that may be made from another one. */
  holds(word: string): boolean {
    return this.words.has(word);
  }

  has(word: string): boolean {
    if (this.isListed(word)) return true;
    if (word.length > 6) {
      const bare = word.endsWith('s') ? word.slice(0, -1) : word;
      for (let length = Math.min(this.longest, bare.length); length >= 3; length--) {
        if (this.endings.has(bare.slice(-length)) || this.endings.has(word.slice(-length))) return true;
      }
      for (const prefix of prefixes) {
        const rest = word.slice(prefix.length);
        if (rest.length > 3 && word.startsWith(prefix) && (this.words.has(rest) || this.derives(rest, 1))) return true;
      }
    }
    return false;
  }
}
