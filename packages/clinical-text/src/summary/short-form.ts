import type { SummaryPart, SummaryReason } from '../model.ts';

/** Characters of a short summary, line breaks between its sentences included. */
const SHORT = 1200;

/** What a reader must not miss comes first. */
const ranks: Readonly<Record<SummaryReason, number>> = {
  allergy: 0,
  'code-status': 0,
  complaint: 1,
  problem: 2,
  abnormal: 3,
  pending: 4,
  'follow-up': 5,
  dose: 6,
  medication: 6,
  plan: 7,
  procedure: 8,
  value: 8,
  negative: 9,
  lead: 10,
};

/** The most important sentences that fit, in the order of the note. A sentence that is too long is left out. */
export const shortForm = (sentences: readonly SummaryPart[]): SummaryPart[] => {
  const ranked = sentences
    .map((sentence) => ({ sentence, rank: Math.min(...sentence.reasons.map((reason) => ranks[reason])) }))
    .sort((a, b) => a.rank - b.rank || a.sentence.start - b.sentence.start);
  const kept: SummaryPart[] = [];
  let length = 0;
  for (const { sentence } of ranked) {
    const added = sentence.text.length + (kept.length === 0 ? 0 : 1);
    if (length + added > SHORT) continue;
    kept.push(sentence);
    length += added;
  }
  if (kept.length === 0 && sentences.length > 0) return [cut(sentences[0]!)];
  return kept.sort((a, b) => a.start - b.start);
};

/** The beginning of a sentence that is longer than the whole short form, cut at a space. */
const cut = (sentence: SummaryPart): SummaryPart => {
  const space = sentence.text.lastIndexOf(' ', SHORT);
  const text = sentence.text.slice(0, space > 0 ? space : SHORT - 1);
  return { ...sentence, text, end: sentence.start + text.length };
};
