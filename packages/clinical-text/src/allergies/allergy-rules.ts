import { bandOf } from '../confidence.ts';
import { type Document, type Item, type TokenRange, writtenLabel } from '../document.ts';
import {
  allergyLeads,
  allergyTails,
  causeLinks,
  drugAllergens,
  environments,
  foods,
  intoleranceLeads,
  intoleranceReactions,
  intoleranceTails,
  noKnownAllergies,
  noKnownDrugAllergies,
  noneWords,
  notAskedWords,
  reactionLinks,
  reactionMarks,
  reactionTails,
  refutations,
} from '../lexicon/allergies.ts';
import { cueNegations, relatives, statusFillers } from '../lexicon/medication-status.ts';
import type { Order } from '../medications/medication-rules.ts';
import type { Allergy, Span } from '../model.ts';
import type { Openings } from '../text/openings.ts';
import { type Match, PhraseTrie } from '../text/phrase-trie.ts';
import { tokenSpan } from '../text/spans.ts';
import { LOWER, PUNCTUATION, type Tokens, WORD } from '../text/tokens.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { type Category, clauseEnds, type Draft, type None, type Substance } from './allergy-draft.ts';
import { afterBullet, listKeyOf, otherKeyFrom } from './list-keys.ts';
import { ReactionRules } from './reaction-rules.ts';

export interface FoundAllergies {
  readonly allergies: readonly Allergy[];
  /** The orders of each sentence that are no allergies. */
  readonly orders: readonly (readonly Order[])[];
}

const joining = new Set([
  ',',
  'and',
  '&',
  '/',
  '+',
  'or',
  ';',
  '.',
  'also',
  'plus',
  'both',
  'nor',
  'perhaps',
  'possibly',
  'probably',
  'maybe',
]);
const takingWords = new Set([
  'takes',
  'taking',
  'take',
  'on',
  'given',
  'continue',
  'continues',
  'prescribed',
  'started',
  'received',
]);
const REACH = 5;

/** Allergies and intolerances, in lists and in prose, and statements that there are none. */
export class AllergyRules {
  private readonly vocabulary: Vocabulary;
  private readonly leads = new PhraseTrie<Allergy['kind']>();
  private readonly tails = new PhraseTrie<Allergy['kind']>();
  private readonly reactionTails = new PhraseTrie<true>().addAll(reactionTails, true);
  private readonly marks = new PhraseTrie<true>().addAll(reactionMarks, true);
  private readonly none = new PhraseTrie<None>();
  private readonly noneInList = new PhraseTrie<None>();
  private readonly reactions = new ReactionRules();
  private readonly intolerable = new PhraseTrie<true>().addAll(intoleranceReactions, true);
  private readonly links = new PhraseTrie<true>().addAll(reactionLinks, true);
  private readonly causes = new PhraseTrie<true>().addAll(causeLinks, true);
  private readonly allergens = new PhraseTrie<Category>();
  private readonly refuted = new PhraseTrie<true>().addAll(refutations, true);
  private readonly fillers = new PhraseTrie<true>().addAll(statusFillers, true);
  private readonly openings: Openings;
  private readonly bit: number;
  private readonly negations = new PhraseTrie<true>().addAll([...cueNegations, 'denies', 'denied', 'denying'], true);
  private readonly relatives: ReadonlySet<string> = new Set(relatives);

  constructor(vocabulary: Vocabulary, openings: Openings) {
    this.openings = openings;
    this.vocabulary = vocabulary;
    this.leads.addAll(allergyLeads, 'allergy').addAll(intoleranceLeads, 'intolerance');
    this.tails.addAll(allergyTails, 'allergy').addAll(intoleranceTails, 'intolerance');
    this.none.addAll(noKnownDrugAllergies, 'no-known-drug-allergies').addAll(noKnownAllergies, 'no-known-allergies');
    this.noneInList.addAll(noneWords, 'no-known-allergies').addAll(notAskedWords, 'not-asked');
    this.bit = openings.bit([this.none, this.leads, this.reactions.allergic, this.reactionTails]);
    this.allergens.addAll(foods, 'food').addAll(environments, 'environment').addAll(drugAllergens, 'medication');
  }

  find(document: Document, orders: readonly (readonly Order[])[]): FoundAllergies {
    const { tokens, items } = document;
    const allergies: Allergy[] = [];
    const left: (readonly Order[])[] = [];
    let listing = false;
    let drugsOnly = false;
    items.forEach((sentence, index) => {
      const own = orders[index]!;
      const label = writtenLabel(document, sentence);
      const written = listKeyOf(tokens, sentence);
      // "Codeine intolerance: nausea" is an entry, "Antibiotic allergies: penicillin" a key.
      const key = written?.allergies && this.isEntry(tokens, sentence, own, written.to) ? null : written;
      if (key !== null) {
        listing = key.allergies;
        drugsOnly = key.drugs;
      } else if (label !== 'allergies') listing = false;
      const content = key?.to ?? sentence.from;
      const inList = listing || (label === 'allergies' && key === null);
      const drafts = this.inSentence(tokens, sentence, own, inList ? content : null, drugsOnly);
      // "Allergies: none known. Takes ramipril": what follows is no list of allergies.
      if (drafts.some(({ none }) => none !== null)) listing = false;
      const taken = new Set<number>();
      for (const draft of drafts) {
        const order = draft.substance?.order ?? null;
        if (order !== null) taken.add(order);
        allergies.push(this.toAllergy(tokens, draft, sentence, allergies.length + 1));
      }
      left.push(taken.size === 0 ? own : own.filter((_, at) => !taken.has(at)));
    });
    return { allergies, orders: left };
  }

  private inSentence(
    tokens: Tokens,
    sentence: TokenRange,
    orders: readonly Order[],
    listFrom: number | null,
    drugsOnly: boolean,
  ): Draft[] {
    const drafts: Draft[] = [];
    let substances: Substance[] | undefined;
    const known = () => {
      substances ??= this.substances(tokens, sentence, orders);
      return substances;
    };
    const seen = new Set<number>();
    const add = (draft: Draft) => {
      if (seen.has(draft.from)) return;
      seen.add(draft.from);
      drafts.push(draft);
    };
    const opens = this.openings.of(tokens);
    for (let at = sentence.from; at < sentence.to; at++) {
      if ((opens[at]! & this.bit) === 0 || tokens.kinds[at] !== WORD) continue;
      const none = this.none.longest(tokens, at, sentence.to);
      if (none !== undefined) {
        const but = exceptAt(tokens, none.end);
        const others = but === undefined ? [] : this.groupFrom(tokens, known(), but, sentence.to);
        if (others.length > 0) {
          for (const substance of others)
            add(this.draft(tokens, sentence, substance, 'allergy', 'allergy.lead', 'active'));
        } else if (
          tokens.lower[none.end] === 'to' &&
          this.groupFrom(tokens, known(), none.end + 1, sentence.to).length > 0
        ) {
          for (const substance of this.groupFrom(tokens, known(), none.end + 1, sentence.to))
            add(this.draft(tokens, sentence, substance, 'allergy', 'allergy.lead', 'refuted'));
        } else {
          add({
            from: at,
            to: none.end,
            substance: null,
            kind: 'unknown',
            none: none.value,
            rule: 'allergy.none',
            reactions: [],
            status: 'active',
            family: false,
          });
        }
        at = none.end - 1;
        continue;
      }
      const lead = this.leads.longest(tokens, at, sentence.to);
      if (lead !== undefined && !this.isOtherReaction(tokens, sentence, at, lead.end)) {
        const led = this.led(tokens, sentence, known(), at, lead.end);
        for (const substance of led) {
          // "Allergic to nuts; cetirizine 10 mg od": an order is no allergen.
          const order = orders[substance.order ?? -1];
          if (substance !== led[0] && order !== undefined && order.doses.length + order.frequencies.length > 0) break;
          // "Allergies: codeine intolerance: nausea": its own words say more.
          if (this.tailOf(tokens, sentence, known(), substance) !== undefined) continue;
          const status = this.statusOf(tokens, sentence, at, substance.to);
          const draft = this.draft(tokens, sentence, substance, lead.value, 'allergy.lead', status);
          // "came out in a rash with trimethoprim": the words before the substance name the reaction.
          const named = draft.reactions.length > 0 ? draft.reactions : this.reactions.within(tokens, at, lead.end);
          add({ ...draft, reactions: named });
        }
      }
      if (this.reactionTails.longest(tokens, at, sentence.to) !== undefined) known();
      const reaction = this.reactions.allergic.longest(tokens, at, sentence.to);
      if (reaction !== undefined) {
        known();
        const link = this.links.longest(tokens, reaction.end, sentence.to);
        if (link !== undefined)
          for (const substance of this.groupFrom(tokens, known(), link.end, sentence.to))
            if (orders[substance.order ?? -1]?.doses.length !== 1 || tokens.lower[link.end - 1] === 'to')
              add({
                ...this.draft(
                  tokens,
                  sentence,
                  substance,
                  'allergy',
                  'allergy.reaction',
                  this.statusOf(tokens, sentence, at, substance.to),
                ),
                reactions: [{ from: at, to: reaction.end }],
              });
      }
    }
    if (orders.length > 0 || substances !== undefined || listFrom !== null)
      for (const substance of known()) this.behind(tokens, sentence, known(), substance, add);
    if (listFrom !== null) this.inList(tokens, sentence, listFrom, known(), orders, drugsOnly, seen, add);
    return drafts.sort((a, b) => a.from - b.from);
  }

  private draft(
    tokens: Tokens,
    sentence: TokenRange,
    substance: Substance,
    kind: Allergy['kind'],
    rule: Draft['rule'],
    status: Allergy['status'],
  ): Draft {
    return {
      from: substance.from,
      to: substance.to,
      substance,
      kind,
      none: null,
      rule,
      reactions: this.reactions.after(tokens, substance.to, sentence.to),
      status,
      family: this.ofRelative(tokens, sentence, substance.from),
    };
  }

  /** "penicillin allergy", "penicillin-allergic", "lisinopril caused angioedema" */
  private behind(
    tokens: Tokens,
    sentence: TokenRange,
    substances: readonly Substance[],
    substance: Substance,
    add: (draft: Draft) => void,
  ): void {
    const at = afterHyphen(tokens, substance.to);
    const tail = this.tailOf(tokens, sentence, substances, substance);
    if (tail !== undefined) {
      const status = this.statusOf(tokens, sentence, substance.from, tail.end);
      const index = substances.indexOf(substance);
      const after = this.reactions.after(tokens, tail.end, sentence.to);
      add({
        ...this.draft(tokens, sentence, substance, tail.value, 'allergy.tail', status),
        // "PCN - anaphylaxis": the word itself is the reaction.
        reactions: after.length > 0 ? after : this.reactions.within(tokens, at, tail.end),
      });
      for (
        let before = index - 1;
        before >= 0 && isEnumerated(tokens, substances[before]!.to, substances[before + 1]!.from);
        before--
      )
        add(this.draft(tokens, sentence, substances[before]!, tail.value, 'allergy.tail', status));
      return;
    }
    const named = at < sentence.to ? this.reactionTails.longest(tokens, at, sentence.to) : undefined;
    if (named !== undefined && this.marks.longest(tokens, named.end, sentence.to) !== undefined) {
      const reactions = this.reactions.after(tokens, named.end, sentence.to);
      const status = this.statusOf(tokens, sentence, substance.from, named.end);
      if (reactions.length > 0)
        add({ ...this.draft(tokens, sentence, substance, 'allergy', 'allergy.tail', status), reactions });
      return;
    }
    const cause = this.causes.longest(tokens, substance.to, sentence.to);
    if (cause === undefined || tokens.kinds[substance.to] === PUNCTUATION) return;
    for (let next = cause.end; next < Math.min(sentence.to, cause.end + 4); next++) {
      const strict = this.reactions.allergic.longest(tokens, next, sentence.to);
      const makes = /^(?:makes?|made|gives?|gave|caused)$/.test(tokens.lower[substance.to]!);
      const reaction = strict ?? (makes ? this.intolerable.longest(tokens, next, sentence.to) : undefined);
      if (reaction === undefined) continue;
      const kind = strict === undefined ? 'intolerance' : 'allergy';
      add({
        ...this.draft(tokens, sentence, substance, kind, 'allergy.reaction', 'active'),
        reactions: [{ from: next, to: reaction.end }],
      });
      return;
    }
  }

  /** "allergy", "intolerance" after a substance, unless another substance follows: then the words are a key. */
  private tailOf(
    tokens: Tokens,
    { to }: TokenRange,
    substances: readonly Substance[],
    substance: Substance,
  ): Match<Allergy['kind']> | undefined {
    const at = afterHyphen(tokens, substance.to);
    const tail = at < to ? this.tails.longest(tokens, at, to) : undefined;
    if (tail === undefined || tokens.lower[tail.end] === 'to') return undefined;
    return tokens.lower[tail.end] === ':' && substances.some(({ from }) => from === tail.end + 1) ? undefined : tail;
  }

  /** Every substance of an allergy list that is not written as an order. */
  private inList(
    tokens: Tokens,
    sentence: TokenRange,
    from: number,
    substances: readonly Substance[],
    orders: readonly Order[],
    drugsOnly: boolean,
    seen: ReadonlySet<number>,
    add: (draft: Draft) => void,
  ): void {
    const start = afterBullet(tokens, from, sentence.to);
    const none = start < sentence.to ? this.noneInList.longest(tokens, start, sentence.to) : undefined;
    if (none !== undefined && endsThere(tokens, none.end, sentence.to)) {
      const value = none.value === 'no-known-allergies' && drugsOnly ? 'no-known-drug-allergies' : none.value;
      add({
        from: start,
        to: none.end,
        substance: null,
        kind: 'unknown',
        none: value,
        rule: 'allergy.none',
        reactions: [],
        status: 'active',
        family: false,
      });
      return;
    }
    const limit = otherKeyFrom(tokens, start, sentence.to, substances);
    let found = false;
    for (const substance of substances) {
      if (substance.from < start || substance.from >= limit) continue;
      found = true;
      const order = substance.order === null ? undefined : orders[substance.order];
      if (order !== undefined && order.doses.length > 0 && order.frequencies.length > 0) continue;
      if (takingWords.has(tokens.lower[substance.from - 1] ?? '') && substance.from - 1 >= start) continue;
      if (!seen.has(substance.from))
        add(
          this.draft(
            tokens,
            sentence,
            substance,
            'allergy',
            'allergy.list',
            this.statusOf(tokens, sentence, substance.from, substance.to),
          ),
        );
    }
    this.listWords(tokens, sentence, start, limit, found || seen.size > 0, add);
  }

  /** Substances that no list knows: the short entries between commas. */
  private listWords(
    tokens: Tokens,
    sentence: TokenRange,
    start: number,
    limit: number,
    beside: boolean,
    add: (draft: Draft) => void,
  ): void {
    let from = start;
    for (let at = start; at <= limit; at++) {
      const ends = at === limit || /^[,;.(:–-]$/.test(tokens.lower[at]!);
      if (!ends) continue;
      const isWords =
        at - from >= 1 &&
        at - from <= 3 &&
        Array.from({ length: at - from }, (_, step) => from + step).every(
          (index) => tokens.kinds[index] === WORD && tokens.lower[index]!.length > 2,
        );
      if (
        isWords &&
        // Beside known substances an entry has to look like a name: "codeine, Opsite".
        (!beside || (at - from === 1 && tokens.shapes[from] !== LOWER && this.isName(tokens, from))) &&
        this.reactions.listed.longest(tokens, from, at) === undefined &&
        this.fillers.longest(tokens, from, at) === undefined &&
        this.noneInList.longest(tokens, from, at) === undefined &&
        !/^(?:allerg|react|intoler|see|per|as|has|have|had|who|patient|reviewed|was|is)/.test(tokens.lower[from]!)
      )
        add(
          this.draft(
            tokens,
            sentence,
            { from, to: at, category: 'other', order: null },
            'allergy',
            'allergy.list-word',
            'active',
          ),
        );
      // What follows the first mark of an entry is its reaction.
      if (at < limit && !/^[,;.]$/.test(tokens.lower[at]!))
        while (at < limit && !/^[,;]$/.test(tokens.lower[at]!)) at++;
      from = at + 1;
    }
  }

  private isName(tokens: Tokens, at: number): boolean {
    return (
      tokens.lower[at]!.length > 4 &&
      tokens.source[tokens.starts[at]! + 1] !== tokens.source[tokens.starts[at]! + 1]!.toUpperCase() &&
      this.allergens.longest(tokens, at, at + 1) === undefined &&
      this.leads.longest(tokens, at, at + 1) === undefined
    );
  }

  /** Whether a line names its substance before the colon, and none after it. */
  private isEntry(tokens: Tokens, sentence: TokenRange, orders: readonly Order[], to: number): boolean {
    const substances = this.substances(tokens, sentence, orders);
    return (
      substances.some((substance) => substance.to < to) &&
      !substances.some(({ from }) => from === to || from === to + 1)
    );
  }

  private substances(tokens: Tokens, sentence: TokenRange, orders: readonly Order[]): Substance[] {
    const found: Substance[] = orders.map(({ drug: { from, to } }, order) => ({
      from,
      to,
      category: 'medication',
      order,
    }));
    let order = 0;
    for (let at = sentence.from; at < sentence.to; at++) {
      while (order < orders.length && orders[order]!.drug.to <= at) order++;
      if (order < orders.length && orders[order]!.drug.from <= at) continue;
      if (tokens.kinds[at] !== WORD) continue;
      const match = this.allergens.longest(tokens, at, sentence.to);
      if (match === undefined) continue;
      found.push({ from: at, to: match.end, category: match.value, order: null });
      at = match.end - 1;
    }
    return found.sort((a, b) => a.from - b.from);
  }

  /** The substances that words before them reach, with those enumerated after the first. */
  private led(
    tokens: Tokens,
    sentence: TokenRange,
    substances: readonly Substance[],
    leadFrom: number,
    leadTo: number,
  ): Substance[] {
    const last = tokens.lower[leadTo - 1]!;
    // "allergy" alone leads only in a list or before a colon.
    if (/^(?:allerg(?:y|ies)|intoleran(?:ce|ces|t))$/.test(last)) {
      const mark = tokens.lower[leadTo];
      const direct = substances.find(({ from }) => from === leadTo);
      if (
        mark !== ':' &&
        mark !== '-' &&
        mark !== '–' &&
        mark !== '=' &&
        (direct === undefined || leadFrom !== sentence.from)
      )
        return [];
      return this.groupFrom(tokens, substances, direct === undefined ? leadTo + 1 : leadTo, sentence.to);
    }
    return this.groupFrom(tokens, substances, leadTo, sentence.to);
  }

  private groupFrom(tokens: Tokens, substances: readonly Substance[], from: number, limit: number): Substance[] {
    let index = substances.findIndex((substance) => substance.from >= from);
    if (index < 0) return [];
    let unknown = 0;
    for (let at = from; at < substances[index]!.from; at++) {
      const word = tokens.lower[at]!;
      if (tokens.kinds[at] === PUNCTUATION && word !== '"' && word !== ':' && word !== '(') return [];
      if (tokens.kinds[at] === WORD && this.fillers.longest(tokens, at, limit) === undefined && ++unknown > 1)
        return [];
      if (at - from > REACH) return [];
    }
    const group = [substances[index]!];
    for (; index + 1 < substances.length; index++) {
      const gap = this.reactions.endAfter(tokens, substances[index]!.to, substances[index + 1]!.from);
      if (!isEnumerated(tokens, gap, substances[index + 1]!.from)) break;
      group.push(substances[index + 1]!);
    }
    return group;
  }

  /** "A strong immunohistochemical reaction to": of cells, not of the patient. */
  private isOtherReaction(tokens: Tokens, { from }: TokenRange, at: number, to: number): boolean {
    if (!/^(?:reactions?|sensitivity|sensitivities)$/.test(tokens.lower[at]!) || to - at > 2 || at === from)
      return false;
    const before = tokens.lower[at - 1]!;
    return (
      tokens.kinds[at - 1] === WORD &&
      /(?:al|ive|ic|chain|immune)$/.test(before) &&
      !/^(?:allergic|anaphylactic|possible)$/.test(before)
    );
  }

  private statusOf(tokens: Tokens, sentence: TokenRange, from: number, to: number): Allergy['status'] {
    for (let at = Math.max(sentence.from, from - 4); at < from; at++) {
      if (clauseEnds.has(tokens.lower[at]!) || tokens.lower[at] === ',') continue;
      const match = this.negations.longest(tokens, at, sentence.to);
      if (match !== undefined && match.end <= from && !hasStop(tokens, match.end, from)) return 'refuted';
    }
    for (let at = to; at < Math.min(sentence.to, to + 10); at++) {
      if (clauseEnds.has(tokens.lower[at]!)) break;
      if (this.refuted.longest(tokens, at, sentence.to) !== undefined) return 'refuted';
    }
    return 'active';
  }

  /** "her mother is allergic to penicillin" */
  private ofRelative(tokens: Tokens, sentence: TokenRange, from: number): boolean {
    for (let at = from - 1; at >= Math.max(sentence.from, from - 8); at--) {
      const word = tokens.lower[at]!;
      if (clauseEnds.has(word) || word === 'she' || word === 'he' || word === 'patient') return false;
      if (this.relatives.has(word))
        return (
          !/^(?:reports?|says|states|by|per|to)$/.test(tokens.lower[at + 1] ?? '') && tokens.lower[at - 1] !== 'by'
        );
    }
    return false;
  }

  private toAllergy(tokens: Tokens, draft: Draft, { index, section }: Item, number: number): Allergy {
    const { from, to, substance, kind, none, rule, status, family } = draft;
    return {
      ...tokenSpan(tokens, from, to),
      id: `a${number}`,
      section: section < 0 ? null : section,
      item: index,
      rules: [rule],
      confidence: bandOf(rule),
      codes: this.vocabulary.codesOf(tokens, from, to),
      substance: substance === null ? null : tokens.lower.slice(from, to).join(' '),
      kind,
      category: substance?.category ?? (none === 'no-known-drug-allergies' ? 'medication' : 'other'),
      none,
      reactions: draft.reactions.map((reaction): Span => tokenSpan(tokens, reaction.from, reaction.to)),
      status,
      subject: family ? 'family' : 'patient',
    };
  }
}

/** "No allergies except", "apart from": where what is excepted begins. */
const exceptAt = (tokens: Tokens, at: number): number | undefined => {
  const [word, next] = [tokens.lower[at], tokens.lower[at + 1]];
  if (word === 'except' || word === 'besides') return next === 'for' || next === 'to' ? at + 2 : at + 1;
  return (word === 'apart' && next === 'from') || (word === 'other' && next === 'than') ? at + 2 : undefined;
};

const afterHyphen = (tokens: Tokens, at: number): number => (/^[-/"]$/.test(tokens.lower[at] ?? '') ? at + 1 : at);

const isEnumerated = (tokens: Tokens, from: number, to: number): boolean => {
  if (to - from > 3) return false;
  for (let at = from; at < to; at++) if (!joining.has(tokens.lower[at]!) && tokens.lower[at] !== 'to') return false;
  return true;
};

const hasStop = (tokens: Tokens, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) {
    const word = tokens.lower[at]!;
    if (clauseEnds.has(word) || word === ',' || word === 'but' || word === 'is') return true;
  }
  return false;
};

const endsThere = (tokens: Tokens, at: number, limit: number): boolean =>
  at >= limit || /^[.,;)\]|-]$/.test(tokens.lower[at]!) || tokens.lower[at] === 'at' || tokens.breaks[at]! > 0;
