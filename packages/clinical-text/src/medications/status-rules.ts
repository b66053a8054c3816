import type { TokenRange } from '../document.ts';
import {
  auxiliaries,
  determiners,
  notStatus,
  pluralAuxiliaries,
  type StatusEntry,
  statusEntries,
  statusFillers,
} from '../lexicon/medication-status.ts';
import type { MedicationStatus } from '../model.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { PUNCTUATION, type Tokens, WORD } from '../text/tokens.ts';
import { RelativeRules } from './relative-rules.ts';
import { ReplacementRules } from './replacement-rules.ts';
import {
  boundary,
  type Cue,
  contrasts,
  type DrugPlace,
  isActive,
  pronouns,
  REACH,
  type StatusOf,
} from './status-cue.ts';
import { StatusModifiers } from './status-modifiers.ts';

/** Of these, words that are no filler. */
const UNKNOWN_WORDS = 1;

const opening = new Set(['(', '[', ':', '-', '–', '—', '"', '*', '/', '>', '|', '{']);
const joining = new Set([
  'topical',
  'oral',
  'iv',
  ',',
  'and',
  '&',
  '/',
  '+',
  'plus',
  'or',
  'with',
  '(',
  ')',
  '|',
  'und',
  '-',
  'nor',
  'a',
  'an',
  'the',
]);
/** What became of each drug of a sentence: status words on both sides, pairs that replace each other, and relatives. */
export class StatusRules {
  private readonly cues = new PhraseTrie<readonly StatusEntry[]>();
  private readonly fillers = new PhraseTrie<true>().addAll(statusFillers, true);
  private readonly notStatus = new PhraseTrie<true>().addAll(notStatus, true);
  private readonly determiners = new PhraseTrie<true>().addAll(determiners, true);
  private readonly auxiliaries: ReadonlySet<string> = new Set(auxiliaries);
  private readonly plural: ReadonlySet<string> = new Set(pluralAuxiliaries);
  private readonly modifiers = new StatusModifiers();
  private readonly replacements = new ReplacementRules();
  private readonly relatives = new RelativeRules();

  constructor() {
    const byPhrase = new Map<string, StatusEntry[]>();
    for (const entry of statusEntries)
      for (const phrase of entry.phrases) byPhrase.set(phrase, [...(byPhrase.get(phrase) ?? []), entry]);
    for (const [phrase, entries] of byPhrase) this.cues.add(phrase, entries);
  }

  /** The status that a heading or key gives to all drugs below it: "Discontinued medications:". */
  ofKey(tokens: Tokens, { from, to }: TokenRange): MedicationStatus | null {
    let status: MedicationStatus | null = null;
    for (let at = from; at < to; ) {
      const cue = this.cues.longest(tokens, at, to);
      const end = cue?.end ?? this.fillers.longest(tokens, at, to)?.end;
      // "Past medical history" is not of drugs.
      if (end === undefined && tokens.kinds[at] === WORD) return null;
      const entry = cue?.value.find(({ reach }) => reach !== 'backward') ?? cue?.value[0];
      if (entry !== undefined && (status === null || isActive(status))) status = entry.status;
      at = end ?? at + 1;
    }
    return status;
  }

  /** @param drugs in order, within the range */
  find(tokens: Tokens, range: TokenRange, drugs: readonly DrugPlace[]): StatusOf[] {
    const result: StatusOf[] = drugs.map(() => ({
      status: null,
      cues: [],
      family: false,
      replaces: null,
      replacedBy: null,
    }));
    const groups = groupsOf(tokens, drugs);
    for (const cue of this.cuesOf(tokens, range, drugs)) this.apply(tokens, range, drugs, groups, cue, result);
    this.replacements.apply(tokens, range, drugs, groups, result);
    this.relatives.apply(tokens, range, drugs, result);
    return result;
  }

  private cuesOf(tokens: Tokens, { from, to }: TokenRange, drugs: readonly DrugPlace[]): Cue[] {
    const found: Cue[] = [];
    let drug = 0;
    for (let at = from; at < to; at++) {
      while (drug < drugs.length && drugs[drug]!.to <= at) drug++;
      if (drug < drugs.length && drugs[drug]!.from <= at) {
        at = drugs[drug]!.to - 1;
        continue;
      }
      if (tokens.kinds[at] !== WORD) continue;
      const limit = Math.min(to, drugs[drug]?.from ?? to);
      const match = this.cues.longest(tokens, at, limit);
      if (match === undefined) continue;
      const other = this.otherUse(tokens, at, match.end, limit, from);
      if (other !== undefined) {
        at = other - 1;
        continue;
      }
      found.push({ from: at, to: match.end, entries: match.value });
      at = match.end - 1;
    }
    return found;
  }

  /** Where a phrase ends in which status words say something else: "as prescribed", "originally prescribed for". */
  private otherUse(tokens: Tokens, at: number, to: number, limit: number, first: number): number | undefined {
    for (let from = Math.max(first, at - 1); from <= at; from++) {
      const other = this.notStatus.longest(tokens, from, limit);
      if (other !== undefined && other.end >= to) return other.end;
    }
    return undefined;
  }

  private apply(
    tokens: Tokens,
    range: TokenRange,
    drugs: readonly DrugPlace[],
    groups: readonly number[],
    cue: Cue,
    result: readonly StatusOf[],
  ): void {
    const ahead = this.ahead(tokens, drugs, cue);
    const behind = this.behind(tokens, drugs, cue);
    const reaches = (reach: 'forward' | 'backward') =>
      cue.entries.find((entry) => entry.reach === reach) ?? cue.entries.find((entry) => entry.reach === 'either');
    const forward =
      ahead === null
        ? undefined
        : [reaches('forward')].find(
            (entry) => entry !== undefined && (!entry.strict || this.isDirect(tokens, cue.to, drugs[ahead]!.from)),
          );
    const backward = behind === null ? undefined : reaches('backward');
    const useBehind =
      backward !== undefined &&
      (forward === undefined ||
        (behind!.close && !(cue.entries[0]!.reach === 'forward' && backward.reach !== 'either')));
    const entry = useBehind ? backward : forward;
    if (entry === undefined) return;
    // "20 mg for 3 days, then stop": the end of a taper, not of the drug now.
    if (useBehind && tokens.lower[cue.from - 1] === 'then' && drugs[behind!.drug]!.end > drugs[behind!.drug]!.to)
      return;
    // "1 g, previously 500 mg": of the dose, not of the drug.
    if (useBehind && entry.status === 'historical' && drugs[behind!.drug]!.end > cue.to) return;
    // "300 mg tds (100 mg tds previously)"
    if (
      useBehind &&
      entry.status === 'historical' &&
      drugs[behind!.drug]!.end === cue.from &&
      tokens.lower[cue.to] === ')'
    )
      return;
    const status = this.modifiers.statusUnder(tokens, range, cue, entry, useBehind);
    if (status === null) return;
    const targets = useBehind
      ? this.subjects(tokens, drugs, groups, behind!.drug, behind!.plural)
      : this.objects(tokens, drugs, groups, ahead!);
    for (const target of targets) assign(result[target]!, status, cue, useBehind);
  }

  private isDirect(tokens: Tokens, from: number, to: number): boolean {
    for (let at = from; at < to; ) {
      const match = this.determiners.longest(tokens, at, to);
      if (match === undefined) return false;
      at = match.end;
    }
    return true;
  }

  /** The first drug that the words reach, or null. */
  private ahead(tokens: Tokens, drugs: readonly DrugPlace[], cue: Cue): number | null {
    const next = drugs.findIndex((drug) => drug.from >= cue.to);
    if (next < 0 || drugs[next]!.from - cue.to > REACH) return null;
    let unknown = 0;
    for (let at = cue.to; at < drugs[next]!.from; ) {
      const word = tokens.lower[at]!;
      if (tokens.kinds[at] === PUNCTUATION) {
        if (!opening.has(word) && word !== ')' && word !== "'" && word !== '’') return null;
        at++;
        continue;
      }
      if (contrasts.has(word)) return null;
      const filler = this.fillers.longest(tokens, at, drugs[next]!.from);
      const other = this.cues.longest(tokens, at, drugs[next]!.from);
      if (filler === undefined && other === undefined && tokens.kinds[at] === WORD && ++unknown > UNKNOWN_WORDS)
        return null;
      at = Math.max(filler?.end ?? 0, other?.end ?? 0, at + 1);
    }
    return next;
  }

  /** The drug to which the words after it refer, or null. `close`: only parts of its order are between. */
  private behind(
    tokens: Tokens,
    drugs: readonly DrugPlace[],
    cue: Cue,
  ): { readonly drug: number; readonly plural: boolean; readonly close: boolean } | null {
    let drug = -1;
    while (drug + 1 < drugs.length && drugs[drug + 1]!.to <= cue.from) drug++;
    if (drug < 0) return null;
    const start = Math.max(drugs[drug]!.end, drugs[drug]!.to);
    let comma = false;
    let plural = false;
    let words = 0;
    // "Resume apixaban when the bleeding has stopped": the words are of another subject.
    let subordinate = false;
    for (let at = Math.min(start, cue.from); at < cue.from; at++) {
      const word = tokens.lower[at]!;
      if (boundary.has(word) || word === '.' || word === '?' || word === '!') return null;
      if (word === 'when' || word === 'until') subordinate = true;
      if (word === 'and' || word === ',' || word === 'then' || contrasts.has(word)) {
        comma = true;
        subordinate = false;
      } else if (pronouns.has(word)) return null;
      else if (this.auxiliaries.has(word)) plural ||= this.plural.has(word);
      else if (word === 'both' || word === 'all') plural = true;
      else if (tokens.kinds[at] === WORD && this.fillers.longest(tokens, at, cue.from) === undefined) words++;
    }
    let led = false;
    for (let at = cue.from - 1; at >= start && !led; at--) {
      const word = tokens.lower[at]!;
      if (this.auxiliaries.has(word)) led = true;
      else if (!word.endsWith('ly') && !/^(?:not|also|then|now|since|to|later|never|ever|initially|again)$/.test(word))
        break;
    }
    if (subordinate || words > (led ? 5 : 2)) return null;
    return { drug, plural, close: !comma && (led || words === 0) };
  }

  /** The drugs of an enumeration to which the words after it refer. */
  private subjects(
    tokens: Tokens,
    drugs: readonly DrugPlace[],
    groups: readonly number[],
    last: number,
    plural: boolean,
  ): number[] {
    let first = last;
    while (
      first > 0 &&
      groups[first - 1] === groups[last] &&
      (plural || isJoined(tokens, drugs[first - 1]!, drugs[first]!, first < last))
    )
      first--;
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  }

  private objects(tokens: Tokens, drugs: readonly DrugPlace[], groups: readonly number[], first: number): number[] {
    const found = [first];
    for (let next = first + 1; next < drugs.length; next++) {
      // "Chemotherapy with cisplatin and Taxol": the class and its members.
      if (groups[next] !== groups[next - 1] && !this.names(tokens, drugs[next - 1]!, drugs[next]!)) break;
      found.push(next);
    }
    return found;
  }

  /** Whether words such as "treatment with" stand between a class and a drug of it. */
  private names(tokens: Tokens, { end, to }: DrugPlace, next: DrugPlace): boolean {
    if (end > to || next.from - to > 4) return false;
    let naming = false;
    for (let at = to; at < next.from; ) {
      naming ||= /^(?:with|of|including|namely|like|:)$/.test(tokens.lower[at]!);
      const filler = this.fillers.longest(tokens, at, next.from);
      if (filler === undefined && tokens.lower[at] !== ':') return false;
      at = filler?.end ?? at + 1;
    }
    return naming;
  }
}

/** An index of the enumeration that each drug belongs to: only parts of orders, commas and "and" stand between. */
const groupsOf = (tokens: Tokens, drugs: readonly DrugPlace[]): number[] => {
  const groups: number[] = [];
  let group = 0;
  drugs.forEach((drug, index) => {
    const last = drugs[index - 1];
    if (last !== undefined) {
      for (let at = Math.max(last.to, Math.min(last.end, drug.from)); at < drug.from; at++) {
        if (!joining.has(tokens.lower[at]!)) {
          group++;
          break;
        }
      }
    }
    groups.push(group);
  });
  return groups;
};

/** "aspirin and clopidogrel": a participle after them refers to both; a comma alone joins only within such a list. */
const isJoined = (tokens: Tokens, a: DrugPlace, b: DrugPlace, within: boolean): boolean => {
  if (a.end > a.to) return false;
  for (let at = a.to; at < b.from; at++) {
    const word = tokens.lower[at]!;
    if (word === 'and' || word === '&' || word === '/' || word === '+' || word === '(' || word === 'or') return true;
    if (word === ',' && within) return true;
  }
  return false;
};

const assign = (result: StatusOf, status: MedicationStatus, cue: TokenRange, behind: boolean): void => {
  const { status: old } = result;
  // "started 9 months ago" is no history.
  if (behind && status === 'historical' && old !== null && isActive(old)) return;
  const resumed = behind && isActive(status) && status !== 'changed';
  if (
    old === null ||
    isActive(old) ||
    (resumed && (old === 'held' || old === 'stopped')) ||
    (behind && !isActive(status))
  )
    result.status = old !== null && isActive(old) && status === 'active' ? old : status;
  else if (!isActive(status) && !behind) result.status = status === 'planned' ? old : status;
  result.cues.push({ from: cue.from, to: cue.to });
};
