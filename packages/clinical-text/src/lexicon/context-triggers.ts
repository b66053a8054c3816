import { phrases } from './words.ts';

/** What a phrase says about the concepts that it reaches. After ConText (Harkema et al. 2009). */
export type Modifier = 'negated' | 'uncertain' | 'historical' | 'hypothetical' | 'other' | 'recent' | 'indication';
export type Reach = 'forward' | 'backward' | 'both';
export interface Trigger {
  /**
   * `pseudo` only looks like a trigger; `stop` ends every scope; `turn` ends those of negation and doubt alone;
   * `indication` (why an examination was asked for) is of today even where it says "history of".
   */
  readonly kind: Modifier | 'pseudo' | 'stop' | 'turn';
  readonly reach: Reach;
  /** Tokens that it reaches; the sentence where absent. */
  readonly window?: number;
}
export interface TriggerList extends Trigger {
  readonly phrases: readonly string[];
}

export const contextTriggers: readonly TriggerList[] = [
  {
    kind: 'pseudo',
    reach: 'forward',
    phrases: phrases(`
      no increase, no suspicious change, no significant change, no change, no interval change, no significant interval change,
      no definite change, not cause, not certain if, not certain whether, not necessarily, not only, not drain,
      not extend, without difficulty, gram negative, gram-negative, not sure, not just,
      not change, not changed, year old, years old, year-old, yo, y/o, yr old, month old, week old, no known cause, no known etiology, no longer responding, not been the cause,
      negative pressure, negative inspiratory force, no improvement, not improve, not improved, not better, not getting better,
      not resolve, not resolved, not resolving, not subsided, not subside, not gone away, not go away, not help, not helped,
      not seem to help, not relieve, not relieved, not responded, not respond, no relief, without relief, without improvement,
      without significant relief, without success, not well controlled, not controlled, not well-controlled, no doubt,
      not a candidate, not taking, not take, not taken, no response, not able to, not tolerate, not fully, not completely,
      not complete, not currently taking, not been taking, not compliant, not too, no evaluation, no more than,
      no less than, not limited to, not unusual, not uncommon, with or without, no small, no appreciable change,
      no medications for, no treatment for, non-small, history and physical, history taking, history physical,
      poor historian, past the, without intervention, could not be excluded,
      cannot be excluded, can not be excluded, not be excluded, cannot exclude, could not exclude, can not exclude,
      not excluded, not ruled out, cannot rule out, could not rule out, cannot be ruled out, not be ruled out, no specific,
      without aggravating, because of, not know, not known, not clear, not clearly, not obvious why, no clear etiology
    `),
  },
  {
    kind: 'negated',
    reach: 'forward',
    phrases: phrases(`
      no, not, without, w/o, denies, denied, deny, denying, absence of, absent, never, never had, never has, never developed,
      negative for, neg for, no evidence of, no evidence for, no evidence to suggest, no sign of, no signs of,
      no signs or symptoms of, no symptoms of, no history of, no hx of, no findings of, no findings to suggest,
      no suggestion of, no suspicion of, no indication of, no complaints of, no complaint of, no cause of, no abnormal,
      no new evidence of, no other evidence of, no radiographic evidence of, no mammographic evidence of, not have, not had,
      not appear, not appreciate, not associated with, not complain of, not demonstrate, not exhibit, not feel, not know of,
      not known to have, not reveal, not see, not show, not to be, not report, not endorse, not indicate, not experience,
      not experienced, not experiencing, not notice, not have evidence of, not had any, not given a history of, fails to reveal,
      failed to reveal, failed to show, free of, lack of, lacked, lacking, lacks, rules out, ruled out for, ruled him out,
      ruled her out, ruled out, ruled the patient out, can rule out, did rule out, sufficient to rule out, unremarkable for,
      with no, without evidence of, without any evidence of, without indication of, without sign of, without signs of,
      doesn't have, doesn't, don't have, don't, didn't, hasn't, hasn't had, haven't, isn't, wasn't, aren't, weren't, can't,
      non, nor, neither, none of, declines, declined, checked for, evaluate for no, exclude, excludes, excluding,
      rather than, instead of, nothing suggestive of, negative, afebrile without, unlikely to have, with negative,
      patient was not, is not, are not, was not, were not, has no, have no, had no, resolved without, does not have any,
      cannot see, denies any, denies having, denies recent, denied any, no overt, no obvious, no apparent, no acute, no gross,
      no recent, no current, no active, no significant, no focal, no associated, no prior, no previous, no personal history of,
      no family history of, free from, clear of, disclaims, disavows, nil, zero, no further, without further, no new, no other, -ve for, neg, not consistent with, inconsistent with,
      no known, without known, no history, no hx, not been, no one with, no longer has, no longer having, no more
    `),
  },
  {
    kind: 'negated',
    reach: 'backward',
    window: 20,
    phrases: phrases(`
      unlikely, was ruled out, is ruled out, has been ruled out, have been ruled out, are ruled out, were ruled out, ruled out,
      is absent, are absent, was absent, were absent, absent, not present, is not present, was not present, not seen,
      was not seen, were not seen, is not seen, are not seen, not identified, was not identified, were not identified,
      not demonstrated, not appreciated, was not appreciated, not noted, was not noted, were not noted, not visualized,
      not detected, was not detected, not found, was not found, were not found, not evident, not observed, was denied,
      were denied, is denied, are denied, denied, was negative, is negative, were negative, are negative, was excluded,
      is excluded, were excluded, was not elicited, not elicited, not palpated, not palpable, not reported, not apparent,
      not felt, : absent, not demonstrable, not endorsed, has resolved, have resolved,
      resolved, had resolved, was negative for, are normal, not a concern, never been diagnosed
    `),
  },
  {
    kind: 'negated',
    reach: 'backward',
    window: 4,
    phrases: phrases(`none, negative, - none, none known, neg, nil`),
  },
  {
    kind: 'uncertain',
    reach: 'forward',
    phrases: phrases(`
      possible, possibly, possibility of, probable, probably, likely, most likely, questionable, question of, suspect, suspected,
      suspicious for, suspicion of, suspicion for, concern for, concerning for, concerned about, concerned for, worrisome for,
      rule out, r/o, ro, may be, may have, may represent, might be, might have, could be, could represent, could have, presumed,
      presumptive, suggestive of, suggesting, suggests, suggest, consistent with, compatible with, consider, differential,
      differential diagnosis includes, differential includes, versus, vs, appears to be, appears to have, thought to be,
      evaluate for, evaluation for, to exclude, to rule out, cannot exclude, cannot rule out, could not exclude, perhaps,
      favor, favors, potential, potentially, seems to be, risk of, at risk for, apparent, apparently, query, ?
    `),
  },
  {
    kind: 'uncertain',
    reach: 'backward',
    window: 12,
    phrases: phrases(`
      is possible, is suspected, was suspected, are suspected, is likely, is probable, cannot be excluded, can not be excluded,
      could not be excluded, cannot be ruled out, could not be ruled out, not be excluded, not be ruled out, is questioned,
      is questionable, is considered, was considered, versus, vs, may be present, might be present, could be present,
      not excluded, suspected, is a consideration
    `),
  },
  {
    kind: 'historical',
    reach: 'forward',
    phrases: phrases(`
      history of, hx of, h/o, past history of, past history, past medical history, past medical history of, pmh, pmhx, pmh of,
      medical history significant for, past medical history significant for, past medical history is significant for,
      history is significant for, history significant for, history notable for, history is notable for, history remarkable for, social history,
      history is positive for, history positive for, past medical history is positive for, medical history is positive for,
      known to have, known case of, social history, past medical history is notable for, past medical history includes, history includes, history including, medical history, known history of,
      previous history of, prior history of, personal history of, remote history of, long history of, longstanding history of,
      long-standing history of, strong history of, significant history of, previous, previously diagnosed with, prior,
      previous diagnosis of, prior diagnosis of, status post, s/p, past surgical history, old, remote, a history of, history
    `),
  },
  {
    kind: 'historical',
    reach: 'backward',
    window: 10,
    phrases: phrases(`
      in the past, history, years ago, year ago, several years ago, many years ago, in childhood, as a child, as a teenager,
      in his youth, in her youth, in the remote past, years prior, last year, decades ago, the last time
    `),
  },
  {
    kind: 'recent',
    reach: 'forward',
    phrases: phrases(`
      day history of, week history of, month history of, hour history of, days history of, weeks history of,
      months history of, hours history of, several day history of, several week history of, recent history of,
      patient history, history :, history of present illness, history of presenting illness, hpi,
      history of the present illness, presents with, presented with, presenting with, presents for, presented for, presents, presented,
      presenting, complains of, complained of, complaining of, admitted with, admitted for, comes in with, came in with,
      who is admitted, now with, currently, current, today, at this time, found to have, noted to have,
      is having, recent diagnosis of, newly diagnosed, new onset, new, with complaints of, with complaint of, recent, recently
    `),
  },
  {
    kind: 'indication',
    reach: 'forward',
    phrases: phrases(`
      clinical history, clinical indication, clinical information, indication for, indication, indications, chief complaint,
      reason for exam, reason for examination, reason for visit, reason for consultation, indication for this procedure
    `),
  },
  {
    kind: 'hypothetical',
    reach: 'forward',
    phrases: phrases(`
      if, should he, should she, should the patient, should they, should you, should there be, return if, return for, return to,
      come back for, come back if, call if, call for, call also for, call the physician, call your doctor, call her doctor, call his doctor,
      call the office, notify, alert the physician, contact us with, seek medical attention, seek care, any of the following,
      return precautions, in case of, in the event of, unless, as needed for, prn for, p.r.n. for, prn, to prevent,
      prophylaxis for, prevention of, screening for, screen for, watch for, monitor for, look for, signs of worsening,
      instructed to return, instructed to call, return immediately, will call, should call, should return
    `),
  },
  {
    kind: 'other',
    reach: 'forward',
    phrases: phrases(`
      family history, family history of, family hx, fh, fhx, mother, father, mom, dad, brother, brothers, sister, sisters,
      sibling, siblings, parents, grandmother, grandfather, grandparents, aunt, aunts, uncle, uncles, cousin, cousins, son,
      sons, daughter, daughters, maternal, paternal, wife, husband, spouse, twin, niece, nephew,
      first degree relative, first-degree relatives, relatives, family member, family members, donor
    `),
  },
  {
    kind: 'other',
    reach: 'backward',
    window: 10,
    phrases: phrases(`
      in the family, runs in the family, in his family, in her family, in his mother, in her mother, in his father,
      in her father, in his brother, in her sister, in a sibling, in family members, in relatives, in his wife, in her husband
    `),
  },
  {
    kind: 'pseudo',
    reach: 'forward',
    phrases: phrases(`
      by his wife, by her husband, per mother, per father, per wife, per husband, per daughter, per son, mother states,
      mother reports, mother denies, father states, father reports, mom states, mom reports, mom says, dad says,
      mother says, mother notes, wife states, wife reports, husband states, husband reports, daughter states, daughter reports,
      son states, son reports, according to mother, according to his wife, according to her husband, by her mother,
      by his mother, by mother, lives with, brought in by, family reports, family states, mother is concerned,
      his wife noted, her husband noted, accompanied by
    `),
  },
  {
    kind: 'stop',
    reach: 'both',
    phrases: phrases(`
      but, however, nevertheless, yet, who, whom, which, although, though, she does, he does, does have, do have, did have,
      she has, he has, she had, he had, patient has, patient had, patient is, she is, he is, and she, and he, and is, and was, and has, and had,
      and then, reports, endorses, states that, admits to, admits, complains, presents, presented, presenting, even though
    `),
  },
  {
    kind: 'turn',
    reach: 'both',
    phrases: phrases(`
      except, except for, apart from, aside from, other than, besides, secondary to, due to, as a cause of, as the cause of,
      as the source of, as the etiology of, as a result of, because, therefore, where, when, while, since, until, after,
      has had, remained, remains, positive for, but has, so that, as needed, has been having, trigger, causing, cause for,
      causes of, cause of, reason for, origin for, origin of, source for, source of, etiology of, etiology for, still
    `),
  },
];

/** Tokens that a forward negation reaches at most. */
export const negationWindow = 40;
