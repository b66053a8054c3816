import { expand } from './trigger-classes.ts';
import { phrases } from './words.ts';

/**
 * What a phrase says about the concepts that it reaches. After ConText (Harkema et al. 2009), with doubt in three steps.
 * `indication`: why an examination was asked for is of today even where it says "history of".
 */
export type Effect =
  | 'negated'
  | 'possible'
  | 'likely'
  | 'unlikely'
  | 'resolved'
  | 'historical'
  | 'hypothetical'
  | 'generic'
  | 'other'
  | 'recent'
  | 'indication';
export type Reach = 'forward' | 'backward' | 'both';
export interface Trigger {
  /**
   * `pseudo` only looks like a trigger; `stop` ends every scope; `turn` ends those of negation and doubt alone;
   * `exclusion` is decided by the words around it: "PE was excluded", "cannot exclude PE", "PE not yet excluded".
   */
  readonly kind: Effect | 'pseudo' | 'stop' | 'turn' | 'exclusion';
  readonly reach: Reach;
  /** Tokens that it reaches; the item where absent. */
  readonly window?: number;
  /** Its list goes on after a semicolon: "denies cough; fever; chills". */
  readonly lists?: true;
  /** It ends a negation before it: "does not allow us to exclude". */
  readonly decides?: true;
  /** Minimum number of words between a scope's cue and this trigger for the trigger to end the scope. */
  readonly apart?: number;
}
export interface TriggerList extends Trigger {
  readonly phrases: readonly string[];
}

/** Negations of lists, which go on after a semicolon. */
const listing: ReadonlySet<string> = new Set(
  phrases(
    'denies, denied, deny, denying, negative for, neg for, denies any, denied any, denies having, denies recent, -ve for, with negative',
  ),
);

export const contextTriggers: readonly TriggerList[] = [
  {
    kind: 'pseudo',
    reach: 'forward',
    phrases: phrases(`
      no increase, no suspicious change, no significant change, no change, no interval change, no significant interval change,
      no definite change, not cause, not certain if, not certain whether, not necessarily, not only, not drain,
      not extend, without difficulty, gram negative, gram-negative, her2 negative, her2-negative, her-2 negative, er negative, er-negative, pr negative, pr-negative, triple negative, triple-negative, node negative, node-negative, rhesus negative, rh negative, culture negative, culture-negative, hpv negative, hpv-negative, ebv negative, kras negative, alk negative, not sure, not just,
      not change, not changed, year old, years old, year-old, yo, y/o, yr old, month old, week old, no known cause, no known etiology, no longer responding, not been the cause,
      negative pressure, negative inspiratory force, no improvement, not improve, not improved, not better, not getting better,
      not resolve, not resolved, not resolving, not subsided, not subside, not gone away, not go away, not help, not helped,
      not seem to help, not relieve, not relieved, not responded, not respond, no relief, without relief, without improvement,
      without significant relief, without success, not well controlled, not controlled, not well-controlled, no doubt,
      not a candidate, not taking, not take, not taken, no response, not able to, not tolerate, not fully, not completely,
      not complete, not currently taking, not been taking, not compliant, not too, no evaluation, no more than,
      no less than, not limited to, not unusual, not uncommon, with or without, no small, no appreciable change,
      no medications for, no treatment for, non-small, history and physical, history taking, history physical,
      poor historian, past the, without intervention, no specific, without aggravating, not know, not known, not clear, still to be,
      not clearly, not obvious why, no clear etiology, yet to, without doubt, without a doubt, beyond doubt, room for doubt
    `),
  },
  {
    // Two negations affirm: "no longer denies".
    kind: 'pseudo',
    reach: 'forward',
    phrases: [
      ...expand('{auxNot} {deny}'),
      ...expand('{auxNot} {yet} {endedVerb}'),
      ...expand('{auxNot} {yet} able to'),
      ...expand('{auxNot} without'),
      // A finding of an earlier examination is not necessarily past.
      ...expand('{earlier} {study}'),
      // An unexplained finding is present: "no cause found for the anaemia".
      ...expand('no {clear} {explanation} for'),
      ...expand('{hardly} {change}'),
      ...expand('{relative} {says}'),
      ', with or without',
    ],
  },
  {
    kind: 'exclusion',
    reach: 'both',
    phrases: phrases(`
      exclude, excludes, excluded, rule out, rules out, ruled out, ruling out, rule-out, discounted, disproved, disproven, refuted, to exclude, to rule out
    `),
  },
  {
    kind: 'negated',
    reach: 'forward',
    phrases: phrases(`
      no, not, not yet, without, w/o, denies, denied, deny, denying, absence of, absent, never, never had, never has, never developed,
      negative for, neg for, no evidence of, no evidence for, no evidence to suggest, no sign of, no signs of,
      no signs or symptoms of, no symptoms of, no history of, no hx of, no findings of, no findings to suggest,
      no suggestion of, no suspicion of, no indication of, no complaints of, no complaint of, no cause of, no abnormal,
      no new evidence of, no other evidence of, no radiographic evidence of, no mammographic evidence of, not have, not had,
      not appear, not appreciate, not associated with, not complain of, not demonstrate, not exhibit, not feel, not know of,
      not known to have, not reveal, not see, not show, not to be, not report, not endorse, not indicate, not experience,
      not experienced, not experiencing, not notice, not have evidence of, not had any, not given a history of, free of, lack of, lacked, lacking, lacks, ruled out for, ruled out of,
      unremarkable for,
      with no, without evidence of, without any evidence of, without indication of, without sign of, without signs of,
      doesn't have, doesn't, don't have, don't, didn't, hasn't, hasn't had, haven't, isn't, wasn't, aren't, weren't, can't,
      non, nor, neither, none of, declines, declined, checked for, evaluate for no, excluding,
      rather than, instead of, nothing suggestive of, negative, afebrile without, unlikely to have, with negative,
      patient was not, is not, are not, was not, were not, has no, have no, had no, resolved without, does not have any,
      cannot see, denies any, denies having, denies recent, denied any, no overt, no obvious, no apparent, no acute, no gross,
      no recent, no current, no active, no significant, no focal, no associated, no prior, no previous, no personal history of,
      no family history of, no known family history of, no fh of, no fhx of, nil family history of, nil fh of, nil fhx of, free from, clear of, disclaims, disavows, nil, zero, no further, without further, no new, no other, -ve for, neg, not consistent with, inconsistent with,
      nothing to suggest, nothing to indicate, nothing in keeping with, no features of, no features to suggest, no features suggestive of, no signs suggestive of, no symptoms suggestive of, no findings suggestive of, no clinical evidence of, no clinical signs of, no clinical features of, no known, without known, no history, no hx, not been, no one with, no longer has, no longer having, no more
    `).filter((phrase) => !listing.has(phrase)),
  },
  {
    kind: 'negated',
    reach: 'forward',
    lists: true,
    phrases: [
      ...listing,
      ...expand('{be} negative for'),
      ...expand('{be} neg for'),
      ...expand('{turned} negative for'),
      // A relative who speaks for the patient, also to deny.
      ...expand('{relative} {deny}'),
    ],
  },
  {
    kind: 'negated',
    reach: 'forward',
    phrases: [
      ...expand('{auxNot} yet'),
      ...expand('{fail} to {reveal}'),
      // "Not due to heart failure": the cause is denied, not the symptom before it.
      ...expand('{auxNot} {dueTo}'),
    ],
  },
  {
    kind: 'negated',
    reach: 'backward',
    window: 20,
    phrases: phrases(`
      is absent, are absent, was absent, were absent, absent, not present, is not present, was not present, not seen,
      was not seen, were not seen, is not seen, are not seen, not identified, was not identified, were not identified,
      not demonstrated, not appreciated, was not appreciated, not noted, was not noted, were not noted, not visualized,
      not detected, was not detected, not found, was not found, were not found, not evident, not observed, was denied,
      were denied, is denied, are denied, denied, was negative, is negative, were negative, are negative, was not elicited, not elicited, not palpated, not palpable, not reported, not apparent,
      not felt, : absent, not demonstrable, not endorsed, are normal, not a concern, never been diagnosed
    `),
  },
  {
    kind: 'negated',
    reach: 'backward',
    window: 20,
    phrases: [
      ...expand('{auxNot} {plainly} {seen}'),
      ...expand('{turned} negative'),
      ...expand('{auxNot} {plainly} {undertaken}'),
    ],
  },
  {
    kind: 'possible',
    reach: 'backward',
    window: 20,
    phrases: expand('{auxNot} {plainly} confirmed'),
  },
  {
    kind: 'negated',
    reach: 'backward',
    window: 4,
    phrases: phrases(`none, negative, - none, none known, neg, nil`),
  },
  {
    kind: 'resolved',
    reach: 'backward',
    window: 12,
    phrases: [
      ...expand('{have} {now} {ended}'),
      ...expand('{have} been {ended}'),
      ...expand('{be} {now} resolved'),
      ...expand('{be} {now} gone'),
      ...expand('{endedPlain}'),
      ...expand('{auxNot} {yet} {returned}'),
      ...expand('{which} {endedPlain}'),
      ...expand('{which} {have} {now} {ended}'),
      ...expand('{noLonger} {trouble}'),
      ...phrases('grown out of it, grew out of it, outgrew it, outgrown, since outgrown, outgrew, grown out of'),
    ],
  },
  {
    kind: 'resolved',
    reach: 'forward',
    window: 6,
    phrases: phrases(
      'resolved :, now resolved :, resolution of, recovered from, recovery from, disappearance of, cessation of',
    ),
  },
  {
    kind: 'unlikely',
    reach: 'forward',
    phrases: [
      ...expand('{little} {suspicion}'),
      ...expand('{doNot} {believe} {that} {heHas}').filter((phrase) => phrase !== 'not feel'),
      ...phrases(`doubt, doubts, doubtful for, i doubt, we doubt, unlikely to be, unlikely to represent, not likely to be, not suspicious for,
        not concerning for, not suggestive of, not typical for, not typical of, argues against, argue against, arguing against, speaks against, against`),
    ],
  },
  {
    kind: 'unlikely',
    reach: 'backward',
    window: 20,
    phrases: [
      ...expand('{be} {most} unlikely'),
      ...expand('{most} unlikely'),
      ...expand('{be} {most} doubtful'),
      ...phrases(`less likely, is less likely, doubtful, improbable, is improbable, not suspected, is not suspected, was not suspected, not likely, is not likely, not thought to be likely,
        not favored, not favoured, least likely, much less likely, lower on the differential, low on the differential, seems unlikely, felt unlikely`),
    ],
  },
  {
    kind: 'likely',
    reach: 'forward',
    phrases: phrases(`
      probable, probably, likely, likely to be, is likely to be, are likely to be, is most likely to be, likely to represent, most likely, presumed, presumptive, presumably, very likely, favor, favors, favour, favours, suggestive of, consistent with, compatible with,
      in keeping with, appears to be, appears to have, thought to be, seems to be, impression of
    `),
  },
  {
    kind: 'possible',
    reach: 'forward',
    phrases: phrases(`
      possible, possibly, possibility of, questionable, question of, suspect, suspected,
      suspicious for, suspicion of, suspicion for, concern for, concerning for, concerned about, concerned for, worrisome for,
      r/o, ro, may be, may have, may represent, might be, might have, could be, could represent, could have,
      suggesting, suggests, suggest, consider, differential,
      differential diagnosis includes, differential includes, versus, vs,
      evaluate for, evaluation for, perhaps, query, queried, ? due to, ? secondary to,
      potential, potentially, risk of, at risk for, apparent, apparently, cannot see past, in case this is, equivocal for, raises concern for,
      raise concern for, raising concern for, raises the possibility of, raise the possibility of, raising the possibility of, ddx, ddx includes, worried about, worries about, worrying about, fearful of, fear of, fears having, anxious about, scared of, worries about having, worried about having
    `),
  },
  {
    kind: 'possible',
    reach: 'forward',
    phrases: [
      // "Cannot be certain that this is not a TIA"
      ...['cannot be', "can't be", 'not', 'cannot say', 'hard to be'].flatMap((doubt) =>
        ['certain', 'sure'].flatMap((sure) =>
          ['this', 'that this', 'it', 'that it', 'she does', 'he does'].flatMap((subject) =>
            (/does$/.test(subject) ? ['not have'] : ['is not', "isn't", 'was not']).map(
              (verb) => `${doubt} ${sure} ${subject} ${verb}`,
            ),
          ),
        ),
      ),
      ...expand('{modal} {even} {cause}'),
      ...expand('{relative} {fears}'),
      ...expand('{heightened} risk {for}'),
      ...phrases('risk factors for, risk factor for, predisposed to, predisposition to, prone to'),
    ],
  },
  {
    // A comparison or a fear of the patient.
    kind: 'possible',
    reach: 'forward',
    window: 6,
    phrases:
      phrases(`felt like a, felt like an, feels like a, feels like an, feeling like a, thought he was having, thought she was having, thought they were having, thought he had had,
      thought she had had, felt he was having, felt she was having, as if having, as though having, afraid of having, worried that he was having, worried that she was having`),
  },
  {
    kind: 'likely',
    reach: 'backward',
    window: 12,
    phrases: phrases(
      'is likely, is probable, most likely, is most likely, are likely, favored, favoured, is favored, is favoured',
    ),
  },
  {
    kind: 'possible',
    reach: 'backward',
    window: 12,
    phrases: phrases(`
      is possible, is suspected, was suspected, are suspected, were suspected, is questioned, was queried, is queried, queried,
      is questionable, is considered, was considered, is being considered, are being considered, being considered, under consideration, versus, vs, may be present, might be present, could be present,
      suspected, is a consideration, is a possibility, remains a possibility, remains possible, is on the differential, on the differential,
      in the differential, cannot be confirmed, not confirmed, unconfirmed, equivocal, to be confirmed, is in the differential
    `),
  },
  {
    kind: 'generic',
    reach: 'forward',
    phrases: [
      ...expand('{taught} {the} {signs}'),
      ...expand('{the} {signs}').filter((phrase) => /^(?:warning|red flag|potential|possible) /.test(phrase)),
      ...phrases(`vaccine for, vaccination for, vaccination against, vaccine against, vaccinated against, vaccinated for, immunised against, immunized against, immune to,
        immunisation against, immunization against, tested for, screened for, prophylaxis against, protection against, protect against, protects against`),
    ],
  },
  { kind: 'generic', reach: 'backward', window: 2, phrases: phrases('risk, risks, risk score') },
  { kind: 'historical', reach: 'backward', window: 2, phrases: ['childhood'] },
  {
    kind: 'generic',
    reach: 'forward',
    window: 8,
    phrases: phrases(
      'educated about, educated on, educated regarding, reassured about, reassured regarding, warned about, warned of, warned re, warned regarding, cautioned about, cautioned regarding, cautioned of, counselled about, counselled regarding, counseled about, leaflet about, leaflet on, leaflet re, leaflets on, leaflets about, information on, information about, advice about, advice on, advice re, education on, education about, teaching on, teaching about',
    ),
  },
  {
    kind: 'generic',
    reach: 'backward',
    window: 3,
    phrases: phrases(`
      prophylaxis, vaccine, vaccines, vaccination, vaccinations, immunisation, immunization, immunisations, immunizations, jab, jabs, booster, leaflet, education, prevention, screening,
      precautions, counseling, counselling, awareness, handout, advice, leaflets, risk assessment, ppx, teaching, vax
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
      previous diagnosis of, prior diagnosis of, status post, s/p, past surgical history, old, remote, a history of, history, hx, used to suffer from, used to suffer with, used to have, used to get, used to experience, previously had, previously suffered, previously developed, previously treated for,
      previously admitted with
    `),
  },
  { kind: 'historical', reach: 'forward', phrases: expand('{inYouth} {heHad}') },
  { kind: 'historical', reach: 'backward', window: 10, phrases: expand('{inYouth}') },
  // Only directly after the term: "asthma review in March" does not mean past asthma.
  { kind: 'historical', reach: 'backward', window: 1, phrases: expand('in {month}') },
  {
    kind: 'historical',
    reach: 'backward',
    window: 3,
    phrases: ['with', 'in', 'during'].flatMap((preposition) =>
      [
        'both pregnancies',
        'her first pregnancy',
        'her last pregnancy',
        'a previous pregnancy',
        'her previous pregnancy',
        'previous pregnancies',
        'her pregnancies',
        'all pregnancies',
      ].map((pregnancy) => `${preposition} ${pregnancy}`),
    ),
  },
  {
    kind: 'historical',
    reach: 'backward',
    window: 3,
    phrases: phrases('( previous, ( prev, ( previously, ( old, ( past'),
  },
  {
    kind: 'historical',
    reach: 'backward',
    window: 10,
    phrases: phrases(`
      in the past, history, years ago, year ago, several years ago, many years ago, in the remote past, years prior, last year, last winter, last summer, last spring, last autumn, decades ago, the last time
    `),
  },
  {
    kind: 'recent',
    reach: 'forward',
    phrases: phrases(`
      day history of, week history of, month history of, hour history of, days history of, weeks history of,
      months history of, hours history of, several day history of, several week history of, recent history of,
      patient history, history :, hx :, with residual, residual, left with, with ongoing, history of present illness, history of presenting illness, hpi,
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
      call the office, call 911 for, call 999 for, call 911 if, call 999 if, dial 999 for, dial 911 for, call an ambulance for,
      go to ed for, go to the ed for, go to the er for, come back with, return with, attend with, should symptoms, should pain, should any, should this, should there, should his,
      should her, observe for, observing for, notify, alert the physician, contact us with, seek medical attention, seek care, any of the following,
      return precautions, in case of, in the event of, unless, as needed for, prn for, p.r.n. for, prn, to prevent,
      safety netted re, safety netted for, safety netted about, safety-netted re, safety-netted for, safety net re, safety net for, red flags for, in the event that, advised if,
      prophylaxis for, prevention of, screening for, screen for, watch for, monitor for, look for, signs of worsening,
      seek help for, seek help if, seek medical help, seek urgent help, seek advice if, seek advice for, attend ed if, attend a&e if, attend if, ring if, phone if, report any, please report, to report, must report, report immediately, report promptly, look out for, be alert for, be alert to, instructed to return, instructed to call, return immediately, will call, should call, should return
    `),
  },
  {
    kind: 'other',
    reach: 'forward',
    phrases: phrases(`
      family history, family history of, no family history of, no known family history of, no fh of, no fhx of, nil family history of, nil fh of, nil fhx of, family hx, fh, fhx, mother, father, mom, dad, brother, brothers, sister, sisters, mum, mom's, mum's,
      sibling, siblings, parents, grandmother, grandfather, grandparents, aunt, aunts, uncle, uncles, cousin, cousins, son,
      sons, daughter, daughters, maternal, paternal, wife, husband, spouse, twin, niece, nephew,
      first degree relative, first-degree relatives, relatives, family member, family members, donor
    `),
  },
  {
    kind: 'other',
    reach: 'forward',
    window: 5,
    phrases: phrases(
      'fetal, foetal, fetus with, foetus with, fetus has, foetus has, partner has, partner had, flatmate has, roommate has, colleague has, friend has, friend had, classmate with',
    ),
  },
  { kind: 'other', reach: 'forward', phrases: expand('{relative} who {have}') },
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
      mother reports, father states, father reports, mom states, mom reports, mom says, dad says,
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
    // Back to the patient, after a relative: "strong family history of cancer; she presents with bleeding".
    kind: 'stop',
    reach: 'both',
    phrases: expand('{patient} {speaks}'),
  },
  {
    // A new statement after a comma: "no fever, has a cough".
    kind: 'stop',
    reach: 'both',
    phrases: phrases(
      `has, had, have, does, now, c/o, complaining of, complains of, complains, complained of, reports, reported, admits, admits to, endorses, describes, presents with,
      presented with, developed, is, was, feels, felt, shows, showed, gets, still has`,
    ).flatMap((verb) => [`, ${verb}`, `; ${verb}`]),
  },
  {
    // "Without relevant history developed jaundice", but not "never developed jaundice".
    kind: 'turn',
    reach: 'both',
    apart: 3,
    phrases: ['developed', 'underwent', 'sustained', 'suffered'],
  },
  {
    kind: 'turn',
    reach: 'both',
    phrases: ['incidental', 'incidentally', ', with', ', w/', 'ruled in', 'ruled in for', 'rules in'],
  },
  {
    kind: 'turn',
    reach: 'both',
    phrases: phrases(`
      except, except for, apart from, aside from, other than, besides, secondary to, due to, as a cause of, as the cause of,
      as the source of, as the etiology of, as a result of, because, therefore, where, when, while, since, until, after,
      has had, remained, remains, positive for, but has, so that, as needed, has been having, trigger, causing, cause for,
      causes of, cause of, reason for, origin for, origin of, source for, source of, etiology of, etiology for, still, because of, owing to,
      on account of, in spite of, despite, thanks to, attributed to, caused by, as well as new, in the setting of, in the context of, given his, given her, given the, given this, given that, given these, given a, given their
    `),
  },
];

/** Tokens that a forward negation reaches at most. */
export const negationWindow = 40;
