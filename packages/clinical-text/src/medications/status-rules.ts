import type { TokenRange } from '../document.ts';
import {
  auxiliaries,
  conditions,
  cueNegations,
  determiners,
  notStatus,
  pluralAuxiliaries,
  relatives,
  type StatusEntry,
  statusEntries,
  statusFillers,
  swapEntries,
  swapVerbs,
  takingVerbs,
} from '../lexicon/medication-status.ts';
import type { MedicationStatus } from '../model.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { NUMBER, PUNCTUATION, type Tokens, WORD } from '../text/tokens.ts';

/** A drug and all that was written of its order, in the order of the sentence. */
export interface DrugPlace {
  readonly from: number;
  readonly to: number;
  /** The end of the last dose, route or frequency of this drug. */
  readonly end: number;
}

export interface StatusOf {
  status: MedicationStatus | null;
  readonly cues: TokenRange[];
  family: boolean;
  replaces: number | null;
  replacedBy: number | null;
}

interface Cue extends TokenRange {
  readonly entries: readonly StatusEntry[];
}

/** "once daily", "once a day", "once only" say how often. */
const onceBefore = /^(?:a|an|per|every|each|daily|weekly|nightly|monthly|only|in|at|or|more|again|,|\.|)$/;
/** Tokens from status words to their drug. */
const REACH = 9;
/** Of these, words that are no filler. */
const UNKNOWN_WORDS = 1;

const opening = new Set(['(', '[', ':', '-', '–', '—', '"', '*', '/', '>', '|', '{']);
const boundary = new Set([';', '•']);
const contrasts = new Set(['but', 'however', 'whereas', 'although', 'though']);
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
const pronouns = new Set(['she', 'he', 'patient', 'pt', 'they', 'we', 'i', 'you']);
/** A person who does one of these with a drug does not take it. */
const objects = new Set(['him', 'them', 'us', 'me']);
const saying = new Set([
  'says',
  'said',
  'reports',
  'reported',
  'states',
  'stated',
  'gave',
  'gives',
  'brought',
  'confirms',
  'notes',
  'noted',
  'manages',
  'administers',
  'helps',
  'reminds',
  'denies',
  'thinks',
]);
/** "On", "takes", "given": true of any drug that is not said to be stopped. */
const isActive = (status: MedicationStatus) => status === 'active' || status === 'new' || status === 'changed';

/** What became of each drug of a sentence: status words on both sides, pairs that replace each other, and relatives. */
export class StatusRules {
  private readonly cues = new PhraseTrie<readonly StatusEntry[]>();
  private readonly swaps = new PhraseTrie<'away' | 'toward' | 'gone'>();
  private readonly swapVerbs = new PhraseTrie<ReadonlySet<string>>();
  private readonly fillers = new PhraseTrie<true>().addAll(statusFillers, true);
  private readonly notStatus = new PhraseTrie<true>().addAll(notStatus, true);
  private readonly determiners = new PhraseTrie<true>().addAll(determiners, true);
  private readonly conditions = new PhraseTrie<true>().addAll(conditions, true);
  private readonly relatives: ReadonlySet<string> = new Set(relatives.flatMap((relative) => relative.split(' ')));
  private readonly taking = new PhraseTrie<true>().addAll(takingVerbs, true);
  private readonly auxiliaries: ReadonlySet<string> = new Set(auxiliaries);
  private readonly plural: ReadonlySet<string> = new Set(pluralAuxiliaries);
  private readonly negations = new PhraseTrie<true>().addAll(cueNegations, true);

  constructor() {
    const byPhrase = new Map<string, StatusEntry[]>();
    for (const entry of statusEntries)
      for (const phrase of entry.phrases) byPhrase.set(phrase, [...(byPhrase.get(phrase) ?? []), entry]);
    for (const [phrase, entries] of byPhrase) this.cues.add(phrase, entries);
    for (const { kind, phrases } of swapEntries) this.swaps.addAll(phrases, kind);
    for (const [verbs, links] of swapVerbs) this.swapVerbs.addAll(verbs, new Set(links));
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
    this.applySwaps(tokens, range, drugs, groups, result);
    this.applyRelatives(tokens, range, drugs, result);
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
    const status = this.underNegation(tokens, range, cue, entry, useBehind);
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

  /** "not stopped" is no stop, "not started" no start. */
  private underNegation(
    tokens: Tokens,
    range: TokenRange,
    cue: Cue,
    { status, conditional: planned }: StatusEntry,
    behind: boolean,
  ): MedicationStatus | null {
    let negated = false;
    for (let at = Math.max(range.from, cue.from - 4); at < cue.from; at++) {
      const match = this.negations.longest(tokens, at, cue.from);
      if (match === undefined) continue;
      let gap = match.end;
      while (
        gap < cue.from &&
        (this.auxiliaries.has(tokens.lower[gap]!) || /^(?:to|yet|currently|be|ever|yet)$/.test(tokens.lower[gap]!))
      )
        gap++;
      if (gap === cue.from) negated = true;
    }
    const conditional =
      this.isConditional(tokens, range, cue, behind) || (planned !== undefined && this.isAwaited(tokens, range, cue));
    if (negated)
      return isActive(status)
        ? 'not-given'
        : status === 'planned'
          ? 'not-given'
          : status === 'not-given'
            ? null
            : 'active';
    if (status === 'new' && isToCome(tokens, range.from, cue.from)) return 'planned';
    if (conditional && status !== 'planned')
      return (
        planned ??
        (status === 'new' || status === 'changed'
          ? 'planned'
          : isActive(status) || status === 'refused'
            ? status
            : null)
      );
    return status;
  }

  /** "stop if a rash appears", "if it bleeds, hold aspirin" */
  private isConditional(tokens: Tokens, range: TokenRange, cue: Cue, behind: boolean): boolean {
    for (let at = cue.from - 1; at >= Math.max(range.from, cue.from - 14); at--) {
      const word = tokens.lower[at]!;
      if (boundary.has(word) || word === '.') break;
      if (word === 'if' || word === 'unless' || word === 'should')
        return tokens.lower[at + 1] !== 'not' || word !== 'should';
    }
    for (let at = cue.to; at < Math.min(range.to, cue.to + (behind ? 4 : 10)); at++) {
      const word = tokens.lower[at]!;
      if (boundary.has(word) || word === '.') break;
      // "hold for SBP < 100"
      if (word === '<' || word === '>') return true;
      if (
        this.conditions.longest(tokens, at, range.to) !== undefined &&
        word !== 'when' &&
        word !== 'once' &&
        word !== 'should'
      )
        return true;
    }
    return false;
  }

  /** "restart apixaban when bleeding stops", "once the eGFR recovers": an order for a time to come. */
  private isAwaited(tokens: Tokens, range: TokenRange, cue: Cue): boolean {
    for (let at = cue.to; at < Math.min(range.to, cue.to + REACH + 3); at++) {
      const word = tokens.lower[at]!;
      if (boundary.has(word) || word === '.') return false;
      if (word === 'when' || (word === 'once' && !onceBefore.test(tokens.lower[at + 1] ?? ''))) return true;
    }
    return false;
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

  private applySwaps(
    tokens: Tokens,
    { from, to }: TokenRange,
    drugs: readonly DrugPlace[],
    groups: readonly number[],
    result: readonly StatusOf[],
  ): void {
    const gone = (old: number, by: number | null, cue: TokenRange) => {
      result[old]!.status = 'stopped';
      result[old]!.cues.push(cue);
      if (by !== null) result[old]!.replacedBy = by;
      if (by === null) return;
      const entry = result[by]!;
      if (entry.status === null || isActive(entry.status)) entry.status = entry.status === null ? 'new' : entry.status;
      entry.replaces = old;
    };
    let upcoming = 0;
    for (let at = from; at < to; at++) {
      while (upcoming < drugs.length && drugs[upcoming]!.from < at) upcoming++;
      const next = upcoming < drugs.length ? upcoming : -1;
      const last = upcoming - 1;
      const arrow = arrowAt(tokens, at);
      const match = arrow === null ? this.swaps.longest(tokens, at, to) : { value: 'away' as const, end: arrow };
      if (match !== undefined) {
        const before =
          last >= 0 && drugs[last]!.to <= at && at - Math.max(drugs[last]!.end, drugs[last]!.to) <= 8 ? last : null;
        const after =
          next >= 0 && drugs[next]!.from - match.end <= 6 && !crosses(tokens, match.end, drugs[next]!.from)
            ? next
            : null;
        const cue = { from: at, to: match.end };
        const straight = before !== null && !crosses(tokens, drugs[before]!.to, at);
        // "changed to 40 mg" changes the dose, not the drug.
        if (match.value === 'away' && straight && after !== null) gone(before!, after, cue);
        else if (match.value === 'away' && straight && tokens.kinds[match.end] === NUMBER) {
          const entry = result[before!]!;
          if (entry.status === null || isActive(entry.status)) entry.status = 'changed';
          entry.cues.push(cue);
        } else if (match.value === 'toward' && after !== null) {
          const other = straight
            ? before
            : after + 1 < drugs.length && groups[after + 1] !== undefined
              ? after + 1
              : null;
          gone(after, other, cue);
        } else if (match.value === 'gone' && after !== null) {
          gone(after, after + 1 < drugs.length ? after + 1 : straight ? before : null, cue);
        }
        at = match.end - 1;
        continue;
      }
      const verb = this.swapVerbs.longest(tokens, at, to);
      if (verb === undefined || next < 0 || next + 1 >= drugs.length || drugs[next]!.from - verb.end > 4) continue;
      const between = Math.max(drugs[next]!.end, drugs[next]!.to);
      for (let link = Math.min(between, drugs[next + 1]!.from); link < drugs[next + 1]!.from; link++) {
        if (!verb.value.has(tokens.lower[link]!)) continue;
        gone(next, next + 1, { from: at, to: verb.end });
        break;
      }
    }
  }

  /** "His father is on metformin": the subject of the clause is a relative who takes, not one who gives or tells. */
  private applyRelatives(
    tokens: Tokens,
    { from, to }: TokenRange,
    drugs: readonly DrugPlace[],
    result: readonly StatusOf[],
  ): void {
    for (let at = from; at < to; at++) {
      if (!this.relatives.has(tokens.lower[at]!)) continue;
      const possessive = (tokens.lower[at + 1] === "'" || tokens.lower[at + 1] === '’') && tokens.lower[at + 2] === 's';
      let takes = possessive;
      for (let next = at + (possessive ? 3 : 1); next < to; next++) {
        const word = tokens.lower[next]!;
        if (
          boundary.has(word) ||
          contrasts.has(word) ||
          word === '.' ||
          pronouns.has(word) ||
          saying.has(word) ||
          objects.has(word)
        )
          break;
        const drug = drugs.findIndex((place) => place.from === next);
        if (drug >= 0) {
          if (!takes || (possessive && next - at > 4)) break;
          result[drug]!.family = true;
          next = Math.max(drugs[drug]!.to, drugs[drug]!.end) - 1;
          continue;
        }
        if (this.taking.longest(tokens, next, to) !== undefined) takes = true;
      }
    }
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

const crosses = (tokens: Tokens, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) if (boundary.has(tokens.lower[at]!) || tokens.lower[at] === '.') return true;
  return false;
};

/** "->", "=>", "→" */
const arrowAt = (tokens: Tokens, at: number): number | null => {
  if (tokens.lower[at] === '→') return at + 1;
  return (tokens.lower[at] === '-' || tokens.lower[at] === '=') && tokens.lower[at + 1] === '>' ? at + 2 : null;
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

/** "Will be started on", "to be commenced" */
const isToCome = (tokens: Tokens, from: number, cue: number): boolean =>
  cue - 2 >= from &&
  tokens.lower[cue - 1] === 'be' &&
  /^(?:will|to|shall|should|can|may|would)$/.test(tokens.lower[cue - 2]!);
