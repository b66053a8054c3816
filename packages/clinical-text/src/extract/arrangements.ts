import { words } from '../lexicon/words.ts';
import type { FollowUp, When } from '../model.ts';
import { tokenSpan } from '../text/spans.ts';
import { LOWER, NUMBER, PUNCTUATION, type Tokens } from '../text/tokens.ts';
import type { Cue } from './follow-up-rules.ts';

const unit = /^(?:minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?|mths?|years?|yrs?|d|w|m)$/;
const numberWord = /^(?:a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|few|couple)$/;
const named =
  /^(?:today|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|morning|asap|urgently)$/;
/** Tokens of a statement that arranges something without a verb. */
const LONGEST_ARRANGEMENT = 9;
const arrangedWords: ReadonlySet<string> = new Set(
  words('planned booked arranged requested ordered scheduled organised organized listed referred'),
);
const visitWords: ReadonlySet<string> = new Set(
  words(
    'appointment appt appts visit clinic meeting review physio physiotherapy theatre surgery operation discharge home dialysis session assessment angiogram scan',
  ),
);
/** Beside a visit, they mark it as past. */
const attendedWords: ReadonlySet<string> = new Set(
  words('seen saw reviewed attended missed dna last previous since discharged until lives admitted from'),
);
const clinicians = /^(?:pcp|gp|dr|doctor|np|midwife)$/;
const monthWord = /^(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*$/;

/** "LP planned", "MC&S to follow", "OT home visit Thursday": a short statement that ends with what is arranged, or when. */
export const arrangementAt = (
  tokens: Tokens,
  from: number,
  to: number,
  kind: () => FollowUp['kind'] | undefined,
  specialtyEnd: () => number | undefined,
): Cue | undefined => {
  if (to - from < 2 || to - from > LONGEST_ARRANGEMENT) return undefined;
  const last = tokens.lower[to - 1]!;
  if (last === 'sent' && to - from < 6) return { kind: 'pending-result', from, to };
  if (last === 'follow' && tokens.lower[to - 2] === 'to') return { kind: 'pending-result', from, to };
  if (arrangedWords.has(last) && tokens.lower[to - 2] !== 'as') return { kind: kind() ?? 'appointment', from, to };
  // "Bloods Monday"
  if (
    (named.test(last) || tokens.kinds[to - 1] === NUMBER) &&
    dueIn(tokens, from, to)?.text.end === tokens.ends[to - 1]
  ) {
    const object = kind();
    if (object === 'test' || object === 'imaging') return { kind: object, from, to: from + 1 };
  }
  const seenBy = clinicians.test(tokens.lower[from]!) ? from + 1 : specialtyEnd();
  if (seenBy !== undefined && isVisitOf(tokens, seenBy, to)) return { kind: 'appointment', from, to: from + 1 };
  for (let at = from; at < to; at++) {
    if (!visitWords.has(tokens.lower[at]!)) continue;
    for (let before = from; before < at; before++) if (attendedWords.has(tokens.lower[before]!)) return undefined;
    // "New patient genetics clinic, 5 June": the head of a letter.
    const headed = tokens.lower[from] === 'new' && tokens.lower[from + 1] === 'patient';
    return dueIn(tokens, at, to) !== undefined || (!headed && isDated(tokens, at, to))
      ? { kind: 'appointment', from: at, to: at + 1 }
      : undefined;
  }
  return undefined;
};

/** "Nephrology in 4 weeks", "PCP Dr. Brandt within a week": only a name is between who is seen and when. */
const isVisitOf = (tokens: Tokens, from: number, to: number): boolean => {
  let at = from;
  while (at < to && (tokens.kinds[at] === PUNCTUATION || tokens.shapes[at] !== LOWER) && tokens.kinds[at] !== NUMBER)
    at++;
  const due = /^(?:in|within|next)$/.test(tokens.lower[at] ?? '') ? dueIn(tokens, at, to) : undefined;
  return due?.text.start === tokens.starts[at] && due?.text.end === tokens.ends[to - 1];
};

/** "in 3 months", "tomorrow", "2/52", "next week". */
export const dueIn = (tokens: Tokens, from: number, to: number): When | undefined => {
  const when = (first: number, end: number): When => ({
    value: null,
    precision: null,
    text: tokenSpan(tokens, first, end),
    relative: true,
  });
  for (let at = from; at < to; at++) {
    const word = tokens.lower[at]!;
    if (named.test(word)) return when(at, at + 1);
    if (word === 'day' && at > from && tokens.kinds[at + 1] === NUMBER && at + 1 < to) return when(at, at + 2);
    if (
      word === 'next' &&
      at + 1 < to &&
      (unit.test(tokens.lower[at + 1]!) || /^(?:visit|appointment|clinic|review)$/.test(tokens.lower[at + 1]!))
    )
      return when(at, at + 2);
    // "6/52"
    if (
      tokens.kinds[at] === NUMBER &&
      tokens.lower[at + 1] === '/' &&
      /^(?:7|52|12)$/.test(tokens.lower[at + 2] ?? '') &&
      at + 2 < to
    )
      return when(at, at + 3);
    if (!/^(?:in|within|after|every|x)$/.test(word)) continue;
    let end = at + 1;
    while (
      end < to &&
      (tokens.kinds[end] === NUMBER ||
        numberWord.test(tokens.lower[end]!) ||
        /^(?:-|–|to|or|about|the|next|\/|of)$/.test(tokens.lower[end]!))
    )
      end++;
    if (end > at + 1 && end < to && unit.test(tokens.lower[end]!)) return when(at, end + 1);
    if (end > at + 1 && tokens.lower[end - 2] === '/') return when(at, end);
  }
  return undefined;
};

/** A day and a month after a word: "appointment 12 May". */
export const isDated = (tokens: Tokens, from: number, to: number): boolean => {
  for (let at = from + 1; at < to; at++)
    if (
      tokens.kinds[at] === NUMBER &&
      (monthWord.test(tokens.lower[at + 1] ?? '') ||
        monthWord.test(tokens.lower[at - 1]!) ||
        tokens.lower[at + 1] === '/')
    )
      return true;
  return false;
};
