import type { Context, ContextRules } from '../context/context.ts';
import type { Medication, Section, Span } from '../engine.ts';
import { stopWords } from '../lexicon/orders.ts';
import { SectionCursor } from '../sections/segmenter.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import type { Sentence } from '../text/sentences.ts';
import { tokenSpan } from '../text/spans.ts';
import { PUNCTUATION, type Tokens } from '../text/tokens.ts';
import { type DoseMention, DoseRules, type TokenRange } from './dose-rules.ts';
import { type DrugMention, DrugRules } from './drug-rules.ts';

/** Tokens between a dose and a drug before it, and after it. */
const REACH_BACK = 14;
const REACH_ON = 7;
/** The same for units that measure other things as well. */
const REACH_WEAK = 4;
const CLOSE = 2;

interface Order {
  readonly drug: DrugMention;
  readonly doses: TokenRange[];
  readonly routes: TokenRange[];
  readonly frequencies: TokenRange[];
}

/** Drugs, each with the doses, routes and frequencies that were ordered for it. */
export class MedicationRules {
  private readonly drugs = new DrugRules();
  private readonly doses = new DoseRules();
  private readonly stops = new PhraseTrie<true>().addAll(stopWords, true);
  private readonly context: ContextRules;

  constructor(context: ContextRules) {
    this.context = context;
  }

  find(tokens: Tokens, sentences: readonly Sentence[], context: Context, sections: readonly Section[]): Medication[] {
    const cursor = new SectionCursor(sections);
    const mentions = this.drugs.find(tokens);
    const medications: Medication[] = [];
    let next = 0;
    for (const sentence of sentences) {
      const orders: Order[] = [];
      while (next < mentions.length && mentions[next]!.from < sentence.to) {
        orders.push({ drug: mentions[next++]!, doses: [], routes: [], frequencies: [] });
      }
      if (orders.length === 0) continue;
      for (const dose of this.doses.doses(tokens, sentence)) ownerOfDose(tokens, orders, dose)?.doses.push(dose);
      for (const range of this.doses.frequencies(tokens, sentence))
        owner(orders, range, REACH_BACK, 0)?.frequencies.push(range);
      for (const range of this.doses.routes(tokens, sentence))
        owner(orders, range, REACH_BACK, CLOSE)?.routes.push(range);
      for (const order of orders) {
        const medication = this.toMedication(tokens, sentence, order, context);
        // What a patient must not be given is listed by name alone.
        const refused = cursor.label(medication.start) === 'allergies';
        medications.push(refused ? { ...medication, negation: 'negated' } : medication);
      }
    }
    return medications;
  }

  private toMedication(tokens: Tokens, sentence: Sentence, { drug, ...parts }: Order, context: Context): Medication {
    const spans = (ranges: readonly TokenRange[]): Span[] => ranges.map(({ from, to }) => tokenSpan(tokens, from, to));
    return {
      ...tokenSpan(tokens, drug.from, drug.to),
      kind: drug.kind,
      doses: spans(parts.doses),
      routes: spans(parts.routes),
      frequencies: spans(parts.frequencies),
      negation:
        this.context.assertion(context, drug.from, drug.to).presence === 'absent' ||
        this.isStopped(tokens, sentence, drug)
          ? 'negated'
          : 'affirmed',
    };
  }

  private isStopped(tokens: Tokens, sentence: Sentence, drug: DrugMention): boolean {
    for (let at = Math.max(sentence.from, drug.from - 4); at < drug.from; at++) {
      if (this.stops.longest(tokens, at, drug.from) !== undefined) return true;
    }
    return false;
  }
}

/** Binary search for the last order whose drug begins before a token. */
const lastBefore = (orders: readonly Order[], token: number): number => {
  let low = 0;
  let high = orders.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (orders[middle]!.drug.from < token) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

const owner = (orders: readonly Order[], { from, to }: TokenRange, back: number, on: number): Order | undefined => {
  const at = lastBefore(orders, from);
  const before = orders[at];
  const after = orders[at + 1];
  if (after !== undefined && after.drug.from >= to && after.drug.from - to < on) return after;
  return before !== undefined && from - before.drug.to <= back ? before : undefined;
};

const ownerOfDose = (tokens: Tokens, orders: readonly Order[], dose: DoseMention): Order | undefined => {
  const at = lastBefore(orders, dose.from);
  const before = orders[at];
  const after = orders[at + 1];
  if (before !== undefined && dose.from < before.drug.to) return undefined;
  const gapBack = before === undefined ? Number.POSITIVE_INFINITY : dose.from - before.drug.to;
  const gapOn = after === undefined ? Number.POSITIVE_INFINITY : after.drug.from - dose.to;
  // "40 mg of intravenous furosemide": nothing parts the dose from the drug that follows it.
  const flows = gapOn <= REACH_ON && !parted(tokens, dose.to, after!.drug.from);
  if (flows && gapOn < gapBack && !(gapBack <= CLOSE && gapOn > 0 && tokens.lower[dose.to] !== 'of')) return after;
  if (gapBack <= (dose.weak ? REACH_WEAK : REACH_BACK)) return before;
  return flows && gapOn <= (dose.weak ? CLOSE : REACH_ON) ? after : undefined;
};

const parted = (tokens: Tokens, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) {
    if (tokens.kinds[at] === PUNCTUATION && tokens.lower[at] !== '-') return true;
    if (tokens.lower[at] === 'and' || tokens.lower[at] === 'with' || tokens.lower[at] === 'plus') return true;
  }
  return false;
};
