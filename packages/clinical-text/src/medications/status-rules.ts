import type { TokenRange } from '../document.ts';
import { notStatus, type StatusEntry, statusEntries, statusFillers } from '../lexicon/medication-status.ts';
import type { MedicationStatus } from '../model.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { type Tokens, WORD } from '../text/tokens.ts';
import { RelativeRules } from './relative-rules.ts';
import { ReplacementRules } from './replacement-rules.ts';
import { type Cue, type DrugPlace, isActive, type StatusOf } from './status-cue.ts';
import { StatusModifiers } from './status-modifiers.ts';
import { groupsOf, StatusReach } from './status-reach.ts';

/** The status of each drug of a sentence: status words on both sides, pairs that replace each other, and relatives. */
export class StatusRules {
  private readonly cues = new PhraseTrie<readonly StatusEntry[]>();
  private readonly fillers = new PhraseTrie<true>().addAll(statusFillers, true);
  private readonly notStatus = new PhraseTrie<true>().addAll(notStatus, true);
  private readonly reach = new StatusReach(this.cues, this.fillers);
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
    this.replacements.apply(tokens, range, drugs, result);
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
    const ahead = this.reach.ahead(tokens, drugs, cue);
    const behind = this.reach.behind(tokens, drugs, cue);
    const reaches = (reach: 'forward' | 'backward') =>
      cue.entries.find((entry) => entry.reach === reach) ?? cue.entries.find((entry) => entry.reach === 'either');
    const onward = ahead === null ? undefined : reaches('forward');
    const forward = onward?.strict && !this.reach.isDirect(tokens, cue.to, drugs[ahead!]!.from) ? undefined : onward;
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
      ? this.reach.subjects(tokens, drugs, groups, behind!.drug, behind!.plural)
      : this.reach.objects(tokens, drugs, groups, ahead!);
    for (const target of targets) assign(result[target]!, status, cue, useBehind);
  }
}

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
