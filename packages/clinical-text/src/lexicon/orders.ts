import type { Route } from '../model.ts';
import { phrases } from './words.ts';

export interface FrequencyEntry {
  readonly timesPerDay?: readonly [number, number];
  readonly everyHours?: readonly [number, number];
  /** "as needed" */
  readonly prn?: boolean;
  /** Prescribers' Latin, and nothing else: it shows that the word before it is a drug. */
  readonly latin?: boolean;
  readonly phrases: readonly string[];
}

const perDay = (times: number, text: string, latin = false): FrequencyEntry => ({
  timesPerDay: [times, times],
  phrases: phrases(text),
  ...(latin && { latin }),
});
const everyHours = (hours: number, text: string): FrequencyEntry => ({
  everyHours: [hours, hours],
  phrases: phrases(text),
});

/** How often, in words, in prescribers' Latin and on German charts. */
export const frequencyEntries: readonly FrequencyEntry[] = [
  perDay(
    1,
    `daily, once daily, once a day, once per day, one time a day, one time per day, every day, each day, per day, a day, qday, q day,
    every morning, every evening, every night, each morning, each night, nightly, at night, at bedtime, at bed time, before bed, in the morning,
    in the evening, in the afternoon, with breakfast, with dinner, with supper, at teatime, täglich, tgl, 1x tgl, einmal täglich, morgens, abends, mittags, zur nacht`,
  ),
  perDay(
    1,
    'qd, q.d., qhs, q.h.s., qam, q.a.m., qpm, q.p.m., od, o.d., nocte, mane, om, hs, h.s., noct, qhs prn, daily prn, qpm prn',
    true,
  ),
  perDay(
    2,
    'twice daily, twice a day, twice per day, two times a day, two times daily, two times per day, zweimal täglich',
  ),
  perDay(2, 'bid, b.i.d., bd, b.d., bds, b.d', true),
  perDay(
    3,
    'three times a day, three times daily, three times per day, thrice daily, with meals, before meals, after meals, dreimal täglich',
  ),
  perDay(3, 'tid, t.i.d., tds, t.d.s., tds, tid prn', true),
  perDay(4, 'four times a day, four times daily, four times per day'),
  perDay(4, 'qid, q.i.d., qds, q.d.s., qds', true),
  perDay(5, 'five times daily, five times a day, five times per day'),
  everyHours(1, 'hourly, per hour'),
  everyHours(6, 'per 6 hours'),
  everyHours(8, 'per 8 hours'),
  everyHours(12, 'per 12 hours'),
  everyHours(48, 'every other day, qod, q.o.d., alternate days, on alternate days, every second day'),
  everyHours(168, 'weekly, once weekly, once a week, every week, qweek, per week, a week, wöchentlich'),
  {
    phrases: phrases(`
      with food, twice weekly, twice a week, twice per week, three times a week, three times weekly, three times per week, thrice weekly,
      every other week, biweekly, fortnightly, monthly, once a month, every month, per month, a month, yearly, annually, once yearly,
      continuous, continuously, around the clock, once, once only, single dose
    `),
  },
  { latin: true, phrases: phrases('stat, ac, a.c., pc, p.c.') },
  { prn: true, phrases: phrases('as needed, as required, when required, if needed, if required, bei bedarf') },
  { prn: true, latin: true, phrases: phrases('prn, p.r.n.') },
];

/** Days on which a dose is taken. */
export const weekdays: readonly string[] = phrases(`
  mon, monday, mondays, tue, tues, tuesday, tuesdays, wed, weds, wednesday, wednesdays, thu, thur, thurs, thursday, thursdays,
  fri, friday, fridays, sat, saturday, saturdays, sun, sunday, sundays
`);

const route = (value: Route, text: string): { readonly value: Route; readonly phrases: readonly string[] } => ({
  value,
  phrases: phrases(text),
});

export const routeEntries: readonly { readonly value: Route; readonly phrases: readonly string[] }[] = [
  route('oral', 'by mouth, orally, oral, po, p.o., per os'),
  route('intravenous', 'iv, i.v., intravenous, intravenously, ivi, iv bolus, iv infusion'),
  route('intramuscular', 'im, i.m., intramuscular, intramuscularly'),
  route('subcutaneous', 'sc, sq, subq, sub-q, s.c., s/c, subcut, subcutaneous, subcutaneously'),
  route('sublingual', 'sublingual, sublingually, sl, s/l, buccal, under the tongue'),
  route(
    'inhaled',
    'inhaled, inhalation, nebulized, nebulised, via inhaler, via nebulizer, via nebuliser, inh, via spacer',
  ),
  route('nasal', 'nasal, intranasal, intranasally, nasally'),
  route('topical', 'topical, topically'),
  route('transdermal', 'transdermal, transdermally'),
  route('rectal', 'rectal, rectally, per rectum, pr'),
  route('vaginal', 'vaginal, vaginally'),
  route('ophthalmic', 'ophthalmic'),
  route('otic', 'otic'),
  route('intrathecal', 'intrathecal, intrathecally'),
  route('epidural', 'epidural'),
  route('enteral', 'per tube, ng, g-tube, via ng tube, via peg, via ng, peg'),
  route(
    'other',
    `intravitreal, intra-articular, intraarticular, intraperitoneal, intradermal, intraarterial, parenteral, infusion, injection,
    by injection`,
  ),
];

/** Forms that may stand between a drug and its dose. */
export const doseForms: readonly string[] = phrases(`
  tablet, tablets, tab, tabs, capsule, capsules, caps, inhaler, mdi, dpi, evohaler, accuhaler, turbohaler, respimat, handihaler, cream, ointment, gel, lotion,
  eye drops, ear drops, nasal spray, spray, patch, patches, injection, inj, suspension, susp, solution, syrup, elixir, sachet, sachets,
  suppository, suppositories, pessary, mr, m/r, xl, sr, er, la, cr, xr, ec, e/c, pen, flexpen, kwikpen, solostar, drip, infusion, dispersible, soluble,
  modified release, oral solution, powder, granules
`);

/** Doses without a number. */
export const doseWords: readonly string[] = phrases(`
  low dose, low-dose, low doses, high dose, high-dose, high doses, small dose, small doses, single dose, full dose, tapering dose, tapering doses,
  maintenance dose, loading dose, stress dose, stress-dose, moderate dose, prophylactic dose, therapeutic dose, half dose, sliding scale
`);
