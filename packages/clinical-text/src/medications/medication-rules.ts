import { bandOf } from '../confidence.ts';
import { type Document, type Item, type TokenRange, writtenLabel } from '../document.ts';
import type { Medication, MedicationStatus, Quantity, Regimen, Span } from '../model.ts';
import { type QuantityMention, toQuantity } from '../quantity/quantities.ts';
import { tokenSpan } from '../text/spans.ts';
import { PUNCTUATION, type Tokens } from '../text/tokens.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { DrugMention, DrugRules } from './drug-rules.ts';
import { ownerOfDose, ownerOfPart } from './order-owner.ts';
import type { DoseMention, FrequencyMention, OrderPartRules, RouteMention } from './order-parts.ts';
import type { StatusRules } from './status-rules.ts';

export interface Order {
  readonly drug: DrugMention;
  readonly doses: DoseMention[];
  readonly routes: RouteMention[];
  readonly frequencies: FrequencyMention[];
  readonly durations: QuantityMention[];
  /** The token after the last part. */
  end: number;
}

/** Drugs, each with its order, and what became of it. */
export class MedicationRules {
  private readonly drugs: DrugRules;
  private readonly parts: OrderPartRules;
  private readonly statuses: StatusRules;
  private readonly vocabulary: Vocabulary;

  constructor(drugs: DrugRules, parts: OrderPartRules, statuses: StatusRules, vocabulary: Vocabulary) {
    this.drugs = drugs;
    this.parts = parts;
    this.statuses = statuses;
    this.vocabulary = vocabulary;
  }

  /**
   * All orders of a note by item. The caller decides which of them are allergies before they become medications.
   */
  orders(document: Document, comma: boolean): Order[][] {
    const { tokens, items } = document;
    const listed = this.drugs.find(tokens);
    let next = 0;
    return items.map((sentence) => {
      const drugs: DrugMention[] = [];
      while (next < listed.length && listed[next]!.from < sentence.to) drugs.push(listed[next++]!);
      if (
        drugs.length === 0 &&
        !this.parts.mayFrame(tokens, sentence) &&
        writtenLabel(document, sentence) !== 'medications'
      )
        return [];
      const doses = this.parts.doses(tokens, sentence, comma);
      const frequencies = this.parts.frequencies(tokens, sentence);
      const framed = this.drugs.framed(tokens, sentence, drugs, doses, frequencies);
      const label = writtenLabel(document, sentence);
      if (label === 'medications' && drugs.length === 0 && framed.length === 0) {
        const head = this.drugs.listHead(tokens, afterBullet(tokens, sentence));
        if (head !== undefined) framed.push(head);
      }
      const all = framed.length === 0 ? drugs : [...drugs, ...framed].sort((a, b) => a.from - b.from);
      return all.length === 0 ? [] : this.assemble(tokens, sentence, all, doses, frequencies, comma);
    });
  }

  private assemble(
    tokens: Tokens,
    sentence: Item,
    drugs: readonly DrugMention[],
    doses: readonly DoseMention[],
    frequencies: readonly FrequencyMention[],
    comma: boolean,
  ): Order[] {
    const orders: Order[] = drugs.map((drug) => ({
      drug,
      doses: [],
      routes: [],
      frequencies: [],
      durations: [],
      end: drug.to,
    }));
    for (const dose of doses) {
      const owner = ownerOfDose(tokens, orders, dose);
      owner?.doses.push(dose);
      const often = dose.frequency;
      if (often !== null && !frequencies.some(({ from }) => from === often.from)) owner?.frequencies.push(often);
      if (owner !== undefined && dose.from > owner.drug.from) owner.end = Math.max(owner.end, dose.to);
    }
    for (const order of orders) {
      const bare = order.doses.length === 0 ? this.bareDose(tokens, order, sentence.to, comma) : undefined;
      if (bare === undefined) continue;
      order.doses.push(bare);
      order.end = Math.max(order.end, bare.to);
    }
    for (const range of frequencies) ownerOfPart(tokens, orders, range, 0)?.frequencies.push(range);
    for (const range of this.parts.routes(tokens, sentence)) ownerOfPart(tokens, orders, range, 2)?.routes.push(range);
    for (const range of this.parts.durations(tokens, sentence, comma))
      ownerOfPart(tokens, orders, range, 0)?.durations.push(range);
    return orders;
  }

  /** "Lasix 40 po daily": an amount without a unit, directly after its drug and before a route or a frequency. */
  private bareDose(tokens: Tokens, { drug }: Order, limit: number, comma: boolean): DoseMention | undefined {
    const quantity = drug.to < limit ? this.parts.bareAmountAt(tokens, drug.to, limit, comma) : undefined;
    return quantity === undefined ? undefined : { ...quantity, weak: true };
  }

  /** @param drafts the orders of each item that are no allergies */
  toMedications(document: Document, drafts: readonly (readonly Order[])[]): Medication[] {
    const { tokens, items } = document;
    const medications: Medication[] = [];
    let inherited: MedicationStatus | null = null;
    items.forEach((sentence, index) => {
      const orders = drafts[index]!;
      const key = keyOf(tokens, sentence);
      if (tokens.breaks[sentence.from]! > 1 && orders.length === 0) inherited = null;
      if (key !== null) inherited = this.statuses.ofKey(tokens, key);
      const label = writtenLabel(document, sentence);
      if (orders.length === 0) return;
      const places = orders.map(({ drug, end }) => ({ from: drug.from, to: drug.to, end }));
      const statuses = this.statuses.find(tokens, sentence, places);
      const first = medications.length;
      orders.forEach((order, at) => {
        const found = statuses[at]!;
        const { from, to } = order.drug;
        const { steps, previous } = regimensOf(tokens, order);
        const absent = found.status === 'not-given';
        const listed = label === 'medications' || order.doses.length > 0 || order.frequencies.length > 0;
        const status: MedicationStatus =
          found.status ?? inherited ?? (previous !== undefined ? 'changed' : listed ? 'active' : 'unknown');
        // A dose beside it makes a listed name surer.
        const rule = order.doses.length > 0 ? (`${order.drug.rule}.dosed` as const) : order.drug.rule;
        const name = tokens.lower.slice(from, to).join(' ');
        medications.push({
          ...tokenSpan(tokens, from, to),
          id: `m${medications.length + 1}`,
          section: sentence.section < 0 ? null : sentence.section,
          item: index,
          rules: [rule],
          confidence: bandOf(rule),
          codes: this.vocabulary.codesOf(tokens, from, to),
          name: order.drug.corrected ?? name,
          kind: order.drug.kind,
          status: status === 'active' && previous !== undefined ? 'changed' : status,
          statusCues: found.cues.map((cue) => tokenSpan(tokens, cue.from, cue.to)),
          subject: found.family || label === 'family-history' ? 'family' : 'patient',
          presence: absent ? 'absent' : 'present',
          steps,
          ...(previous !== undefined && { previous }),
          ...(found.replaces !== null && { replaces: `m${first + found.replaces + 1}` }),
          ...(found.replacedBy !== null && { replacedBy: `m${first + found.replacedBy + 1}` }),
        });
      });
    });
    return medications;
  }
}

const bullets = new Set(['•', '-', '*', '–', '·', '▪', '◦', '#', '>']);
const afterBullet = (tokens: Tokens, { from, to }: TokenRange): TokenRange => {
  let at = from;
  while (at < to && (bullets.has(tokens.lower[at]!) || /^(?:\d{1,2}|[.)])$/.test(tokens.lower[at]!))) at++;
  return { from: at, to };
};

/** "Stopped medications:", "Allergies:": the words before a colon at the start of a sentence. */
const keyOf = (tokens: Tokens, { from, to }: TokenRange): TokenRange | null => {
  const start = afterBullet(tokens, { from, to }).from;
  for (let at = start; at < Math.min(to, start + 7); at++) {
    if (tokens.lower[at] === ':') return at > start ? { from: start, to: at } : null;
    if (tokens.kinds[at] === PUNCTUATION && tokens.lower[at] !== '/' && tokens.lower[at] !== '-') return null;
  }
  return null;
};

const rateUnits = new Set(['h', 'min']);
const maximumUnits = new Set(['d']);

/** The steps of an order: a new one begins where an amount or a frequency is written again. */
const regimensOf = (tokens: Tokens, order: Order): { readonly steps: Regimen[]; readonly previous?: Regimen } => {
  type Draft = { -readonly [Key in keyof Regimen]: Regimen[Key] };
  const steps: Draft[] = [];
  let step: Draft = {};
  let last: { readonly dose: DoseMention; readonly step: Draft } | null = null;
  let previous: Draft | undefined;
  let previousEnd = -1;
  const begin = () => {
    step = {};
    steps.push(step);
  };
  const frequency = (mention: FrequencyMention) => {
    const { from, to, prn } = mention;
    const span = tokenSpan(tokens, from, to);
    if (prn === true) {
      step.prn ??= span;
      return;
    }
    if (step.frequency === undefined) step.frequency = { ...span, ...timesOf(mention) };
    else if (step.frequency.end === span.start || step.frequency.end + 1 === span.start) {
      const { start } = step.frequency;
      step.frequency = { ...step.frequency, start, end: span.end, text: tokens.source.slice(start, span.end) };
    } else if (step.frequency.end < span.start) {
      begin();
      step.frequency = { ...span, ...timesOf(mention) };
    }
  };
  begin();
  const parts = [
    ...order.doses.map((part) => ({ kind: 'dose' as const, part, from: part.from })),
    ...order.frequencies.map((part) => ({ kind: 'frequency' as const, part, from: part.from })),
    ...order.routes.map((part) => ({ kind: 'route' as const, part, from: part.from })),
    ...order.durations.map((part) => ({ kind: 'duration' as const, part, from: part.from })),
  ].sort((a, b) => a.from - b.from);
  for (const { kind, part } of parts) {
    if (kind === 'route') step.route ??= { ...tokenSpan(tokens, part.from, part.to), value: part.value };
    else if (kind === 'duration') step.duration ??= toQuantity(tokens, part);
    else if (kind === 'frequency') {
      // "(reduced from 10 mg daily)"
      if (part.from === previousEnd && part.prn !== true && previous !== undefined)
        previous.frequency ??= { ...tokenSpan(tokens, part.from, part.to), ...timesOf(part) };
      else frequency(part);
    } else {
      const quantity = doseOf(tokens, part);
      const unit = part.quantity?.unit ?? null;
      if (part.quantity?.number.comparator === '<=' && (unit === null || maximumUnits.has(unit.per[0] ?? ''))) {
        step.maximum = quantity;
        continue;
      }
      if (step.dose !== undefined && previous === undefined && (isOlder(tokens, part.from) || wasOlder(tokens, part))) {
        previous = { dose: quantity };
        previousEnd = part.frequency?.from ?? part.to;
        continue;
      }
      // "(increased from 20 mg to 40 mg)": the new dose again.
      if (previousEnd >= 0 && tokens.lower[part.from - 1] === 'to') continue;
      const counted = unit?.kind === 'form' || unit?.kind === 'course';
      if (step.dose !== undefined) {
        const strengthFirst =
          counted && last !== null && last.dose.quantity?.unit?.kind !== 'form' && step.strength === undefined;
        const strengthAfter =
          !counted &&
          last?.dose.quantity?.unit?.kind === 'form' &&
          step.strength === undefined &&
          tokens.lower[part.from - 1] === '(';
        if (strengthFirst && !changes(tokens, last!.dose.to, part.from)) {
          step.strength = step.dose;
          step.dose = quantity;
        } else if (strengthAfter) step.strength = quantity;
        else {
          const changed = last !== null && changes(tokens, last.dose.to, part.from);
          const old = step;
          begin();
          if (changed) {
            previous = old;
            steps.splice(steps.indexOf(old), 1);
          }
          step.dose = quantity;
        }
      } else if (rateUnits.has(unit?.per.at(-1) ?? '')) {
        step.rate = quantity;
        step.dose = quantity;
      } else step.dose = quantity;
      last = { dose: part, step };
    }
  }
  return previous === undefined ? { steps } : { steps, previous };
};

const timesOf = ({ timesPerDay, everyHours, scheme }: FrequencyMention) => ({ timesPerDay, everyHours, scheme });

const doseOf = (tokens: Tokens, { from, to, quantity, frequency }: DoseMention): Quantity => {
  const text: Span = tokenSpan(tokens, from, frequency?.from ?? to);
  return quantity === null
    ? { text, low: null, high: null, comparator: null, unit: null, ucum: null }
    : { ...toQuantity(tokens, quantity), text };
};

/** "80 mg (increased from 40 mg)", "5 mg, previously 2.5 mg": a dose after another one that it had before. */
const isOlder = (tokens: Tokens, from: number): boolean => {
  const word = tokens.lower[from - 1]!;
  if (word === 'was') return /^[(,[–-]$/.test(tokens.lower[from - 2] ?? '');
  return word === 'from' || word === 'previously' || word === 'formerly';
};

/** "2.5 mg od (5 mg od on admission)": the words after a dose in brackets date it. */
const wasOlder = (tokens: Tokens, { from, to }: DoseMention): boolean => {
  if (tokens.lower[from - 1] !== '(') return false;
  let end = to;
  while (end < to + 6 && end < tokens.count && tokens.lower[end] !== ')') end++;
  if (tokens.lower[end] !== ')') return false;
  return /(?:^| )(?:on admission|at home|previously|formerly|before|before admission|prior to admission|pre - admission|preadmission|pre admission|until now|originally|in the community)$/.test(
    tokens.lower.slice(to, end).join(' '),
  );
};

/** "10 mg -> 20 mg", "from 300 mg to 600 mg", "5 mg, increased to 10 mg" */
const changes = (tokens: Tokens, from: number, to: number): boolean => {
  if (to - from > 8) return false;
  for (let at = from; at < to; at++) {
    const word = tokens.lower[at]!;
    if (word === '→' || word === '>' || word === 'to') return true;
    if (word === 'then' || word === ';') return false;
  }
  return false;
};
