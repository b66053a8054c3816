import { phrases } from './words.ts';

/** What a unit measures. A caller names the kinds that it accepts. */
export type UnitKind =
  | 'mass'
  | 'volume'
  | 'activity'
  | 'substance'
  | 'form'
  | 'course'
  | 'time'
  | 'ratio'
  | 'radiation'
  | 'pressure'
  | 'temperature'
  | 'length'
  | 'count'
  | 'rate'
  | 'area';

export interface Unit {
  readonly kind: UnitKind;
  /** Case-sensitive code of the Unified Code for Units of Measure; in braces where UCUM has none. */
  readonly ucum: string;
  /** Measures much else besides drugs: a dose in it must stand close to its drug. */
  readonly common: boolean;
}

export interface UnitEntry extends Unit {
  readonly spellings: readonly string[];
}

const unit = (kind: UnitKind, ucum: string, spellings: string, common = false): UnitEntry => ({
  kind,
  ucum,
  spellings: phrases(spellings),
  common,
});

/**
 * Units as notes write them, in lower case. UCUM reads `K/uL` as kelvin and refuses `mmHg`, `bpm` and `mcg`, so
 * the spelling of a note is never passed on as a code.
 */
export const units: readonly UnitEntry[] = [
  unit('mass', 'mg', 'mg, mgs, mgm, milligram, milligrams, milligramme, milligrammes'),
  unit('mass', 'ug', 'mcg, mcgs, ug, µg, μg, microgram, micrograms, microgramme, microgrammes, micrograms, mikrogramm'),
  unit('mass', 'g', 'g, gm, gms, gram, grams, gramme, grammes, gramm', true),
  unit('mass', 'g/dL', 'gm%, g%, gm %, g %', true),
  unit('mass', 'ng', 'ng, nanogram, nanograms', true),
  unit('mass', 'pg', 'pg, picogram, picograms', true),
  unit('mass', 'kg', 'kg, kgs, kilo, kilos, kilogram, kilograms, kilogramm', true),
  unit('mass', '[lb_av]', 'lb, lbs, pound, pounds', true),
  unit('mass', '[oz_av]', 'oz, ounce, ounces', true),
  unit('mass', '[stone_av]', 'stone', true),
  unit('volume', 'mL', 'ml, mls, cc, ccs, milliliter, milliliters, millilitre, millilitres', true),
  unit('volume', 'L', 'l, liter, liters, litre, litres, lt', true),
  unit('volume', 'dL', 'dl, deciliter, decilitre', true),
  unit('volume', 'uL', 'ul, µl, μl, microliter, microlitre, mcl', true),
  unit('volume', 'fL', 'fl', true),
  unit('volume', '[drp]', 'gtt, gtts, drop, drops, guttae, tropfen, trpf', true),
  unit('volume', '[tsp_us]', 'teaspoon, teaspoons, tsp, teaspoonful'),
  unit('volume', '[tbs_us]', 'tablespoon, tablespoons, tbsp, tablespoonful'),
  unit('activity', '[IU]', 'iu, ius, international unit, international units, ie, unit, units, u, ui', true),
  unit('activity', 'm[IU]', 'miu, mu', true),
  unit('activity', 'u[IU]', 'uiu, µiu, μiu', true),
  unit('activity', '10*6.[IU]', 'million units, mega units, megaunits'),
  unit('substance', 'mmol', 'mmol, mmols, millimole, millimoles', true),
  unit('substance', 'umol', 'umol, µmol, μmol, micromol, micromoles', true),
  unit('substance', 'nmol', 'nmol', true),
  unit('substance', 'pmol', 'pmol', true),
  unit('substance', 'mol', 'mol', true),
  unit('substance', 'meq', 'meq, meqs, milliequivalent, milliequivalents'),
  unit('substance', 'mosm', 'mosm', true),
  unit('form', '{tablet}', 'tablet, tablets, tab, tabs, tbl, tablette, tabletten'),
  unit('form', '{capsule}', 'capsule, capsules, caps, kapsel, kapseln'),
  unit('form', '{capsule}', 'cap', true),
  unit('form', '{pill}', 'pill, pills'),
  unit('form', '{puff}', 'puff, puffs, inhalation, inhalations, hub, hübe'),
  unit('form', '{spray}', 'spray, sprays', true),
  unit('form', '{patch}', 'patch, patches', true),
  unit('form', '{ampule}', 'ampule, ampules, ampoule, ampoules, amp, amps'),
  unit('form', '{vial}', 'vial, vials'),
  unit('form', '{sachet}', 'sachet, sachets, packet, packets, beutel'),
  unit('form', '{lozenge}', 'lozenge, lozenges'),
  unit('form', '{suppository}', 'suppository, suppositories, pessary, pessaries'),
  unit('form', '{nebule}', 'neb, nebs, nebule, nebules'),
  unit('form', '{application}', 'application, applications', true),
  unit('form', '{dose}', 'dose, doses', true),
  unit('form', '{bolus}', 'bolus, boluses', true),
  unit('course', '{cycle}', 'cycle, cycles', true),
  unit('course', '{infusion}', 'infusion, infusions', true),
  unit('course', '{course}', 'course, courses', true),
  unit('course', '{session}', 'session, sessions', true),
  unit('radiation', 'Gy', 'gy', true),
  unit('radiation', 'cGy', 'cgy', true),
  unit('radiation', 'mCi', 'mci'),
  unit('ratio', '%', '%, percent, per cent, prozent', true),
  unit('time', 's', 's, sec, secs, second, seconds'),
  unit('time', 'min', 'min, mins, minute, minutes'),
  unit('time', 'h', 'h, hr, hrs, hour, hours, std, stunde, stunden'),
  unit('time', 'd', 'd, day, days, tag, tage, tagen'),
  unit('time', 'wk', 'w, wk, wks, week, weeks, woche, wochen'),
  unit('time', 'mo', 'mo, mos, month, months, monat, monate, monaten'),
  unit('time', 'a', 'y, yr, yrs, year, years, jahr, jahre, jahren'),
  unit('pressure', 'mm[Hg]', 'mmhg, mm hg, mm of mercury, torr'),
  unit('pressure', 'cm[H2O]', 'cmh2o, cm h2o, cm of water'),
  unit('pressure', 'kPa', 'kpa'),
  unit(
    'temperature',
    'Cel',
    '°c, ℃, degrees c, degrees celsius, degree celsius, celsius, degrees centigrade, centigrade, c, deg c',
  ),
  unit('temperature', '[degF]', '°f, ℉, degrees f, degrees fahrenheit, fahrenheit, f, deg f'),
  unit('length', 'cm', 'cm, cms, centimeter, centimeters, centimetre, centimetres'),
  unit('length', 'mm', 'mm, millimeter, millimeters, millimetre, millimetres'),
  unit('length', 'm', 'm, meter, meters, metre, metres'),
  unit('length', '[in_i]', 'in, inch, inches, "'),
  unit('length', '[ft_i]', 'ft, foot, feet'),
  unit('area', 'm2', 'm2, m²'),
  unit(
    'rate',
    '/min',
    'bpm, beats per minute, beats/min, beats/minute, beats a minute, /min, /minute, breaths per minute, breaths/min, breaths/minute, per minute, per min, a minute, breaths a minute',
  ),
  unit(
    'count',
    '10*3/uL',
    'k/ul, k/µl, k/μl, k/mcl, x10^3/ul, x 10^3/ul, 10^3/ul, × 10^3/µl, thou/ul, k/mm3, k/cmm, thousand, /nl',
  ),
  unit('count', '10*6/uL', 'm/ul, mil/ul, x10^6/ul, 10^6/ul, 10^6/µl'),
  unit(
    'count',
    '10*9/L',
    'x10^9/l, x 10^9/l, x 10*9/l, x10e9/l, x 10e9/l, 10e9/l, × 10^9/l, × 109/l, x109/l, x 109/l, 10^9/l, 109/l, 10*9/l, x10*9/l, x10(9)/l',
  ),
  unit('count', '10*12/L', 'x10^12/l, x 10^12/l, 10^12/l, × 10^12/l'),
  unit('count', '/mm3', '/mm3, /mm³, cells/mm3, /cmm, per mm3, cells per mm3'),
  unit('count', '/uL', '/ul, /μl, /µl, cells/ul, cells/µl, per microliter, per ul'),
  unit('count', '/[HPF]', '/hpf, per hpf, per high power field, per high-power field'),
  unit('count', 'mL/min/{1.73_m2}', 'ml/min/1.73m2, ml/min/1.73 m2, ml/min/1.73m², ml/min/1.73 m²'),
];

/** Units that may follow a slash or "per". */
export const perUnits: readonly (readonly [ucum: string, spellings: readonly string[]])[] = (
  [
    ['kg', 'kg, kilogram, kg bw'],
    ['m2', 'm2, m², m 2, m^2'],
    ['m3', 'm3'],
    ['d', 'day, d, days, 24h, 24 h, 24 hr, 24 hours, 24hr, tag'],
    ['h', 'hour, hr, h, hours, stunde'],
    ['min', 'min, minute'],
    ['s', 'sec, s, second'],
    ['wk', 'week, wk'],
    ['mo', 'month, mo'],
    ['a', 'year'],
    ['{cycle}', 'cycle'],
    ['{dose}', 'dose'],
    ['{tablet}', 'tablet, tab'],
    ['{puff}', 'puff, actuation'],
    ['mL', 'ml, cc, milliliter, millilitre'],
    ['dL', 'dl, deciliter, decilitre, 100 ml, 100ml'],
    ['L', 'l, liter, litre'],
    ['uL', 'ul, µl, μl, mcl'],
    ['mg', 'mg'],
    ['g', 'g'],
    ['umol', 'umol, µmol, μmol'],
    ['mmol', 'mmol'],
    ['mol', 'mol'],
    ['{1.73_m2}', '1.73 m2, 1.73m2, 1.73m²'],
    ['J', 'j'],
  ] as const
).map(([ucum, spellings]) => [ucum, phrases(spellings)] as const);

/** Numbers in words. */
export const numberWords: readonly (readonly [words: string, value: number])[] = [
  ['a half', 0.5],
  ['half', 0.5],
  ['half a', 0.5],
  ['one half', 0.5],
  ['a quarter', 0.25],
  ['one and a half', 1.5],
  ['two and a half', 2.5],
  ['one', 1],
  ['two', 2],
  ['three', 3],
  ['four', 4],
  ['five', 5],
  ['six', 6],
  ['seven', 7],
  ['eight', 8],
  ['nine', 9],
  ['ten', 10],
  ['eleven', 11],
  ['twelve', 12],
  ['fourteen', 14],
  ['fifteen', 15],
  ['sixteen', 16],
  ['eighteen', 18],
  ['twenty', 20],
  ['twenty one', 21],
  ['twenty four', 24],
  ['twenty five', 25],
  ['thirty', 30],
  ['forty', 40],
  ['forty five', 45],
  ['fifty', 50],
  ['sixty', 60],
  ['seventy', 70],
  ['seventy five', 75],
  ['eighty', 80],
  ['ninety', 90],
  ['hundred', 100],
  ['a hundred', 100],
  ['one hundred', 100],
  ['two hundred', 200],
  ['three hundred', 300],
  ['four hundred', 400],
  ['five hundred', 500],
  ['thousand', 1000],
  ['a thousand', 1000],
  ['one thousand', 1000],
];

/** Amounts without a value. */
export const vagueNumbers: readonly string[] = phrases('multiple, several, few, a few');

/** Words that make a number a bound. */
export const comparatorWords: readonly (readonly [
  comparator: '<' | '<=' | '>' | '>=' | '~',
  words: readonly string[],
])[] = (
  [
    ['<', 'less than, below, under, lower than, fewer than, unter'],
    ['<=', 'at most, up to, no more than, not more than, not to exceed, maximum of, max of, maximum, max'],
    ['>', 'greater than, more than, over, above, higher than, in excess of, exceeding, über'],
    ['>=', 'at least, no less than, not less than'],
    ['~', 'about, around, approximately, approx, roughly, circa, ca, nearly, almost'],
  ] as const
).map(([comparator, words]) => [comparator, phrases(words)] as const);
