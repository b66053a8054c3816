import { phrases } from './words.ts';

/** What makes a sentence of an assessment a plan item. */
export const planWords: readonly string[] = phrases(`
  will, we will, i will, plan, plans, planned, recommend, recommended, recommendation, recommendations, advise, advised, order, ordered, obtain, schedule, scheduled, refer,
  referred, referral, referrals, prescribe, prescribed, prescription, prescriptions, start, started, initiate, initiated, continue, continued, continues, increase, increased,
  decrease, decreased, stop, stopped, discontinue, discontinued, hold, resume, refill, refilled, refills, follow up, follow-up, followup, return, repeat, recheck, monitor, check,
  consult, consultation, encouraged, counseled, counselled, instructed, discussed, educated, consider, should, needs, need, would like, agree, agrees, testing, treatment, therapy, treat,
  avoid, limit, use, take, apply, call, contact, surgery, proceed, request, requested, provided, given, administer, administered, further evaluation, education, change, switch, add
`);

/** Polite phrases of most letters: no plan by themselves. */
export const courtesies: readonly string[] = phrases(`
  questions were answered, questions answered, understands and agrees, understood and agreed, verbalizes understanding, verbalises understanding, verbalized understanding, verbalised understanding, expressed understanding, voiced understanding,
  in agreement with the plan, in agreement with the treatment plan, agrees with the plan, agrees with this plan, agreed to this plan, agreeable to this plan, agreeable to the plan, agrees with the treatment plan, understands the plan, risks and benefits were, risks and benefits discussed, risks benefits and alternatives,
  risks and benefits of, electronically signed by, signed electronically by, digitally signed by, electronically authenticated by, dictated by, time was spent, thank you for, pleasure to see, pleasure to meet
`);
