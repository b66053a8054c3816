import type { TokenRange } from '../document.ts';
import { swapEntries, swapVerbs } from '../lexicon/medication-status.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { NUMBER, type Tokens } from '../text/tokens.ts';
import { boundary, type DrugPlace, isActive, type StatusOf } from './status-cue.ts';

/** Drugs that replace each other: "switched from A to B", "A -> B", "B in place of A". */
export class ReplacementRules {
  private readonly swaps = new PhraseTrie<'away' | 'toward' | 'gone'>();
  private readonly swapVerbs = new PhraseTrie<ReadonlySet<string>>();

  constructor() {
    for (const { kind, phrases } of swapEntries) this.swaps.addAll(phrases, kind);
    for (const [verbs, links] of swapVerbs) this.swapVerbs.addAll(verbs, new Set(links));
  }

  apply(tokens: Tokens, { from, to }: TokenRange, drugs: readonly DrugPlace[], result: readonly StatusOf[]): void {
    const gone = (old: number, by: number | null, cue: TokenRange) => {
      result[old]!.status = 'stopped';
      result[old]!.cues.push(cue);
      if (by === null) return;
      result[old]!.replacedBy = by;
      result[by]!.status ??= 'new';
      result[by]!.replaces = old;
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
          gone(after, straight ? before : after + 1 < drugs.length ? after + 1 : null, cue);
        } else if (match.value === 'gone' && after !== null) {
          gone(after, after + 1 < drugs.length ? after + 1 : straight ? before : null, cue);
        }
        at = match.end - 1;
        continue;
      }
      const verb = this.swapVerbs.longest(tokens, at, to);
      if (verb === undefined || next < 0 || drugs[next]!.from - verb.end > 4) continue;
      // "Switch metformin to XR 1,000 mg": the form or the dose is another one.
      const link = drugs[next]!.to;
      if (tokens.lower[link] === 'to' && link + 1 < to && isForm(tokens, link + 1)) {
        const entry = result[next]!;
        if (entry.status === null || isActive(entry.status)) entry.status = 'changed';
        entry.cues.push({ from: at, to: verb.end });
        continue;
      }
      if (next + 1 >= drugs.length) continue;
      const between = Math.max(drugs[next]!.end, drugs[next]!.to);
      for (let link = Math.min(between, drugs[next + 1]!.from); link < drugs[next + 1]!.from; link++) {
        if (!verb.value.has(tokens.lower[link]!)) continue;
        gone(next, next + 1, { from: at, to: verb.end });
        break;
      }
    }
  }
}

const isForm = (tokens: Tokens, at: number): boolean =>
  tokens.kinds[at] === NUMBER ||
  /^(?:xr|er|sr|mr|la|cr|xl|ir|dr|ec|po|iv|sc|im|oral|intravenous|subcutaneous|extended|modified|slow|sustained|immediate|long|liquid|once|twice|bd|bid|tds|tid|od|daily|weekly|nightly)$/.test(
    tokens.lower[at]!,
  );

const crosses = (tokens: Tokens, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) if (boundary.has(tokens.lower[at]!) || tokens.lower[at] === '.') return true;
  return false;
};

/** "->", "=>", "→" */
const arrowAt = (tokens: Tokens, at: number): number | null => {
  if (tokens.lower[at] === '→') return at + 1;
  return (tokens.lower[at] === '-' || tokens.lower[at] === '=') && tokens.lower[at + 1] === '>' ? at + 2 : null;
};
