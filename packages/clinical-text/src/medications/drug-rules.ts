import type { TokenRange } from '../document.ts';
import {
  assayWords,
  drugClasses,
  drugStems,
  endogenous,
  givingWords,
  levelWordsAfter,
  levelWordsBefore,
  notDrugs,
  saltWords,
} from '../lexicon/drug-classes.ts';
import { cardiovascularDrugs } from '../lexicon/drugs-cardiovascular.ts';
import { infectionAndCancerDrugs } from '../lexicon/drugs-infection-cancer.ts';
import { nervousDrugs } from '../lexicon/drugs-nervous.ts';
import { otherDrugs } from '../lexicon/drugs-other.ts';
import { otherMarketDrugs } from '../lexicon/drugs-other-markets.ts';
import type { KnownWords } from '../phi/known-words.ts';
import type { QuantityRules } from '../quantity/quantities.ts';
import type { Openings } from '../text/openings.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { NUMBER, PUNCTUATION, type Tokens, touches, WORD } from '../text/tokens.ts';
import { TypoIndex } from '../text/typo-index.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { DoseMention, FrequencyMention, OrderPartRules } from './order-parts.ts';

export type DrugRule = 'drug.listed' | 'drug.stem' | 'drug.typo' | 'drug.class' | 'drug.frame' | 'drug.list-head';

export interface DrugMention extends TokenRange {
  readonly kind: 'drug' | 'class' | 'unlisted';
  readonly rule: DrugRule;
  /** The listed name that a misspelt word stands for. */
  readonly corrected?: string;
}

/** Shorter words with a stem are rarely drugs: "season", "person". */
const SHORTEST_STEMMED = 7;
const SHORTEST_MISSPELT = 6;
/** A misspelling without a dose beside it needs more letters, or it may be a name. */
const SHORTEST_MISSPELT_ALONE = 9;
const SHORTEST_UNLISTED = 4;
/** Marks that may part a drug from its dose. */
const between = new Set(['(', ':', '-', '–', '/', ',', '|', '"']);
/** Amounts in these are of drugs even where the unit measures other things. */
const drugUnits = new Set(['g', 'mL', '[drp]', '[IU]', '{spray}', '{patch}', '{dose}', '{capsule}']);
const orderVerb =
  /\b(?:stopped|held|withheld|discontinued|ceased|started|commenced|restarted|resumed|continued|given|administered|prescribed|replaced|switched|changed|omitted|titrated|weaned|added)\b/;
const diseaseEnding =
  /(?:omas?|itis|os[ie]s|emia|pathy|ectomy|[oe]tomy|ostomy|opsia|algia|uria|iasis|ness|tion|ism|ity|scopy|gram|graphy)$/;
/** Amounts per volume of blood are results. */
const perVolume = new Set(['L', 'dL', 'mL', 'uL']);

/** Names of drugs and of classes of drugs. */
export class DrugRules {
  private readonly names = new PhraseTrie<'drug' | 'class'>();
  private readonly typos: TypoIndex;
  private readonly salts = new PhraseTrie<true>().addAll(saltWords, true);
  private readonly bodys = new PhraseTrie<true>().addAll(endogenous, true);
  private readonly endogenous: ReadonlySet<string> = new Set(endogenous);
  private readonly assays = new PhraseTrie<true>().addAll(assayWords, true);
  private readonly before: ReadonlySet<string> = new Set(levelWordsBefore);
  private readonly after: ReadonlySet<string> = new Set(levelWordsAfter);
  private readonly giving: ReadonlySet<string> = new Set(givingWords);
  private readonly exceptions: ReadonlySet<string> = new Set(notDrugs);
  private readonly stems: ReadonlySet<string>;
  private readonly longestStem: number;
  private readonly quantities: QuantityRules;
  private readonly parts: OrderPartRules;
  private readonly known: KnownWords;

  private readonly openings: Openings;
  private readonly bit: number;

  constructor(
    quantities: QuantityRules,
    parts: OrderPartRules,
    known: KnownWords,
    vocabulary: Vocabulary,
    openings: Openings,
  ) {
    this.openings = openings;
    this.bit = openings.bit([this.names], (word) => this.hasStem(word) || this.mayBeMisspelt(word));
    this.quantities = quantities;
    this.parts = parts;
    this.known = known;
    const lists = [cardiovascularDrugs, nervousDrugs, infectionAndCancerDrugs, otherDrugs, otherMarketDrugs];
    for (const drugs of lists) this.names.addAll(drugs, 'drug');
    this.names.addAll(drugClasses, 'class');
    // A mounted list may hold "Water": a word of everyday English alone is no drug.
    for (const term of vocabulary.medications)
      if (/[^\p{L}]/u.test(term) || !known.isEnglish(term)) this.names.add(term, 'drug');
    this.typos = new TypoIndex(lists.flat(), SHORTEST_MISSPELT);
    this.stems = new Set(drugStems);
    this.longestStem = Math.max(...drugStems.map((stem) => stem.length));
  }

  /** Drugs that a list or a stem of international names knows. */
  find(tokens: Tokens): DrugMention[] {
    const found: DrugMention[] = [];
    const opens = this.openings.of(tokens);
    let tested: DrugMention | undefined;
    for (let at = 0; at < tokens.count; at++) {
      if ((opens[at]! & this.bit) === 0) continue;
      if (tokens.kinds[at] !== WORD && tokens.lower[at] !== '5' && tokens.lower[at] !== '6') continue;
      const mention = this.at(tokens, at);
      if (mention === undefined || this.isLevel(tokens, mention)) continue;
      // "Ventolin inhaler 2 puffs": the form of the drug before it.
      if (
        mention.kind === 'class' &&
        found.at(-1)?.to === at &&
        tokens.breaks[at] === 0 &&
        this.isForm(tokens, mention)
      ) {
        at = mention.to - 1;
        continue;
      }
      if (isOfMicrobe(tokens, mention, tested)) {
        tested = mention;
        at = mention.to - 1;
        continue;
      }
      found.push(mention);
      at = mention.to - 1;
    }
    return found;
  }

  private at(tokens: Tokens, from: number): DrugMention | undefined {
    const match = this.names.longest(tokens, from, tokens.count);
    if (match?.value === 'class') return { from, to: match.end, kind: 'class', rule: 'drug.class' };
    if (match !== undefined) return { from, to: this.withSalt(tokens, match.end), kind: 'drug', rule: 'drug.listed' };
    const word = tokens.lower[from]!;
    if (this.hasStem(word)) return { from, to: this.withSalt(tokens, from + 1), kind: 'drug', rule: 'drug.stem' };
    if (!this.mayBeMisspelt(word)) return undefined;
    const corrected = this.typos.correct(word);
    // A misspelt substance of the body is a result more often than a drug.
    return corrected === undefined || this.endogenous.has(corrected)
      ? undefined
      : { from, to: this.withSalt(tokens, from + 1), kind: 'drug', rule: 'drug.typo', corrected };
  }

  private isForm(tokens: Tokens, { from, to }: DrugMention): boolean {
    return this.parts.formAt(tokens, from, to) === to;
  }

  private mayBeMisspelt(word: string): boolean {
    return word.length >= SHORTEST_MISSPELT_ALONE && !this.known.has(word);
  }

  private withSalt(tokens: Tokens, end: number): number {
    const salt = this.salts.longest(tokens, end, tokens.count);
    return salt !== undefined && tokens.breaks[end] === 0 ? salt.end : end;
  }

  /**
   * Drugs that no list knows, by their frame: a word that is neither English nor clinical, directly before a dose or a
   * Latin frequency ("Zubrixol 20 mg", "Zubrixol tds") or after "mg of". Without it their dose goes to the neighbour.
   */
  framed(
    tokens: Tokens,
    range: TokenRange,
    listed: readonly DrugMention[],
    doses: readonly DoseMention[],
    frequencies: readonly FrequencyMention[],
  ): DrugMention[] {
    const found = new Map<number, DrugMention>();
    const isFree = (at: number) => !listed.some((drug) => drug.from <= at && at < drug.to);
    const take = (at: number) => {
      if (at < range.from || at >= range.to || !isFree(at)) return;
      const mention = this.unlistedAt(tokens, at, range.from);
      if (mention !== undefined && isFree(mention.from)) found.set(mention.from, mention);
    };
    for (const dose of doses) {
      const unit = dose.quantity?.unit;
      if (unit == null || (unit.common && !drugUnits.has(unit.ucum))) continue;
      // "10 mg dexamethasone"
      if (listed.some(({ from }) => from === dose.to)) continue;
      if (tokens.lower[dose.to] === 'of') {
        // "1400 ml of serosanguineous fluid"
        if (unit.kind !== 'volume') take(dose.to + 1);
        continue;
      }
      take(this.headBefore(tokens, dose.from, range.from));
    }
    for (const frequency of frequencies)
      if (frequency.latin === true) {
        const head = this.headBefore(tokens, frequency.from, range.from);
        // "scotoma OD" is in the right eye.
        if (!diseaseEnding.test(tokens.lower[head] ?? '')) take(head);
      }
    return [...found.values()].sort((a, b) => a.from - b.from);
  }

  /** The token that an amount is written after, past route, form and strength: "Zubrixol MR tablets 200/6". */
  private headBefore(tokens: Tokens, from: number, first: number): number {
    let at = from - 1;
    for (let steps = 0; steps < 6 && at >= first; steps++, at--) {
      if (tokens.kinds[at] === NUMBER) continue;
      if (tokens.kinds[at] === PUNCTUATION) {
        if (!between.has(tokens.lower[at]!) || (tokens.lower[at] === ',' && steps > 0)) break;
      } else if ((this.parts.formAt(tokens, at, from) ?? this.parts.routeAt(tokens, at, from)) === undefined) break;
    }
    return at;
  }

  private unlistedAt(tokens: Tokens, at: number, first: number): DrugMention | undefined {
    if (at < 0 || tokens.kinds[at] !== WORD) return undefined;
    const word = tokens.lower[at]!;
    let from = at;
    // "co-amoxiclav"
    while (
      from - 2 >= first &&
      tokens.lower[from - 1] === '-' &&
      touches(tokens, from) &&
      touches(tokens, from - 1) &&
      tokens.kinds[from - 2] === WORD
    )
      from -= 2;
    if (word.length < SHORTEST_UNLISTED || this.known.isListedAt(tokens, at)) return undefined;
    const corrected = word.length >= SHORTEST_MISSPELT ? this.typos.correct(word) : undefined;
    return corrected === undefined
      ? { from, to: at + 1, kind: 'unlisted', rule: 'drug.frame' }
      : { from, to: at + 1, kind: 'drug', rule: 'drug.typo', corrected };
  }

  /** The unknown word that heads an entry of a medication list. */
  listHead(tokens: Tokens, { from, to }: TokenRange): DrugMention | undefined {
    if (from >= to || tokens.kinds[from] !== WORD || tokens.lower[from]!.length < 5) return undefined;
    const mention = this.unlistedAt(tokens, from, from);
    return mention === undefined
      ? undefined
      : { ...mention, rule: mention.rule === 'drug.typo' ? 'drug.typo' : 'drug.list-head' };
  }

  /** "Serum albumin 3.1" is a result, "albumin infusion" a treatment. */
  private isLevel(tokens: Tokens, { from, to }: DrugMention): boolean {
    const next = tokens.lower[to] ?? '';
    const previous = tokens.lower[from - 1] ?? '';
    if (this.assays.longest(tokens, to, tokens.count) !== undefined || previous === 'serum' || previous === 'plasma')
      return true;
    const amount = tokens.breaks[to] === 0 ? this.quantities.at(tokens, to, tokens.count, false) : undefined;
    const unit = amount?.unit;
    if (unit != null && perVolume.has(unit.per[0] ?? '') && unit.kind !== 'form') return true;
    // "hydrocortisone 1% cream"
    if (amount !== undefined && this.parts.formAt(tokens, amount.to, tokens.count) !== undefined) return false;
    if (this.bodys.longest(tokens, from, to)?.end !== to) return false;
    if (this.before.has(previous) && !this.giving.has(tokens.lower[from - 2] ?? '')) return true;
    if (this.giving.has(previous) || this.giving.has(next)) return false;
    // "Insulin was stopped", but "insulin was 12"
    if (/^(?:was|were|is|has|had|been)$/.test(next) && orderVerb.test(tokens.lower.slice(to + 1, to + 4).join(' ')))
      return false;
    for (let at = Math.max(0, from - 4); at < from - 1; at++)
      if (this.giving.has(tokens.lower[at]!) && tokens.kinds[at + 1] !== PUNCTUATION) return false;
    if (unit != null && (unit.kind === 'mass' || unit.kind === 'activity' || unit.kind === 'form')) return false;
    return (
      this.after.has(next) ||
      tokens.kinds[to] === NUMBER ||
      (next === 'of' && tokens.kinds[to + 1] === NUMBER) ||
      next === '(' ||
      next === '-' ||
      next === ',' ||
      next === '/' ||
      next === ')' ||
      next === '|' ||
      next === '<' ||
      next === '>' ||
      next === ':' ||
      next === '='
    );
  }

  private hasStem(word: string): boolean {
    if (word.length < SHORTEST_STEMMED || this.exceptions.has(word)) return false;
    const singular = word.endsWith('s') ? word.slice(0, -1) : word;
    for (let length = Math.min(this.longestStem, word.length - 3); length >= 4; length--) {
      if (this.stems.has(word.slice(-length)) || this.stems.has(singular.slice(-length))) return true;
    }
    return false;
  }
}

/** "Resistant to ciprofloxacin", "trimethoprim R": drugs in the test of a microbe, not of the patient. */
const isOfMicrobe = (tokens: Tokens, { from, to }: TokenRange, last: TokenRange | undefined): boolean => {
  const letter = tokens.ends[to]! - tokens.starts[to]! === 1 ? tokens.source[tokens.starts[to]!] : '';
  if (
    (letter === 'R' || letter === 'S') &&
    (to + 1 >= tokens.count || /^[,.;)]$/.test(tokens.lower[to + 1]!) || tokens.breaks[to + 1]! > 0)
  )
    return true;
  if (last !== undefined && from - last.to < 4) {
    const gap = tokens.lower.slice(last.to, from);
    if (gap.length > 0 && gap.every((word) => /^(?:,|and|or|&|\/)$/.test(word))) return true;
  }
  if (tokens.lower[from - 1] !== 'to') return false;
  const word = tokens.lower[from - 2] ?? '';
  if (/^(?:resistant|susceptible|resistance|susceptibility|insensitive)$/.test(word)) return true;
  // "Sensitive to penicillin" is said of patients too.
  return word === 'sensitive' && microbe.test(tokens.lower.slice(Math.max(0, from - 16), from - 2).join(' '));
};

const microbe =
  /\b(?:isolates?|strains?|organisms?|cultures?|coli|aureus|mrsa|mssa|esbl|bacteri\w+|pathogens?|grew|grown|growth|growing|klebsiella|pseudomonas|enterococc\w+|staph\w*|strep\w*|proteus|enterobacter|serratia|candida|haemophilus|msu|csu|mic)\b/;
