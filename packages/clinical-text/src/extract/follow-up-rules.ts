import type { Context } from '../context/context.ts';
import { type Document, type Item, type TokenRange, writtenLabel } from '../document.ts';
import { followUpCues, followUpObjects, pastWords, returnLeads, returnVerbs } from '../lexicon/follow-up.ts';
import type { FollowUp } from '../model.ts';
import { Openings } from '../text/openings.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { tokenSpan } from '../text/spans.ts';
import { NUMBER, type Tokens, WORD } from '../text/tokens.ts';
import { arrangementAt, dueIn, isDated } from './arrangements.ts';
import { mentionOf } from './mentions.ts';

type Kind = FollowUp['kind'];

const noPlans: ReadonlySet<string | null> = new Set([
  'past-medical-history',
  'past-surgical-history',
  'chief-complaint',
  'family-history',
  'social-history',
  'physical-exam',
  'vitals',
  'review-of-systems',
]);
export interface Cue extends TokenRange {
  readonly kind: Kind;
}

/** Tokens from "return" to "if". */
const CONDITION_REACH = 12;
/** Orders whose kind their object decides. */
const open: ReadonlySet<Kind> = new Set<Kind>(['test', 'monitoring']);

/** Future steps in any section: appointments, tests, referrals, pending results, advice. */
export class FollowUpRules {
  private readonly anywhere = new PhraseTrie<Kind>();
  private readonly start = new PhraseTrie<Kind>();
  private readonly objects = new PhraseTrie<Kind>();
  private readonly past = new PhraseTrie<true>().addAll(pastWords, true);
  private readonly returns = new PhraseTrie<true>().addAll(returnVerbs, true);
  private readonly returnLeads: ReadonlySet<string> = new Set(returnLeads);
  private readonly openings: Openings;
  private readonly bit: number;

  constructor(openings: Openings = new Openings()) {
    this.openings = openings;
    this.bit = openings.bit([this.anywhere, this.returns]);
    for (const [kind, { anywhere, start }] of Object.entries(followUpCues)) {
      this.anywhere.addAll(anywhere, kind as Kind);
      this.start.addAll(start, kind as Kind);
    }
    this.objects
      .addAll(followUpObjects.imaging, 'imaging')
      .addAll(followUpObjects.test, 'test')
      .addAll(followUpObjects.referral, 'referral');
  }

  find(document: Document, context: Context): FollowUp[] {
    const { tokens } = document;
    const found: FollowUp[] = [];
    const opens = this.openings.of(tokens);
    let read = 0;
    let headed = false;
    for (const item of document.items) {
      const label = writtenLabel(document, item);
      for (; read <= item.from; read++) {
        if (tokens.breaks[read]! > 0) headed = false;
        headed ||= document.inHeading[read] === 1;
      }
      // Only the line of the heading is the complaint: the rest of the note may follow without a heading.
      if (noPlans.has(label) && (label !== 'chief-complaint' || headed)) continue;
      const plan = label === 'plan' || label === 'disposition';
      for (const clause of statements(tokens, item, (at) => plan && this.begins(tokens, at, item.to))) {
        const cue = this.cueOf(tokens, opens, item, clause, label);
        if (cue === undefined) continue;
        const { kind, from, to } = cue;
        if (kind !== 'return-if' && context.assertion(item, from, to).presence === 'absent') continue;
        const whatFrom = to < clause.to ? to : from;
        const due = dueIn(tokens, from, clause.to);
        const who = kind === 'referral' ? this.objectIn(tokens, from, clause.to, 'referral') : undefined;
        found.push({
          ...mentionOf(document, item, {
            from: clause.from,
            to: clause.to,
            id: `f${found.length + 1}`,
            rule: `follow-up.${kind}`,
          }),
          kind,
          what: tokenSpan(tokens, kind === 'pending-result' && to >= clause.to ? clause.from : whatFrom, clause.to),
          ...(due === undefined ? {} : { due }),
          ...(who === undefined ? {} : { who: tokenSpan(tokens, who.from, who.to) }),
        });
      }
    }
    return found;
  }

  private cueOf(
    tokens: Tokens,
    opens: Int32Array,
    item: Item,
    clause: TokenRange,
    label: string | null,
  ): Cue | undefined {
    let advice: Cue | undefined;
    let back: Cue | undefined;
    for (let at = clause.from; at < clause.to; at++) {
      if ((opens[at]! & this.bit) === 0 || tokens.kinds[at] !== WORD) continue;
      back ??= this.returnAt(tokens, clause, at);
      const match = this.anywhere.longest(tokens, at, clause.to);
      if (match === undefined || advice !== undefined) continue;
      // "Repeat CT showed": the examination already took place.
      const seen = match.value === 'test' && /^(?:repeat|rpt)$/.test(tokens.lower[at]!) ? clause.to : at;
      if (this.isPast(tokens, clause.from, seen)) return undefined;
      const cue = { kind: this.refined(tokens, match.value, at, clause.to), from: at, to: match.end };
      // "NPO, morphine 4 mg IV given at 03:50": a record of what was done.
      if (match.value === 'advice' && isRecord(tokens, match.end, clause.to)) return undefined;
      // "Advised to come back if": the advice is to return.
      if (match.value === 'advice') advice = cue;
      else return back ?? cue;
    }
    if (advice !== undefined || back?.from === clause.from) return back ?? advice;
    return this.orderOf(tokens, item, clause, label) ?? back;
  }

  /** "Return to the ward if": a condition, and no time before it. */
  private returnAt(tokens: Tokens, clause: TokenRange, at: number): Cue | undefined {
    if (at > clause.from && tokens.lower[at - 1] !== ',' && !this.returnLeads.has(tokens.lower[at - 1]!))
      return undefined;
    const verb = this.returns.longest(tokens, at, clause.to);
    if (verb === undefined || verb.end >= clause.to || this.isPast(tokens, clause.from, at)) return undefined;
    for (let condition = verb.end; condition < Math.min(clause.to - 1, verb.end + CONDITION_REACH); condition++) {
      const word = tokens.lower[condition]!;
      if (word === 'if' || word === 'should')
        return dueIn(tokens, verb.end, condition) === undefined
          ? { kind: 'return-if', from: at, to: condition + 1 }
          : undefined;
    }
    return undefined;
  }

  /** A statement that begins with an order: "Repeat bloods". */
  private orderOf(tokens: Tokens, item: Item, clause: TokenRange, label: string | null): Cue | undefined {
    const start = afterKey(tokens, clause);
    let first = start;
    // "Patient to have", "GP to repeat", "DSN to see"
    const someone = tokens.kinds[first] === WORD && tokens.lower[first + 1] === 'to' && first + 2 < clause.to;
    if (someone) first += 2;
    const planned = this.plannedAt(tokens, first, clause.to, label);
    if (planned !== undefined) return planned;
    // "Cardiac rehab referral"
    if (tokens.lower[clause.to - 1] === 'referral' && clause.to - first < 7 && !this.isPast(tokens, first, clause.to))
      return { kind: 'referral', from: first, to: clause.to };
    const order = this.start.longest(tokens, first, clause.to);
    if (order === undefined) {
      const arranged = arrangementAt(
        tokens,
        start,
        clause.to,
        () => this.objectIn(tokens, start, clause.to)?.kind,
        () => {
          const object = this.objects.longest(tokens, start, clause.to);
          return object?.value === 'referral' ? object.end : undefined;
        },
      );
      return arranged === undefined || this.isPast(tokens, start, clause.to) ? undefined : arranged;
    }
    // "If she remains active, she would be eligible": a plan, no advice to return.
    if (tokens.lower[first] === 'if' && this.isOutlook(tokens, first, clause.to)) return undefined;
    // "Follow-up of diabetes" is why the patient came.
    if (tokens.lower[order.end] === 'of') return undefined;
    if (someone && order.end === clause.to && order.value !== 'advice')
      return { kind: 'referral', from: first, to: order.end };
    if (open.has(order.value)) {
      const object = this.objectIn(tokens, order.end, clause.to);
      if (this.isPast(tokens, clause.from, clause.to)) return undefined;
      // "For TKR 4 June"
      if (object === undefined)
        return tokens.lower[first] === 'for' && isDated(tokens, first, clause.to)
          ? { kind: 'appointment', from: first, to: order.end }
          : undefined;
      return { kind: object.kind, from: first, to: order.end };
    }
    return order.end >= clause.to || item.kind === 'row' || this.isPast(tokens, clause.from, clause.to)
      ? undefined
      : { kind: order.value, from: first, to: order.end };
  }

  /** A condition whose consequence is of treatment. */
  private isOutlook(tokens: Tokens, from: number, to: number): boolean {
    let outlook = false;
    for (let at = from; at < to; at++) {
      if (this.returns.longest(tokens, at, to) !== undefined) return false;
      outlook ||= /^(?:would|could|eligible|consider|qualify|candidate)$/.test(tokens.lower[at]!);
    }
    return outlook;
  }

  /** Whether another order begins after the comma of a plan: "stop ibuprofen, refer physio". */
  private begins(tokens: Tokens, at: number, to: number): boolean {
    return (
      at < to &&
      (this.start.longest(tokens, at, to) !== undefined || this.anywhere.longest(tokens, at, to) !== undefined)
    );
  }

  /** In a plan an examination needs no verb: "CXR 6/52". */
  private plannedAt(tokens: Tokens, from: number, to: number, label: string | null): Cue | undefined {
    if ((label !== 'plan' && label !== 'disposition') || to - from > 10) return undefined;
    const object = this.objects.longest(tokens, from, to);
    if (object === undefined || object.value === 'referral' || this.isPast(tokens, from, to)) return undefined;
    return dueIn(tokens, from, to) === undefined ? undefined : { kind: object.value, from, to: from + 1 };
  }

  private refined(tokens: Tokens, kind: Kind, from: number, to: number): Kind {
    // "Booked for an MRI" is the examination, "booked for clinic" an appointment.
    if (kind !== 'test' && !/^(?:booked|listed|scheduled)$/.test(tokens.lower[from]!)) return kind;
    return this.objectIn(tokens, from, to)?.kind ?? kind;
  }

  private objectIn(
    tokens: Tokens,
    from: number,
    to: number,
    only?: Kind,
  ): { readonly kind: Kind; readonly from: number; readonly to: number } | undefined {
    for (let at = from; at < to; at++) {
      const match = tokens.kinds[at] === WORD ? this.objects.longest(tokens, at, to) : undefined;
      if (match !== undefined && (only === undefined || match.value === only))
        return { kind: match.value, from: at, to: match.end };
    }
    return undefined;
  }

  private isPast(tokens: Tokens, from: number, to: number): boolean {
    for (let at = from; at < to; at++)
      if (tokens.kinds[at] === WORD && this.past.longest(tokens, at, to) !== undefined) return true;
    return false;
  }
}

/** Past the key of a statement: "Additional testing: repeat ferritin". */
const afterKey = (tokens: Tokens, { from, to }: TokenRange): number => {
  for (let at = from + 1; at < Math.min(to - 1, from + 5); at++) {
    if (tokens.lower[at] === ':') return at + 1;
    if (tokens.kinds[at] !== WORD) return from;
  }
  return from;
};

const isRecord = (tokens: Tokens, from: number, to: number): boolean => {
  for (let at = from; at + 1 < to; at++)
    if (/^(?:given|administered|started)$/.test(tokens.lower[at]!) && /^(?:at|@)$/.test(tokens.lower[at + 1]!))
      return true;
  return false;
};

/** A full stop after one of these ends no statement. */
const titles: ReadonlySet<string> = new Set(['dr', 'mr', 'mrs', 'ms', 'prof', 'st']);

/** The statements of an item: its content, divided at semicolons and stops. */
const statements = (tokens: Tokens, item: Item, begins: (at: number) => boolean): TokenRange[] => {
  const found: TokenRange[] = [];
  let from = item.content;
  for (let at = item.content; at <= item.to; at++) {
    const ends =
      at >= item.to ||
      tokens.lower[at] === ';' ||
      (tokens.lower[at] === '.' && !titles.has(tokens.lower[at - 1] ?? ''));
    if (!ends && !(tokens.lower[at] === ',' && at > from && begins(at + 1))) continue;
    let to = at;
    while (from < to && tokens.kinds[from] !== WORD && tokens.kinds[from] !== NUMBER) from++;
    while (
      to > from &&
      tokens.kinds[to - 1] !== WORD &&
      tokens.kinds[to - 1] !== NUMBER &&
      tokens.lower[to - 1] !== ')'
    )
      to--;
    if (to > from) found.push({ from, to });
    from = at + 1;
  }
  return found;
};
