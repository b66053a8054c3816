import { phrases } from './words.ts';

/** What makes a sentence of an assessment a plan item. */
export const planWords: readonly string[] = phrases(`
  will, we will, i will, plan, plans, planned, recommend, recommended, recommendation, recommendations, advise, advised, order, ordered, obtain, schedule, scheduled, refer,
  referred, referral, referrals, prescribe, prescribed, prescription, prescriptions, start, started, initiate, initiated, continue, continued, continues, increase, increased,
  decrease, decreased, stop, stopped, discontinue, discontinued, hold, resume, refill, refilled, refills, follow up, follow-up, followup, return, repeat, recheck, monitor, check,
  consult, consultation, encouraged, counseled, counselled, instructed, discussed, educated, consider, should, needs, need, would like, agree, agrees, testing, treatment, therapy, treat,
  avoid, limit, use, take, apply, call, contact, surgery, proceed, request, requested, provided, given, administer, administered, further evaluation, education, change, switch, add
`);
