import type { MedicationStatus } from '../model.ts';
import { phrases } from './words.ts';

/**
 * Where the drug stands: after the words (`forward`), before them (`backward`), or on either side (`either`: "stopped
 * aspirin", "aspirin was stopped").
 */
export type StatusReach = 'forward' | 'backward' | 'either';

export interface StatusEntry {
  readonly status: MedicationStatus;
  readonly reach: StatusReach;
  /** Only determiners may stand before the drug: "no aspirin", but not "no improvement with aspirin". */
  readonly strict: boolean;
  /** The status under a condition where it is another one: "restart ramipril if potassium falls". */
  readonly conditional?: MedicationStatus;
  readonly phrases: readonly string[];
}

const entry = (status: MedicationStatus, reach: StatusReach, text: string, strict = false): StatusEntry => ({
  status,
  reach,
  strict,
  phrases: phrases(text),
});
const orderOf = (status: MedicationStatus, text: string): StatusEntry => ({
  ...entry(status, 'forward', text),
  conditional: 'planned',
});

/** Words that say what became of a drug. Auxiliaries and negations are read by the rule, not listed. */
export const statusEntries: readonly StatusEntry[] = [
  entry(
    'stopped',
    'either',
    `stopped, discontinued, ceased, withdrawn, d/c'd, dc'd, d/ced, dced, d/c, taken off, weaned off, came off, come off, tapered off, finished with, abgesetzt,
    discontinuation of, cessation of, withdrawal of, cancelled, canceled, deprescribed`,
  ),
  entry(
    'stopped',
    'forward',
    `stop, stops, stopping, discontinue, discontinues, discontinuing, cease, ceasing, off, off of, off his, off her, quit, quit taking, quits, no longer on, no longer taking,
    no longer takes, no longer uses, no longer using, no longer needs, no longer need, no longer needing, no longer requires, no longer requiring, no longer prescribed, no longer given, not on, not currently on, not currently taking, is not taking, stopped taking, stopping taking, come off,
    coming off, weaning off, gave up, dc, withdraw, withdrew`,
  ),
  entry(
    'stopped',
    'backward',
    'no longer taken, no longer needed, no longer required, no longer indicated, no longer prescribed, stop, dc, not continued, off',
  ),
  entry(
    'held',
    'either',
    'held, withheld, paused, suspended, on hold, placed on hold, put on hold, omitted, hold, temporarily stopped, pausiert, skipped, missed',
  ),
  entry(
    'held',
    'forward',
    'withhold, withholding, holding, holds, pause, pausing, omit, omitting, suspend, suspending, keep holding, skip, skipping',
  ),
  // The patient is to take it and does not have it, or did not take all of it: a current drug that is interrupted.
  entry(
    'held',
    'forward',
    `ran out of, run out of, runs out of, running out of, out of his, out of her, out of their, missed doses of, missed dose of, misses doses of, missing doses of, skipped doses of, skips doses of, not filled, not refilled, did not fill, didn't fill, has not filled, had not filled,
    hasn't filled, did not refill, didn't refill, has not refilled, unable to fill, unable to refill, could not refill, couldn't refill, could not fill, did not pick up, didn't pick up, not picked up, has not picked up, has not collected, did not collect, didn't collect, not collected`,
  ),
  entry('held', 'forward', 'is out of, was out of, been out of, are out of, currently out of', true),
  entry(
    'held',
    'backward',
    'not picked it up, not picked them up, not collected it, not filled it, never picked it up, never filled it, did not pick it up, it has been on hold, it is on hold, it was held, it has been held, it was put on hold, not filled, not refilled, not picked up, ran out, run out, runs out, has lapsed, lapsed, doses missed, doses were missed',
  ),
  entry('refused', 'either', 'refused, declined, refuses, declines, refusing, declining, not agreed to, rejected'),
  entry(
    'refused',
    'forward',
    'refuse, decline, unwilling to take, does not want, did not want, does not wish to take, reluctant to take, not keen on',
  ),
  entry(
    'not-given',
    'forward',
    `not for, not for further, avoid, avoiding, avoids, never took, never taken, never started, never been on, never on, has never taken, has not taken, have not taken, had not taken, hasn't taken, haven't taken, did not start, did not take, did not receive, does not take, doesn't take, didn't take,
    do not take, don't take, not take, do not give, don't give, do not start, not to take, not to start, cannot take, can't take, can not take, could not take, unable to take, should not take, must not take, not taking,
    not started on, not given, not received, instead of, rather than, in lieu of, never received, hasn't started, has not started, not been on, not yet started, denies taking, denies use of, denies using, denies any use of,
    contraindication to, contraindications to, not a candidate for, avoidance of, isn't taking, wasn't given, without taking, forgot to take, forgets to take, forgot, without any, not require, not need, hold off on, not been getting, not getting, not been receiving, not receiving, not had any, has not had, have not had, hasn't had,
    not been given, was not given, without having taken`,
  ),
  entry(
    'not-given',
    'forward',
    'no, without, denies, denied, denying, negative for, no history of, never had, nor, no other, no current, absence of',
    true,
  ),
  entry(
    'not-given',
    'backward',
    `not taking, not taken, not given, not started, not tolerated, never taken, never filled, never picked up, never started, not received, not administered, not required, not indicated, not needed, not prescribed, not used, contraindicated, is contraindicated,
    not yet started, not commenced, not being taken, avoided, to be avoided, not collected, not dispensed, not available, not restarted, not resumed, nicht eingenommen, unavailable`,
  ),
  entry(
    'completed',
    'either',
    'completed, finished, course completed, course finished, concluded, completed course of, course complete',
  ),
  entry(
    'completed',
    'forward',
    'completion of, end of, completed a course of, finished a course of, after a course of, s/p course of, s/p, status post',
  ),
  entry('completed', 'forward', 'recent course of, previous course of, recently completed, recently finished'),
  entry('completed', 'backward', 'is complete, now complete'),
  entry(
    'historical',
    'forward',
    `used to take, used to be on, used to use, previously on, previously taking, previously took, previously used, previously tried, previously treated with, formerly on, formerly took, formerly, was once on,
    last took, last used, in the past took, past use of, past trial of, tried and failed, failed, failure of, failed trial of, prior use of, history of taking, had previously been on, had been on, had been taking, had been taking in the past,
    previous treatment with`,
  ),
  entry(
    'historical',
    'forward',
    'as a teenager, as a child, in childhood, in his youth, in her youth, in his twenties, in her twenties, years ago she took, years ago he took',
  ),
  entry('historical', 'forward', 'previous, prior, past, former, previously', true),
  entry(
    'historical',
    'backward',
    'in the past, years ago, a year ago, months ago, one year ago, as a child, in childhood, last year, in years past, previously, formerly, tried, tried without benefit, tried without success, tried previously, tried before',
  ),
  entry(
    'stopped',
    'backward',
    'it was stopped, it has been stopped, it was discontinued, it has been discontinued, they were stopped',
  ),
  // The drug again as a pronoun: "prescribed duloxetine but never took it".
  ...(
    [
      ['stopped', 'stopped, stopped taking, discontinued, ceased, quit, came off, no longer takes, no longer taking'],
      [
        'refused',
        'refused, declined, refuses, declines, does not want, did not want, would rather not have, would rather not take',
      ],
      [
        'not-given',
        "never took, never takes, never started, never filled, never collected, did not take, didn't take, does not take, doesn't take, has not taken, hasn't taken, not taking, not taken, did not start, has not started, could not tolerate, did not tolerate, couldn't tolerate, cannot take, can't take",
      ],
    ] as const
  ).map(([status, verbs]) =>
    entry(
      status,
      'backward',
      phrases(verbs)
        .flatMap((verb) => [`${verb} it`, `${verb} them`])
        .join(', '),
    ),
  ),
  entry(
    'refused',
    'backward',
    'would rather not, would prefer not to, not interested, not keen, not willing, unwilling',
  ),
  entry('historical', 'backward', 'failed, has failed, had failed, trial failed, was ineffective, proved ineffective'),
  entry('historical', 'forward', 'has tried, had tried, have tried, was tried on, trialled on, trialed on'),
  entry(
    'planned',
    'forward',
    `will start, will begin, plan to start, plans to start, planning to start, to start, consider starting, considering, consider, consider adding, would consider, to begin, plan for, plan to begin, planned, awaiting, would start, may need, could start, could try,
    can start, recommend, recommended, recommends, recommending, suggest, suggested, advise, discuss, discussed, discuss starting, offer, offered, to commence, due to start, plan to add, will add, aim to start, intend to start, will give, will need, agreed to try, will try, plan to initiate, will initiate, will prescribe, will be started on, will be commenced on, to be started on, to be commenced on, low threshold for, likely start, possibly start`,
  ),
  entry(
    'planned',
    'backward',
    'planned, to start, to be started, will be started, to be restarted, will be restarted, to be resumed, will be resumed, to restart, to resume, due to start, to follow, will start, to commence, will be added, if tolerated, was recommended, recommended, was discussed, was offered, was considered, considered, to begin',
  ),
  entry(
    'new',
    'either',
    `started, commenced, initiated, begun, added, newly started, newly prescribed, new, neu angesetzt, begonnen, prescribed`,
  ),
  entry(
    'new',
    'forward',
    'place him on, place her on, place the patient on, put him on, put her on, put the patient on, starting, beginning, began, commencing, initiating, adding, started on, commenced on, put on, placed on, loaded with, initiation of, introduction of, prescribing',
  ),
  orderOf('new', 'start, begin, commence, initiate, add, prescribe, give'),
  entry(
    'active',
    'either',
    'continued, restarted, resumed, recommenced, reintroduced, re-started, reinstated, continues, continuing, given, administered, taking, maintained, unchanged, received, ongoing, tolerated, tolerating',
  ),
  entry('active', 'backward', 'otc, over the counter, occasionally, was used, were used, sometimes'),
  entry(
    'active',
    'forward',
    `restarting, resuming, resumption of, gives, gave, giving, continue, continue on, takes, take, took, on, medications include, medications are, medications including, meds include, meds are, medication list includes, regimen includes, regimen consists of, medicines include, medicines are, currently on, currently taking, remains on, receive, receiving, using, uses, used, is on, was on, tolerates, tolerating well, keep, keep on, stay on, stays on, maintain, maintained on, treated with, managed with, controlled on, controlled with, compliant with, adherent to, responded to, tolerates`,
  ),
  orderOf('active', 'restart, re-start, resume, recommence, re-commence, reintroduce, re-introduce, reinstate'),
  entry(
    'changed',
    'either',
    'increased, decreased, reduced, titrated, uptitrated, up-titrated, down-titrated, adjusted, doubled, halved, tapered, weaned, raised, lowered, dose increased, dose reduced, dose changed, weaning, tapering, erhöht, reduziert',
  ),
  entry(
    'changed',
    'forward',
    'increase, decrease, reduce, titrate, adjust, double, halve, taper, wean, raise, lower, increasing, decreasing, reducing, titrating, adjusting, up-titrate, uptitrate, change dose of, cut back on, cut down on',
  ),
];

/** Status words inside these mean something else. */
export const notStatus: readonly string[] = phrases(`
  prior to, off and on, on and off, off-label, used to treat, used to control, used for, past medical, past surgical, past history, previous history, on admission, on discharge, on examination, on exam, no change in, no changes to, no change to,
  no adverse, no side effects, no reaction, no improvement, no response, no benefit, no relief, no effect, no problem, no problems, no issues, no history, given that, given the, given her, given his, without difficulty, on the left, on the right,
  as prescribed, as ordered, initially prescribed, originally prescribed, first prescribed, initially started, originally started, initially given, hold on, in addition, tried to, new york, new onset, off work, day off, days off, start of, at the start, no known, new patient
`);

/** Determiners that a strict entry passes. */
export const determiners: readonly string[] = phrases(`
  any, the, his, her, their, your, my, a, an, other, further, current, regular, home, prescription, prescribed, oral, iv, use of, use, taking, using, on, being on, ever, new, more, additional, chronic, daily, prophylactic, known, or, recent, prior, previous,
  use of any, therapy with, treatment with, history of, longer on, longer taking, need for, recent use of, ever using, ever taking, ever having taken, having taken, of, trial of, course of, topical, regular use of
`);

/** What may stand between status words and their drug. */
export const statusFillers: readonly string[] = phrases(`
  the, his, her, their, your, my, our, a, an, any, all, both, some, this, that, these, those, of, on, with, to, taking, take, taken, use, using, usage, treatment, therapy, course, short, long, brief,
  home, regular, usual, oral, iv, po, intravenous, topical, inhaled, im, sc, subcutaneous, full, low, high, dose, doses, empiric, empirical, prophylactic, scheduled, chronic, daily, nightly, weekly, medication,
  medications, medicine, medicines, meds, drug, drugs, tablets, tablet, tab, tabs, capsules, injections, injection, infusion, drip, cream, inhaler, patch, further, more, additional, current, currently, home, new, another, receiving,
  broad, spectrum, first, second, line, trial, prescription, prescribed, for, day, days, week, weeks, month, months, maintenance, adjuvant, combination, single, agent, agents, standard, concurrent, concomitant, only, just, also, and,
  po, sliding, scale, supplementation, immediately, initially, then, again, recently, today, yesterday, now, at, least, including, such, as, like, namely, e.g, eg, either, patient, pt, him, she, he, was, were, is, has, had, been, being
`);

/** Verbs that take the place of one drug by another. `first` says which of the two stays. */
export interface SwapEntry {
  /** `away`: drug before the words is gone, drug after is new. `toward`: the reverse. `gone`: the drug after is gone. */
  readonly kind: 'away' | 'toward' | 'gone';
  readonly phrases: readonly string[];
}

export const swapEntries: readonly SwapEntry[] = [
  {
    kind: 'away',
    phrases: phrases(`
      changed to, switched to, converted to, replaced by, replaced with, swapped for, swapped to, swapped with, substituted by, substituted with, exchanged for, transitioned to, rotated to, switched over to, changed over to,
      de-escalated to, deescalated to, stepped down to, escalated to, stopped and changed to, superseded by, stopped in favour of, stopped in favor of, dropped in favour of, discontinued in favor of, in favour of, in favor of, umgestellt auf, ersetzt durch,
      changed for, switched for, narrowed to, broadened to, bridged to, to be changed to, to be switched to
    `),
  },
  {
    kind: 'toward',
    phrases: phrases(`
      in place of, instead of, replaced, replaces, replacing, in lieu of, as a replacement for, as replacement for, substituted for, as substitute for, in exchange for, rather than, to replace, anstelle von, statt, as an alternative to, has replaced, was substituted for
    `),
  },
  {
    kind: 'gone',
    phrases: phrases(
      'switched from, changed from, converted from, transitioned from, rotated from, crossed over from, switch from, change from, transition from, convert from, switching from, changing from, moved from',
    ),
  },
];

/** "switch A to B", "replace A with B": the verb stands before both. */
export const swapVerbs: readonly (readonly [verbs: readonly string[], links: readonly string[]])[] = [
  [
    phrases(
      'switch, switched, change, changed, convert, converted, transition, transitioned, rotate, rotated, switching, changing, converting, de-escalate, swap, swapped, exchange, exchanged, narrow, narrowed, step down, stepped down, broaden, broadened',
    ),
    phrases('to, for, with, over to, onto'),
  ],
  [phrases('replace, replaced, replacing, substitute, substituted, swap, swapped'), phrases('with, by, for')],
];

export const auxiliaries: readonly string[] = phrases(
  'was, were, is, are, been, being, be, got, gets, has, have, had, wird, wurde',
);
export const pluralAuxiliaries: readonly string[] = phrases('were, are, have');
export const cueNegations: readonly string[] = phrases(
  "not, never, no, wasn't, isn't, weren't, hasn't, haven't, nor, cannot, without, don't, didn't, doesn't, shouldn't, nicht",
);
/** A status word after one of these is no fact: "stop if rash", "would stop". */
export const conditions: readonly string[] = phrases('if, unless, should, in case, in case of, when, once');

export const relatives: readonly string[] = phrases(`
  mother, father, mum, mom, dad, brother, sister, son, daughter, wife, husband, partner, spouse, uncle, aunt, cousin, grandmother, grandfather, grandson, granddaughter, niece, nephew, twin, parents, siblings, brothers, sisters,
  sons, daughters, roommate, flatmate, friend, neighbour, neighbor, girlfriend, boyfriend, fiance, stepfather, stepmother, grandparents, maternal grandmother, child, children
`);
/** A relative who takes; one who gives is no taker. */
export const takingVerbs: readonly string[] = phrases(`
  takes, took, is on, are on, was on, were on, on, uses, used, is taking, are taking, was taking, takes regular, has been on, had been on, has taken, had taken, is treated with, was treated with, receives, received, is prescribed, was prescribed,
  is maintained on, has, had, is using, needs, needed, is receiving, lives on, is managed with, gets, started, was started on, also takes, both take, take, has been taking, is allergic to, was given, is given, injects, died on, being treated with
`);
