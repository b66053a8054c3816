import type { Context } from '../context/context.ts';
import { type Document, type Item, type TokenRange, writtenLabel } from '../document.ts';
import { otherProcedureMeanings } from '../lexicon/other-meanings.ts';
import {
  capitalProcedures,
  imagingProcedures,
  notProcedures,
  procedureStatus,
  procedureSuffixes,
  procedures,
} from '../lexicon/procedures.ts';
import type { Assertion, Procedure, Span } from '../model.ts';
import { AttributeRules } from '../problems/attributes.ts';
import { onsetAfter } from '../problems/onset.ts';
import { Openings } from '../text/openings.ts';
import { OtherMeanings } from '../text/other-meanings.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { Suffixes } from '../text/suffixes.ts';
import { LOWER, type Tokens, WORD } from '../text/tokens.ts';
import { mentionOf } from './mentions.ts';

type Status = Procedure['status'];

const REACH = 6;
const auxiliary = /^(?:was|were|is|has|had)$/;
const SHORTEST_SUFFIXED = 7;
const planSections: ReadonlySet<string | null> = new Set(['plan', 'disposition']);

/** Operations, examinations and treatments, with how far they are. */
export class ProcedureRules {
  private readonly names = new PhraseTrie<string>();
  private readonly words = new PhraseTrie<Status>();
  private readonly suffixes = new Suffixes(procedureSuffixes);
  private readonly exceptions = new Set(notProcedures);
  private readonly capitals: ReadonlySet<string> = new Set(capitalProcedures);
  private readonly attributes = new AttributeRules();
  private readonly otherMeanings = new OtherMeanings(otherProcedureMeanings);

  private readonly openings: Openings;
  private readonly bit: number;

  constructor(openings: Openings = new Openings()) {
    this.openings = openings;
    this.bit = openings.bit([this.names], (word) => this.hasSuffix(word));
    this.names.addAll(procedures, 'procedure.listed').addAll(imagingProcedures, 'procedure.imaging');
    for (const status of ['refused', 'cancelled', 'done', 'in-progress', 'planned'] as const)
      this.words.addAll(procedureStatus[status], status);
  }

  /** @param taken spans of problems, drugs and tests: what lies in one is no procedure */
  find(document: Document, context: Context, taken: readonly Span[]): Procedure[] {
    const { tokens } = document;
    const found: Procedure[] = [];
    const opens = this.openings.of(tokens);
    let other = 0;
    for (const item of document.items) {
      let last: TokenRange | undefined;
      for (let at = item.from; at < item.to; at++) {
        if ((opens[at]! & this.bit) === 0) continue;
        if (tokens.kinds[at] !== WORD || document.inHeading[at] === 1) continue;
        const match = this.names.longest(tokens, at, item.to);
        const rule = match?.value ?? (this.hasSuffix(tokens.lower[at]!) ? 'procedure.ending' : undefined);
        if (rule === undefined) continue;
        if (
          tokens.shapes[at] === LOWER &&
          this.capitals.has(tokens.lower[at]!.replace(/s$/, '')) &&
          match?.end === at + 1
        )
          continue;
        const to = match?.end ?? at + 1;
        if (to === at + 1 && this.otherMeanings.hasAt(tokens, at, item)) continue;
        const start = tokens.starts[at]!;
        while (other < taken.length && taken[other]!.end <= start) other++;
        if (other < taken.length && taken[other]!.start < tokens.ends[to - 1]!) continue;
        // "Valgus stress test" is a part of the examination.
        if (/^(?:valgus|varus)$/.test(tokens.lower[at - 1] ?? '')) continue;
        // "Employed as an x-ray technician"
        if (/^(?:technicians?|technologists?|department|machine|staff|nurse)$/.test(tokens.lower[to] ?? '')) continue;
        const assertion = context.assertion(item, at, to);
        const { side, site } = this.attributes.of(tokens, item, at, to, last);
        last = { from: at, to };
        const when = onsetAfter(tokens, item, to);
        found.push({
          ...mentionOf(document, item, { from: at, to, id: `x${found.length + 1}`, rule }),
          // Recovery from an operation implies that it took place.
          ...(assertion.time === 'resolved'
            ? { ...assertion, presence: 'present' as const, time: 'past' as const }
            : assertion),
          status: this.statusOf(document, item, at, to, assertion),
          ...(side === undefined ? {} : { side }),
          ...(site === undefined ? {} : { site }),
          ...(when === undefined ? {} : { when }),
        });
        at = to - 1;
      }
    }
    return found;
  }

  private statusOf(document: Document, item: Item, from: number, to: number, assertion: Assertion): Status {
    const { tokens } = document;
    const nearest = this.wordBefore(tokens, item, from) ?? this.wordAfter(tokens, item, to);
    if (nearest === 'refused' || nearest === 'cancelled') return nearest;
    if (assertion.conditional) return 'planned';
    if (assertion.time === 'resolved') return 'done';
    if (nearest !== undefined) return nearest;
    return planSections.has(writtenLabel(document, item)) ? 'planned' : 'done';
  }

  private wordBefore(tokens: Tokens, item: Item, from: number): Status | undefined {
    for (let at = from - 1; at >= Math.max(item.from, from - REACH); at--) {
      if (/^[.;:]$/.test(tokens.lower[at]!)) return undefined;
      if (tokens.kinds[at] !== WORD) continue;
      const match = this.words.longest(tokens, at, from);
      if (match === undefined) continue;
      // "Does not wish for": the longer phrase takes precedence over the word in it.
      for (let first = at - 1; first >= Math.max(item.from, at - 3); first--) {
        const longer = this.words.longest(tokens, first, from);
        if (longer !== undefined && longer.end >= match.end) return longer.value;
      }
      return match.value;
    }
    return undefined;
  }

  private wordAfter(tokens: Tokens, item: Item, to: number): Status | undefined {
    for (let at = to; at < Math.min(item.to, to + REACH); at++) {
      if (/^[.;,]$/.test(tokens.lower[at]!)) return undefined;
      if (tokens.kinds[at] !== WORD) continue;
      const match = this.words.longest(tokens, at, item.to);
      if (match === undefined || tokens.lower[at] === 'for' || tokens.lower[at] === 'on') continue;
      // "was cancelled": the verb after the auxiliary decides.
      const verb = auxiliary.test(tokens.lower[at]!) ? this.words.longest(tokens, match.end, item.to) : undefined;
      return verb?.value ?? match.value;
    }
    return undefined;
  }

  private hasSuffix(word: string): boolean {
    return word.length >= SHORTEST_SUFFIXED && this.suffixes.match(word, 2) && !this.exceptions.has(word);
  }
}
