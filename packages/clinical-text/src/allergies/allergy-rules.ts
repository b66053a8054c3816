import { bandOf } from '../confidence.ts';
import { type Document, type Item, type TokenRange, writtenLabel } from '../document.ts';
import {
  allergyLeads,
  intoleranceLeads,
  noKnownAllergies,
  noKnownDrugAllergies,
  presentingWords,
  reactionLinks,
} from '../lexicon/allergies.ts';
import type { Order } from '../medications/medication-rules.ts';
import type { Allergy, Span } from '../model.ts';
import type { Openings } from '../text/openings.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { tokenSpan } from '../text/spans.ts';
import { type Tokens, WORD } from '../text/tokens.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { AllergyDetails } from './allergy-details.ts';
import { type Draft, type None, noneDraft, type Substance } from './allergy-draft.ts';
import { afterBullet, beginsProse, isNewParagraph, listKeyOf } from './list-keys.ts';
import { ListRules } from './list-rules.ts';
import { ReactionRules } from './reaction-rules.ts';
import { SubstanceRules } from './substance-rules.ts';
import { TailRules } from './tail-rules.ts';

export interface FoundAllergies {
  readonly allergies: readonly Allergy[];
  /** The orders of each sentence that are no allergies. */
  readonly orders: readonly (readonly Order[])[];
}

/** Allergies and intolerances, in lists and in prose, and statements that there are none. */
export class AllergyRules {
  private readonly vocabulary: Vocabulary;
  private readonly leads = new PhraseTrie<Allergy['kind']>();
  private readonly none = new PhraseTrie<None>();
  private readonly reactions = new ReactionRules();
  private readonly links = new PhraseTrie<true>().addAll(reactionLinks, true);
  private readonly substances = new SubstanceRules(this.reactions);
  private readonly details = new AllergyDetails(this.reactions);
  private readonly tails = new TailRules(this.reactions, this.details);
  private readonly lists: ListRules;
  private readonly openings: Openings;
  private readonly bit: number;

  constructor(vocabulary: Vocabulary, openings: Openings) {
    this.openings = openings;
    this.vocabulary = vocabulary;
    this.leads.addAll(allergyLeads, 'allergy').addAll(intoleranceLeads, 'intolerance');
    this.none.addAll(noKnownDrugAllergies, 'no-known-drug-allergies').addAll(noKnownAllergies, 'no-known-allergies');
    this.bit = openings.bit([this.none, this.leads, this.reactions.allergic, this.tails.reactionTails]);
    this.lists = new ListRules(this.leads, this.reactions, this.substances, this.details);
  }

  find(document: Document, orders: readonly (readonly Order[])[]): FoundAllergies {
    const { tokens, items } = document;
    const allergies: Allergy[] = [];
    const left: (readonly Order[])[] = [];
    let listing = false;
    let drugsOnly = false;
    /** The section whose list prose has ended. */
    let ended = -1;
    items.forEach((sentence, index) => {
      const own = orders[index]!;
      const label = writtenLabel(document, sentence);
      const written = listKeyOf(tokens, sentence);
      // "Codeine intolerance: nausea" is an entry, "Antibiotic allergies: penicillin" a key.
      const key = written?.allergies && this.substances.isEntry(tokens, sentence, own, written.to) ? null : written;
      if (key !== null) {
        listing = key.allergies;
        drugsOnly = key.drugs;
      } else if (label !== 'allergies') listing = false;
      const content = key?.to ?? sentence.from;
      if (key !== null || sentence.section !== ended) ended = -1;
      const prose = beginsProse(tokens, afterBullet(tokens, content, sentence.to), sentence.to);
      const inList =
        ended < 0 &&
        !prose &&
        (listing || (label === 'allergies' && key === null)) &&
        !presentingWords.has(tokens.lower[content] ?? '');
      const drafts = this.inSentence(tokens, sentence, own, inList ? content : null, drugsOnly);
      // The rest of a note may follow its allergies without a heading.
      if (drafts.length === 0 && label === 'allergies' && (prose || isNewParagraph(tokens, sentence)))
        ended = sentence.section;
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
      substances ??= this.substances.find(tokens, sentence, orders);
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
        const from = but ?? (tokens.lower[none.end] === 'to' ? none.end + 1 : undefined);
        const group = from === undefined ? [] : this.substances.groupFrom(tokens, known(), from, sentence.to);
        const status = but === undefined ? 'refuted' : 'active';
        for (const substance of group)
          add(this.details.draft(tokens, sentence, substance, 'allergy', 'allergy.lead', status));
        if (group.length === 0) add(noneDraft(at, none.end, none.value));
        at = none.end - 1;
        continue;
      }
      const lead = this.leads.longest(tokens, at, sentence.to);
      if (lead !== undefined && !this.isOtherReaction(tokens, sentence, at, lead.end)) {
        const led = this.substances.led(tokens, sentence, known(), at, lead.end);
        for (const substance of led) {
          // "Allergic to nuts; cetirizine 10 mg od": an order is no allergen.
          const order = orders[substance.order ?? -1];
          if (substance !== led[0] && order !== undefined && order.doses.length + order.frequencies.length > 0) break;
          // "Allergies: codeine intolerance: nausea": its own words say more.
          if (this.tails.tailOf(tokens, sentence, known(), substance) !== undefined) continue;
          const status = this.details.statusOf(tokens, sentence, at, substance.to);
          const draft = this.details.draft(tokens, sentence, substance, lead.value, 'allergy.lead', status);
          // "came out in a rash with trimethoprim": the words before the substance name the reaction.
          const named = draft.reactions.length > 0 ? draft.reactions : this.reactions.within(tokens, at, lead.end);
          add({ ...draft, reactions: named });
        }
      }
      if (this.tails.reactionTails.longest(tokens, at, sentence.to) !== undefined) known();
      const reaction = this.reactions.allergic.longest(tokens, at, sentence.to);
      if (reaction !== undefined) {
        known();
        const link = this.links.longest(tokens, reaction.end, sentence.to);
        if (link !== undefined)
          for (const substance of this.substances.groupFrom(tokens, known(), link.end, sentence.to))
            if (orders[substance.order ?? -1]?.doses.length !== 1 || tokens.lower[link.end - 1] === 'to')
              add({
                ...this.details.draft(
                  tokens,
                  sentence,
                  substance,
                  'allergy',
                  'allergy.reaction',
                  this.details.statusOf(tokens, sentence, at, substance.to),
                ),
                reactions: [{ from: at, to: reaction.end }],
              });
      }
    }
    if (orders.length > 0 || substances !== undefined || listFrom !== null)
      for (const substance of known()) this.tails.behind(tokens, sentence, known(), substance, add);
    if (listFrom !== null) this.lists.inList(tokens, sentence, listFrom, known(), orders, drugsOnly, seen, add);
    return drafts.sort((a, b) => a.from - b.from);
  }

  /** "A strong immunohistochemical reaction to": a reaction of cells, not of the patient. */
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

/** "No allergies except", "apart from": the token at which the exceptions begin. */
const exceptAt = (tokens: Tokens, at: number): number | undefined => {
  const [word, next] = [tokens.lower[at], tokens.lower[at + 1]];
  if (word === 'except' || word === 'besides') return next === 'for' || next === 'to' ? at + 2 : at + 1;
  return (word === 'apart' && next === 'from') || (word === 'other' && next === 'than') ? at + 2 : undefined;
};
