import type { Context } from '../context/context.ts';
import type { Document, Item } from '../document.ts';
import { socialPhrases } from '../lexicon/social.ts';
import type { Assertion, Quantity, SocialFactor } from '../model.ts';
import { Openings } from '../text/openings.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { tokenSpan } from '../text/spans.ts';
import { NUMBER, type Tokens, WORD } from '../text/tokens.ts';
import { mentionOf } from './mentions.ts';

interface Said {
  readonly kind: SocialFactor['kind'];
  readonly status: 'current' | 'former' | 'never';
}

const REACH = 6;
const amountUnit =
  /^(?:packs?|pack|cigarettes?|cigs|cigars|units?|drinks?|beers?|glasses|bottles|pints|joints?|ppd|py|years?|yrs|oz|per|a|\/|day|week)$/;

/** Tobacco, alcohol, drugs, living, work and mobility. */
export class SocialRules {
  private readonly phrases = new PhraseTrie<Said>();
  private readonly openings: Openings;
  private readonly bit: number;

  constructor(openings: Openings = new Openings()) {
    this.openings = openings;
    this.bit = openings.bit([this.phrases]);
    for (const [kind, statuses] of Object.entries(socialPhrases)) {
      for (const [status, phrases] of Object.entries(statuses))
        this.phrases.addAll(phrases, { kind: kind as Said['kind'], status: status as Said['status'] });
    }
  }

  find(document: Document, context: Context): SocialFactor[] {
    const { tokens } = document;
    const found: SocialFactor[] = [];
    const opens = this.openings.of(tokens);
    for (const item of document.items) {
      const before = found.length;
      for (let at = item.from; at < item.to; at++) {
        if ((opens[at]! & this.bit) === 0) continue;
        if (tokens.kinds[at] !== WORD || document.inHeading[at] === 1) continue;
        const match = this.phrases.longest(tokens, at, item.to);
        if (match === undefined) continue;
        const from = at;
        const to = match.end;
        at = to - 1;
        const { kind, status } = match.value;
        const assertion = context.assertion(item, from, to);
        if (assertion.subject !== 'patient' || assertion.generic) continue;
        const habit = kind === 'tobacco' || kind === 'alcohol' || kind === 'drugs';
        const denied = assertion.presence === 'absent';
        if (denied && !habit) continue;
        const said = habit ? statusOf(tokens, item, from, status, assertion) : status;
        const amount = habit && !denied ? amountNear(tokens, item, from, to, kind) : undefined;
        const other = found.slice(before).find((factor) => factor.kind === kind);
        // "Ex-smoker, 30 pack years": one statement.
        if (other !== undefined && habit) {
          if (other.status === 'current' && status !== 'current') found[found.indexOf(other)] = { ...other, status };
          continue;
        }
        found.push({
          ...mentionOf(document, item, { from, to, id: `s${found.length + 1}`, rule: `social.${kind}` }),
          kind,
          status: denied && status === 'current' ? (assertion.time === 'resolved' ? 'former' : 'never') : said,
          ...(amount === undefined ? {} : { amount }),
        });
      }
    }
    return found;
  }
}

/** "In the past" is former, "history of" is unknown, "help her to quit" is still current. */
const statusOf = (
  tokens: Tokens,
  item: Item,
  from: number,
  status: Said['status'],
  { time, cues }: Assertion,
): SocialFactor['status'] => {
  if (status === 'former') {
    const before = from > item.from ? tokens.lower.slice(Math.max(item.from, from - 8), from) : [];
    const still =
      intended.test(before.at(-1) ?? '') || (before.at(-1) === 'and' && before.some((word) => advising.test(word)));
    return still ? 'current' : status;
  }
  if (status !== 'current' || time !== 'past') return status;
  return cues.every(({ cue, text }) => cue !== 'history' || /^(?:a )?(?:history|hx|h\/o)/i.test(text))
    ? 'unknown'
    : 'former';
};
const intended = /^(?:to|help|him|her|them|patient|wants|trying|should)$/;
const advising = /^(?:advised|encouraged|counselled|counseled|urged|help|wants|recommend|recommended)$/;

/** "40 pack years", "10 units a week", "20/day", next to the phrase. */
const amountNear = (
  tokens: Tokens,
  item: Item,
  from: number,
  to: number,
  kind: SocialFactor['kind'],
): Quantity | undefined => {
  for (let at = Math.max(item.from, from - REACH); at < Math.min(item.to, to + REACH); at++) {
    if (tokens.kinds[at] !== NUMBER) continue;
    const low = Number(tokens.lower[at]);
    let end = at + 1;
    let high = low;
    if (/^(?:-|–|to)$/.test(tokens.lower[end] ?? '') && tokens.kinds[end + 1] === NUMBER) {
      high = Number(tokens.lower[end + 1]);
      end += 2;
    }
    const unitFrom = end;
    while (
      end < item.to &&
      (amountUnit.test(tokens.lower[end]!) ||
        (tokens.lower[end] === '-' && amountUnit.test(tokens.lower[end + 1] ?? '')))
    )
      end++;
    const ofSmoking = /pack|cig|ppd|py/.test(tokens.lower[unitFrom] ?? '');
    const ofDrinking = /unit|drink|beer|glass|bottle|pint|oz/.test(tokens.lower[unitFrom] ?? '');
    if (kind === 'drugs' && /^(?:years?|yrs)$/.test(tokens.lower[unitFrom] ?? '')) continue;
    if ((ofSmoking && kind !== 'tobacco') || (ofDrinking && kind !== 'alcohol')) continue;
    if (end === unitFrom || !Number.isFinite(low) || !Number.isFinite(high)) continue;
    return {
      text: tokenSpan(tokens, at, end),
      low,
      high,
      comparator: null,
      unit: tokenSpan(tokens, unitFrom, end).text,
      ucum: null,
    };
  }
  return undefined;
};
