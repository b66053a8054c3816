import type { Answer, Item } from '../document.ts';
import type { Effect } from '../lexicon/context-triggers.ts';
import { donorWords, fetusWords, otherPeople } from '../lexicon/people.ts';
import type { Assertion, CueKind, Presence, Span, Subject, Time } from '../model.ts';
import { tokenSpan } from '../text/spans.ts';
import type { Tokens } from '../text/tokens.ts';
import type { Scope } from './scopes.ts';

const cueKinds: Readonly<Record<Effect, CueKind | null>> = {
  negated: 'negation',
  possible: 'doubt',
  likely: 'doubt',
  unlikely: 'doubt',
  resolved: 'resolution',
  historical: 'history',
  hypothetical: 'condition',
  generic: 'generic',
  other: 'subject',
  recent: null,
  indication: null,
};

/** Combines the cues that reach a concept into one assertion. */
export const assertionOf = (tokens: Tokens, item: Item, from: number, scopes: readonly Scope[]): Assertion => {
  const effects = new Set<Effect>();
  const own = new Set<Effect>();
  const cues: (Span & { cue: CueKind })[] = [];
  let relation: Span | undefined;
  const answer = answerOn(item, from);
  for (const scope of scopes) {
    const { effect, reach, cueFrom, cueTo } = scope;
    // A question that was answered with yes leaves no doubt.
    if (answer === 'yes' && effect === 'possible' && tokens.lower[cueFrom] === '?') continue;
    (reach === 'own' ? own : effects).add(effect);
    const cue = cueKinds[effect];
    if (cue === null) continue;
    const span = tokenSpan(tokens, cueFrom, cueTo);
    if (!cues.some((other) => other.start === span.start && other.cue === cue)) cues.push({ ...span, cue });
    if (effect === 'other' && reach !== 'own') relation ??= span;
  }
  if (answer !== null && item.answerAt !== null)
    cues.push({
      ...tokenSpan(tokens, item.answerAt.from, item.answerAt.to),
      cue: item.kind === 'box' ? 'checkbox' : 'answer',
    });
  const said = (effect: Effect): boolean => effects.has(effect) || own.has(effect);
  return {
    presence: presenceOf(effects, said, answer),
    conditional: effects.has('hypothetical'),
    generic: effects.has('generic'),
    time: timeOf(effects, said, answer),
    subject: effects.has('other') ? subjectOf(relation) : 'patient',
    ...(relation === undefined ? {} : { relation }),
    cues: cues.sort((a, b) => a.start - b.start || a.end - b.end),
  };
};

/** The item's answer, where it concerns the concept: a pair's its key, a box's or a sign's all of the item. */
const answerOn = (item: Item, from: number): Answer | null => {
  if (item.answer === null || item.answer === 'unknown' || item.answerAt === null) return null;
  if (item.kind === 'box') return item.answer;
  return from < item.answerAt.from ? item.answer : null;
};

const presenceOf = (
  effects: ReadonlySet<Effect>,
  said: (effect: Effect) => boolean,
  answer: Answer | null,
): Presence => {
  if (answer === 'no') return 'absent';
  if (answer === null && (effects.has('negated') || effects.has('resolved'))) return 'absent';
  if (said('unlikely')) return 'unlikely';
  if (said('possible')) return 'possible';
  return said('likely') ? 'likely' : 'present';
};

const timeOf = (effects: ReadonlySet<Effect>, said: (effect: Effect) => boolean, answer: Answer | null): Time => {
  if (answer === null && effects.has('resolved')) return 'resolved';
  return said('historical') && !effects.has('indication') ? 'past' : 'current';
};

const subjectOf = (relation: Span | undefined): Subject => {
  if (relation === undefined) return 'family';
  const words = relation.text.toLowerCase();
  if (donorWords.some((word) => words.includes(word))) return 'donor';
  if (fetusWords.some((word) => words.includes(word))) return 'fetus';
  return otherPeople.some((word) => words.includes(word)) ? 'other' : 'family';
};
