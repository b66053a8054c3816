import { phrases } from './words.ts';

/** Units in which a drug is dosed. */
export const doseUnits: readonly string[] = phrases(`
  mg, mgs, milligram, milligrams, g, gm, gms, gram, grams, mcg, ug, µg, μg, microgram, micrograms, ng, kg, ml, mls, cc, l, liter, liters, litre, dl,
  milliliter, milliliters, unit, units, u, iu, ui, international units, miu, meq, mmol, mol, mcg/hr, %, percent, gtt, drop, drops, tablet, tablets, tab, tabs,
  capsule, capsules, cap, caps, pill, pills, puff, puffs, spray, sprays, patch, patches, ampule, ampules, vial, vials,
  teaspoon, teaspoons, tsp, tablespoon, tablespoons, tbsp, lozenge, suppository, suppositories, application, dose, doses,
  cycle, cycles, infusion, infusions, course, courses, bolus, boluses, session, sessions, packet, packets, gy, cgy, mci
`);

/** What a dose may be counted by, after a slash or "per". */
export const perUnits: readonly string[] = phrases(`
  kg, m2, m, day, d, hour, hr, h, min, minute, week, wk, month, mo, cycle, ml, dose, year, j, kilogram, l, dl, hours, days, weeks, sec, m²
`);

/** How often, in words and in prescribers' Latin. */
export const frequencies: readonly string[] = phrases(`
  daily, once daily, twice daily, once a day, twice a day, three times a day, three times daily, four times a day,
  four times daily, five times daily, 2 times a day, 3 times a day, 4 times a day, 5 times a day, 2 times daily, 3 times daily,
  4 times daily, 5 times daily, once per day, twice per day, one time a day, one time per day, two times a day, two times daily,
  three times per day, every day, each day, every other day, every morning, every evening, every night, each morning,
  each night, nightly, at night, at bedtime, before bed, in the morning, in the evening, in the afternoon, with meals, before meals,
  after meals, with food, weekly, once weekly, once a week, twice weekly, twice a week, twice per week, three times a week,
  three times weekly, every week, every other week, biweekly, monthly, once a month, every month, yearly, annually,
  as needed, prn, p.r.n., qd, q.d., bid, b.i.d., tid, t.i.d., qid, q.i.d., qhs, q.h.s., qam, q.a.m., qpm, q.p.m., qod, q.o.d., qday, q day,
  hs, h.s., ac, a.c., pc, p.c., qweek, od, bd, tds, qds, nocte, mane, stat, per day, per week, per month, a day, a week, a month, per hour, hourly,
  continuous, continuously, around the clock, once, once only, single dose, qhs prn, daily prn, per 6 hours, per 8 hours, per 12 hours
`);

export const routes: readonly string[] = phrases(`
  by mouth, orally, oral, po, p.o., per os, iv, i.v., intravenous, intravenously, im, i.m., intramuscular, intramuscularly, sc, sq,
  subq, s.c., subcutaneous, subcutaneously, sublingual, sublingually, sl, topical, topically, transdermal, inhaled, inhalation,
  nebulized, nasal, intranasal, intranasally, rectal, rectally, per rectum, pr, vaginal, vaginally, ophthalmic, otic, intrathecal,
  intrathecally, epidural, intravitreal, intra-articular, intraarticular, intraperitoneal, intradermal, via inhaler, buccal,
  via nebulizer, per tube, ng, g-tube, via ng tube, intraarterial, parenteral, infusion, injection, by injection
`);

/** Numbers in words. */
export const numberWords: readonly string[] = phrases(`
  one, two, three, four, five, six, seven, eight, nine, ten, half, one-half, twelve, twenty, thirty, forty, fifty, hundred, five hundred,
  two hundred, three hundred, four hundred, thousand, one thousand, multiple, several, few
`);

/** Doses without a number. */
export const doseWords: readonly string[] = phrases(`
  low dose, low-dose, low doses, high dose, high-dose, high doses, small dose, small doses, single dose, full dose, tapering dose, tapering doses,
  maintenance dose, loading dose, stress dose, stress-dose, moderate dose, prophylactic dose, therapeutic dose, half dose
`);

/** Words that end a medication before it was taken: the drug is named, but not in use. */
export const stopWords: readonly string[] = phrases(`
  stop, stopped, stopping, discontinue, discontinued, discontinuing, held, hold, holding, off, allergic to, allergy to, allergies, avoid, avoiding,
  intolerant of, intolerance to, refused, refuses, declined, weaned off, quit taking, ran out of, run out of
`);
