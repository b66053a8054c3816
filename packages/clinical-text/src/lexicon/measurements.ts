import { phrases } from './words.ts';

export interface MeasurementRule {
  readonly name: string;
  readonly names: readonly string[];
  /** Units as written after the value; the first is assumed where none is. */
  readonly units: readonly string[];
  /** Values outside this are another measurement's, or a slip. */
  readonly plausible: readonly [low: number, high: number];
  /** Adult reference range by unit index: general clinical references, for flagging only. */
  readonly normal?: readonly (readonly [low: number, high: number])[];
}

const rule = (
  name: string,
  names: string,
  units: string,
  plausible: readonly [number, number],
  ...normal: readonly (readonly [number, number])[]
): MeasurementRule => ({ name, names: phrases(names), units: phrases(units), plausible, normal });

/** Vital signs. Ranges: adults at rest, as in common early-warning scores. */
export const vitalRules: readonly MeasurementRule[] = [
  rule(
    'blood pressure',
    'blood pressure, blood pressures, bp, b/p, arterial pressure, arterial blood pressure',
    'mmhg, mm hg, mm of mercury',
    [30, 300],
    [90, 140],
  ),
  rule(
    'heart rate',
    'heart rate, hr, pulse, pulse rate, pulses, heart rates, ventricular rate',
    'bpm, beats per minute, beats/min, beats/minute, /min, /minute, beats a minute',
    [20, 300],
    [50, 100],
  ),
  rule(
    'respiratory rate',
    'respiratory rate, rr, respirations, respiration, resp, resps, respiratory rates',
    '/min, breaths per minute, breaths/min, breaths/minute, /minute, per minute',
    [4, 80],
    [10, 20],
  ),
  rule(
    'temperature',
    'temperature, temp, t, tmax, body temperature, t-max',
    'f, degrees f, °f, fahrenheit, degrees fahrenheit, c, °c, degrees c, degrees celsius, celsius, degrees, degrees centigrade',
    [30, 115],
  ),
  rule(
    'oxygen saturation',
    'oxygen saturation, o2 saturation, o2 sat, o2 sats, spo2, sao2, sats, pulse oximetry, pulse ox, saturation, oxygen sats, sat',
    '%, percent',
    [40, 100],
    [94, 100],
  ),
  rule('weight', 'weight, wt, body weight', 'kg, lb, lbs, pounds, kilograms, kilogram, pound, g, grams', [0.3, 1000]),
  rule('height', 'height, ht, body height', 'cm, m, inches, in, feet, ft, centimeters', [1, 300]),
  rule('body mass index', 'bmi, body mass index', 'kg/m2, kg/m^2, kg/m²', [8, 100], [18.5, 30]),
  rule('pain score', 'pain score, pain level, pain scale, pain severity', '/10, out of 10', [0, 10]),
];

/** Laboratory values. Ranges: adults, conventional United States units, from general clinical references. */
export const labRules: readonly MeasurementRule[] = [
  rule(
    'hemoglobin A1c',
    'hemoglobin a1c, a1c, hba1c, hgb a1c, glycated hemoglobin, hemoglobin a1 c',
    '%, percent',
    [2, 20],
    [4, 6.4],
  ),
  rule(
    'hemoglobin',
    'hemoglobin, haemoglobin, hgb, hb',
    'g/dl, gm/dl, g/l, mmol/l',
    [1, 250],
    [12, 17.5],
    [12, 17.5],
    [120, 175],
  ),
  rule('hematocrit', 'hematocrit, haematocrit, hct', '%, percent', [5, 75], [36, 52]),
  rule(
    'white blood cells',
    'white blood cell count, white blood count, white cell count, white count, wbc, wbc count, wbcs, leukocyte count, leukocytes',
    'k/ul, × 10^9/l, × 109/l, x10^9/l, 10^9/l, /mm3, /ul, /μl, cells/mm3, thousand',
    [0.01, 500000],
    [4, 11.5],
    [4, 11.5],
    [4, 11.5],
    [4, 11.5],
    [4, 11.5],
  ),
  rule(
    'platelets',
    'platelets, platelet count, plt, plts',
    'k/ul, × 10^9/l, × 109/l, x10^9/l, 10^9/l, /mm3, /ul, /μl, thousand',
    [1, 2000000],
    [150, 450],
    [150, 450],
    [150, 450],
    [150, 450],
    [150, 450],
  ),
  rule('sodium', 'sodium, na, serum sodium', 'meq/l, mmol/l', [90, 200], [135, 145], [135, 145]),
  rule('potassium', 'potassium, k, serum potassium', 'meq/l, mmol/l', [1, 12], [3.5, 5.1], [3.5, 5.1]),
  rule('chloride', 'chloride, cl', 'meq/l, mmol/l', [50, 160], [96, 107], [96, 107]),
  rule('bicarbonate', 'bicarbonate, bicarb, co2, hco3', 'meq/l, mmol/l', [2, 60], [22, 30], [22, 30]),
  rule(
    'urea nitrogen',
    'bun, blood urea nitrogen, urea nitrogen, urea',
    'mg/dl, mmol/l',
    [1, 300],
    [6, 22],
    [2.1, 7.8],
  ),
  rule(
    'creatinine',
    'creatinine, cr, creat, serum creatinine',
    'mg/dl, μmol/l, µmol/l, umol/l',
    [0.1, 2500],
    [0.5, 1.3],
    [45, 115],
    [45, 115],
    [45, 115],
  ),
  rule(
    'glucose',
    'glucose, blood sugar, blood sugars, blood glucose, fasting glucose, fasting blood sugar, accu-chek, fingerstick, sugar, sugars',
    'mg/dl, mmol/l',
    [10, 2000],
    [65, 140],
    [3.6, 7.8],
  ),
  rule('calcium', 'calcium, ca', 'mg/dl, mmol/l', [1, 25], [8.5, 10.5], [2.1, 2.6]),
  rule('magnesium', 'magnesium, mag', 'mg/dl, meq/l, mmol/l', [0.3, 10], [1.6, 2.6]),
  rule('albumin', 'albumin, serum albumin', 'g/dl, g/l', [0.5, 70], [3.4, 5.4], [34, 54]),
  rule(
    'bilirubin',
    'bilirubin, total bilirubin, tbil, t bili, serum bilirubin',
    'mg/dl, μmol/l, µmol/l',
    [0.05, 900],
    [0.1, 1.2],
    [2, 21],
    [2, 21],
  ),
  rule(
    'AST',
    'ast, sgot, aspartate aminotransferase, aspartate transaminase',
    'u/l, iu/l, units/l',
    [1, 30000],
    [5, 45],
    [5, 45],
  ),
  rule(
    'ALT',
    'alt, sgpt, alanine aminotransferase, alanine transaminase',
    'u/l, iu/l, units/l',
    [1, 30000],
    [5, 56],
    [5, 56],
  ),
  rule('alkaline phosphatase', 'alkaline phosphatase, alk phos, alp', 'u/l, iu/l', [5, 5000], [35, 147], [35, 147]),
  rule('lactate dehydrogenase', 'ldh, lactate dehydrogenase', 'u/l, iu/l', [20, 30000], [100, 280]),
  rule('C-reactive protein', 'crp, c-reactive protein', 'mg/l, mg/dl', [0, 700], [0, 10], [0, 1]),
  rule(
    'sedimentation rate',
    'esr, sedimentation rate, sed rate, erythrocyte sedimentation rate',
    'mm/hr, mm/h',
    [0, 180],
    [0, 30],
    [0, 30],
  ),
  rule('total cholesterol', 'total cholesterol, cholesterol', 'mg/dl, mmol/l', [1, 1000], [100, 200], [2.6, 5.2]),
  rule('LDL', 'ldl, ldl cholesterol', 'mg/dl, mmol/l', [0.2, 600], [20, 130], [0.5, 3.4]),
  rule('HDL', 'hdl, hdl cholesterol', 'mg/dl, mmol/l', [0.2, 200], [40, 100], [1, 2.6]),
  rule('triglycerides', 'triglycerides, triglyceride', 'mg/dl, mmol/l', [0.2, 10000], [30, 150], [0.3, 1.7]),
  rule(
    'TSH',
    'tsh, thyroid stimulating hormone, thyroid-stimulating hormone',
    'miu/l, uiu/ml, μiu/ml, mu/l',
    [0.001, 300],
    [0.4, 4.5],
  ),
  rule('INR', 'inr', '', [0.5, 20], [0.8, 1.2]),
  rule('troponin', 'troponin, troponin i, troponin t, troponins', 'ng/ml, ng/l, pg/ml', [0, 100000], [0, 0.04]),
  rule(
    'BNP',
    'bnp, brain natriuretic peptide, b-type natriuretic peptide, nt-probnp, pro-bnp',
    'pg/ml, ng/l',
    [1, 100000],
    [0, 100],
  ),
  rule('PSA', 'psa, prostate specific antigen, prostate-specific antigen', 'ng/ml', [0, 10000], [0, 4]),
  rule('D-dimer', 'd-dimer, d dimer', 'ng/ml, mg/l, μg/ml, ug/ml', [0, 100000]),
  rule('lactate', 'lactate, lactic acid', 'mmol/l, mg/dl', [0.1, 40], [0.5, 2.2]),
  rule(
    'ejection fraction',
    'ejection fraction, ef, lvef, left ventricular ejection fraction',
    '%, percent',
    [5, 90],
    [50, 75],
  ),
  rule('ferritin', 'ferritin', 'ng/ml, μg/l, ug/l', [1, 100000], [12, 300]),
  rule('uric acid', 'uric acid', 'mg/dl, μmol/l', [0.5, 1500], [2.5, 7.2]),
  rule('vitamin D', 'vitamin d level, 25-hydroxy vitamin d, vitamin d', 'ng/ml, nmol/l', [1, 300], [20, 100]),
  rule('lipase', 'lipase', 'u/l, iu/l', [1, 30000], [10, 160]),
  rule('amylase', 'amylase', 'u/l, iu/l', [1, 30000], [25, 125]),
  rule('ammonia', 'ammonia', 'μmol/l, umol/l, µmol/l, μg/dl', [1, 1000], [10, 50]),
  rule('alpha-fetoprotein', 'afp, alpha-fetoprotein, α-fetoprotein', 'ng/ml', [0, 1000000], [0, 10]),
  rule('CK', 'ck, cpk, creatine kinase', 'u/l, iu/l', [5, 300000], [20, 250]),
];

/** Stands between a name and its value. */
export const measurementLinks: readonly string[] = phrases(`
  is, was, of, at, are, were, has been, were running, running, in the, around, about, approximately, level, levels, level of, level is, level was, today,
  reading, readings, count, count of, value, measured, today is, in office, in the office, showed, elevated at, low at, high at, to, reveals, on admission,
  increased to, decreased to, elevated, increased, decreased, low, high, normal, initial, =, :, on room air, (, [, up to, noted to be, found to be
`);
