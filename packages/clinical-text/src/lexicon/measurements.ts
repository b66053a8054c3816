import { phrases } from './words.ts';

/** A reference range in one unit. Values below `below` that carry no unit are read in it. */
export interface ReferenceRange {
  readonly ucum: string;
  readonly low: number;
  readonly high: number;
  readonly below: number;
}

export interface MeasurementRule {
  readonly name: string;
  readonly kind: 'vital' | 'lab' | 'score';
  readonly names: readonly string[];
  /** Values outside this are another measurement's, or a slip. */
  readonly plausible: readonly [low: number, high: number];
  /** Adult ranges from general clinical references, for flagging only. The first that fits is assumed where no unit is written. */
  readonly ranges: readonly ReferenceRange[];
  /** Code of the vital sign in LOINC. */
  readonly loinc?: string;
  /** Two numbers, as in 120/80. */
  readonly paired?: boolean;
  /** Words of prose ("tachycardic to 142"): a value must be tied to them by "to", "at" or "of". */
  readonly prose?: readonly string[];
  /** Single letters that stand for it in a run of vital signs: "T39.1 P132 R28". */
  readonly letters?: readonly string[];
}

/** @param ranges `unit low-high`, or `unit low-high <bound` where an unlabelled value below the bound is in that unit */
const rule = (
  kind: MeasurementRule['kind'],
  name: string,
  names: string,
  plausible: readonly [number, number],
  ranges = '',
  more: Pick<MeasurementRule, 'loinc' | 'paired' | 'prose' | 'letters'> = {},
): MeasurementRule => ({
  name,
  kind,
  names: phrases(names),
  plausible,
  ranges: phrases(ranges).map((range): ReferenceRange => {
    const [ucum, limits, bound] = range.split(' ') as [string, string, string?];
    const [low, high] = limits.split('~').map(Number) as [number, number];
    return { ucum, low, high, below: bound === undefined ? Number.POSITIVE_INFINITY : Number(bound.slice(1)) };
  }),
  ...more,
});

/** Vital signs. Ranges: adults at rest, as in common early-warning scores. */
export const vitalRules: readonly MeasurementRule[] = [
  rule(
    'vital',
    'blood pressure',
    'blood pressure, blood pressures, bp, bps, b/p, arterial pressure, arterial blood pressure, nibp, blutdruck, b.p, b.p., orthostatics, orthostatic bp, postural bp, postural bps, lying and standing bp, lying/standing bp',
    [20, 300],
    'mm[Hg] 90~139',
    {
      loinc: '85354-9',
      paired: true,
      prose: phrases('hypotensive, hypertensive, normotensive, hypotension, hypertension'),
    },
  ),
  rule(
    'vital',
    'systolic blood pressure',
    'systolic, systolics, sbp, sbps, systolic bp, systolic blood pressure, systolic pressure',
    [30, 300],
    'mm[Hg] 90~139',
    { loinc: '8480-6' },
  ),
  rule(
    'vital',
    'diastolic blood pressure',
    'diastolic, dbp, diastolic bp, diastolic blood pressure',
    [15, 200],
    'mm[Hg] 50~89',
    { loinc: '8462-4' },
  ),
  rule('vital', 'mean arterial pressure', 'mean arterial pressure, map, maps', [20, 200], 'mm[Hg] 65~110', {
    loinc: '8478-0',
  }),
  rule(
    'vital',
    'heart rate',
    'heart rate, hr, pulse, p/r, pulse rate, pulses, heart rates, ventricular rate, puls, herzfrequenz, rate controlled',
    [20, 300],
    '/min 50~100',
    {
      loinc: '8867-4',
      prose: phrases(
        'tachycardic, tachycardia, bradycardic, bradycardia, sinus tachycardia, sinus tach, sinus tachy, sinus bradycardia, rvr, tachy, brady',
      ),
      letters: ['p'],
    },
  ),
  rule(
    'vital',
    'respiratory rate',
    'respiratory rate, rr, respirations, respiration, resp, resps, respiratory rates, resp rate, rate of breathing, atemfrequenz',
    [4, 80],
    '/min 10~20',
    { loinc: '9279-1', prose: phrases('tachypneic, tachypnoeic, tachypnea, tachypnoea, bradypneic'), letters: ['r'] },
  ),
  rule(
    'vital',
    'temperature',
    'temperature, temp, temps, t, tmax, body temperature, t-max, max temp, temperatur, tympanic temp, oral temp',
    [30, 115],
    'Cel 35.5~37.9 <50, [degF] 96~100.3',
    {
      loinc: '8310-5',
      prose: phrases(
        'afebrile, apyrexial, febrile, fever, fevers, pyrexial, pyrexia, hypothermic, temperature spike, spiked, spiking, low grade fever, low-grade fever, fieber',
      ),
      letters: ['t'],
    },
  ),
  rule(
    'vital',
    'oxygen saturation',
    `oxygen saturation, o2 saturation, o2 saturations, o2 sat, o2 sats, spo2, sao2, sats, pulse oximetry, pulse ox, saturation, saturations, oxygenation, oxygen sats, oxygen saturations, sat, sp02, o2sat, o2sats, o2,
    satting, saturating, sättigung, sauerstoffsättigung, pox`,
    [40, 100],
    '% 94~100',
    {
      loinc: '59408-5',
      prose: phrases(
        'hypoxic, hypoxia, hypoxemic, hypoxaemic, desaturated, desaturating, desaturates, desaturation, desaturations, desats, desat, desatted, desatting',
      ),
    },
  ),
  rule('vital', 'weight', 'weight, wt, body weight, gewicht, weighs, weighing, weighed', [0.3, 1000], '', {
    loinc: '29463-7',
  }),
  rule('vital', 'height', 'height, ht, body height, größe', [1, 300], '', { loinc: '8302-2' }),
  rule('vital', 'body mass index', 'bmi, body mass index', [8, 100], 'kg/m2 18.5~30', { loinc: '39156-5' }),
  rule('vital', 'pain score', 'pain score, pain level, pain scale, pain severity, pain rating', [0, 10], ''),
];

const lab = (name: string, names: string, plausible: readonly [number, number], ranges = ''): MeasurementRule =>
  rule('lab', name, names, plausible, ranges);

/** Laboratory values. Ranges: adults, from general clinical references. */
export const labRules: readonly MeasurementRule[] = [
  lab(
    'hemoglobin A1c',
    'hemoglobin a1c, haemoglobin a1c, a1c, hba1c, hgba1c, hgb a1c, hb a1c, glycated hemoglobin, glycated haemoglobin, hemoglobin a1 c, hgb a1 c',
    [2, 200],
    '% 4~6.4 <20, mmol/mol 20~47',
  ),
  lab(
    'hemoglobin',
    'hemoglobin, haemoglobin, hgb, hb, hämoglobin',
    [1, 250],
    'g/dL 12~17.5 <25, g/L 120~175, mmol/L 7.4~10.9',
  ),
  lab('hematocrit', 'hematocrit, haematocrit, hct, hämatokrit, pcv', [0.1, 75], 'L/L 0.36~0.52 <1, % 36~52'),
  lab(
    'red blood cells',
    'red blood cell count, red cell count, rbc, rbc count, erythrocytes, erythrozyten',
    [0.5, 10],
    '10*6/uL 3.9~5.9, 10*12/L 3.9~5.9',
  ),
  lab('mean corpuscular volume', 'mcv, mean corpuscular volume, mean cell volume', [40, 160], 'fL 80~100'),
  lab(
    'white blood cells',
    'white blood cell count, white blood cells, white blood count, white cell count, white count, white cells, wbc, wbc count, wbcs, wcc, leukocyte count, leukocytes, leucocytes, leukozyten, leukos',
    [0.01, 500000],
    '10*3/uL 4~11.5 <1000, 10*9/L 4~11.5 <1000, /uL 4000~11500, /mm3 4000~11500',
  ),
  lab(
    'neutrophils',
    'neutrophils, neutrophil count, neuts, neut, anc, absolute neutrophil count',
    [0, 100000],
    '10*3/uL 1.5~7.7 <40, 10*9/L 1.5~7.7, % 40~75, /uL 1500~7700, /mm3 1500~7700',
  ),
  lab(
    'lymphocytes',
    'lymphocytes, lymphocyte count, lymphs',
    [0, 100000],
    '10*3/uL 1~4.5 <30, 10*9/L 1~4.5, % 20~45, /uL 1000~4500',
  ),
  lab(
    'eosinophils',
    'eosinophils, eosinophil count, eos',
    [0, 100000],
    '10*3/uL 0~0.5 <5, 10*9/L 0~0.5, % 0~6, /uL 0~500',
  ),
  lab(
    'platelets',
    'platelets, platelet count, plt count, plts count, plt, plts, platelet, thrombocytes, thrombozyten, thrombos',
    [1, 2000000],
    '10*3/uL 150~450 <2500, 10*9/L 150~450 <2500, /uL 150000~450000, /mm3 150000~450000',
  ),
  lab('sodium', 'sodium, na, na+, serum sodium, natrium', [90, 200], 'meq/L 135~145, mmol/L 135~145'),
  lab('potassium', 'potassium, k, k+, serum potassium, kalium', [1, 12], 'meq/L 3.5~5.1, mmol/L 3.5~5.1'),
  lab('chloride', 'chloride, cl, cl-, chlorid', [50, 160], 'meq/L 96~107, mmol/L 96~107'),
  lab(
    'bicarbonate',
    'bicarbonate, bicarb, co2, hco3, hco3-, tco2, serum bicarbonate, total co2',
    [2, 60],
    'meq/L 22~30, mmol/L 22~30',
  ),
  lab('anion gap', 'anion gap, gap', [-5, 60], 'meq/L 4~16, mmol/L 4~16'),
  lab('urea nitrogen', 'bun, blood urea nitrogen, urea nitrogen', [1, 300], 'mg/dL 6~22, mmol/L 2.1~7.8'),
  lab('urea', 'urea, ur, serum urea, harnstoff', [0.5, 400], 'mmol/L 2.5~7.8 <40, mg/dL 15~50'),
  lab(
    'creatinine',
    'creatinine, cr, creat, serum creatinine, scr, creatinin, kreatinin, krea, crea',
    [0.1, 2500],
    'mg/dL 0.5~1.3 <20, umol/L 45~115',
  ),
  lab('creatinine clearance', 'creatinine clearance, crcl, cr cl, cr clearance', [1, 250], 'mL/min 60~150'),
  lab(
    'estimated GFR',
    'egfr, estimated gfr, gfr, estimated glomerular filtration rate, glomerular filtration rate',
    [1, 200],
    'mL/min/{1.73_m2} 60~150, mL/min 60~150',
  ),
  lab(
    'glucose',
    `glucose, blood sugar, blood sugars, blood glucose, fasting glucose, fasting blood sugar, accu-chek, accuchek, fingerstick, fingersticks, finger stick, sugar, sugars, glu, gluc, bsl, bgl, bm, bms, cbg, rbs, rbg, fsbg, fsbs, fbs, fbg, fs, poc glucose,
    capillary glucose, capillary blood glucose, random glucose, glukose, blutzucker, bz, bg`,
    [1, 2000],
    'mmol/L 3.6~7.8 <30, mg/dL 65~140',
  ),
  lab(
    'calcium',
    'calcium, ca, ca++, ca2+, corrected calcium, adjusted calcium, serum calcium, kalzium',
    [0.5, 25],
    'mmol/L 2.1~2.6 <5, mg/dL 8.5~10.5',
  ),
  lab('ionized calcium', 'ionized calcium, ionised calcium, ical, ica', [0.2, 10], 'mmol/L 1.1~1.35 <3, mg/dL 4.4~5.4'),
  lab(
    'magnesium',
    'magnesium, mag, mg, mg++, mg2+, serum magnesium',
    [0.2, 10],
    'mmol/L 0.7~1.05 <1.1, mg/dL 1.6~2.6, meq/L 1.3~2.1',
  ),
  lab(
    'phosphate',
    'phosphate, phosphorus, phos, po4, serum phosphate, phosphat',
    [0.1, 20],
    'mmol/L 0.8~1.5 <2, mg/dL 2.5~4.5',
  ),
  lab('albumin', 'albumin, serum albumin, alb', [0.5, 70], 'g/dL 3.4~5.4 <10, g/L 34~54'),
  lab('total protein', 'total protein, protein total', [1, 150], 'g/dL 6~8.3 <15, g/L 60~83'),
  lab(
    'bilirubin',
    'bilirubin, total bilirubin, tbil, t bili, t. bili, tbili, bili, serum bilirubin, bilirubin total',
    [0.05, 900],
    'mg/dL 0.1~1.2 <30, umol/L 2~21',
  ),
  lab(
    'direct bilirubin',
    'direct bilirubin, conjugated bilirubin, d bili, dbili',
    [0, 500],
    'mg/dL 0~0.3 <15, umol/L 0~5',
  ),
  lab('AST', 'ast, sgot, got, aspartate aminotransferase, aspartate transaminase', [1, 30000], 'U/L 5~45'),
  lab('ALT', 'alt, sgpt, gpt, alanine aminotransferase, alanine transaminase', [1, 30000], 'U/L 5~56'),
  lab('alkaline phosphatase', 'alkaline phosphatase, alk phos, alkphos, alp, alkp', [5, 5000], 'U/L 35~147'),
  lab('GGT', 'ggt, gamma gt, gamma-gt, gamma-glutamyl transferase', [1, 10000], 'U/L 5~60'),
  lab('lactate dehydrogenase', 'ldh, lactate dehydrogenase', [20, 30000], 'U/L 100~280'),
  lab(
    'C-reactive protein',
    'crp, c-reactive protein, c reactive protein, hs-crp, hscrp',
    [0, 700],
    'mg/L 0~10, mg/dL 0~1',
  ),
  lab('procalcitonin', 'procalcitonin, pct', [0, 500], 'ng/mL 0~0.5, ug/L 0~0.5'),
  lab(
    'sedimentation rate',
    'esr, sedimentation rate, sed rate, erythrocyte sedimentation rate, bsg',
    [0, 180],
    'mm/h 0~30',
  ),
  lab(
    'total cholesterol',
    'total cholesterol, cholesterol, cholesterin, chol',
    [1, 1000],
    'mmol/L 2.6~5.2 <20, mg/dL 100~200',
  ),
  lab('LDL', 'ldl, ldl cholesterol, ldl-c', [0.2, 600], 'mmol/L 0.5~3.4 <15, mg/dL 20~130'),
  lab('HDL', 'hdl, hdl cholesterol, hdl-c', [0.2, 200], 'mmol/L 1~2.6 <5, mg/dL 40~100'),
  lab('triglycerides', 'triglycerides, triglyceride, trigs, tgs, tg', [0.2, 10000], 'mmol/L 0.3~1.7 <20, mg/dL 30~150'),
  lab(
    'TSH',
    'tsh, thyroid stimulating hormone, thyroid-stimulating hormone',
    [0, 300],
    'm[IU]/L 0.4~4.5, u[IU]/mL 0.4~4.5',
  ),
  lab('free T4', 'free t4, ft4, free thyroxine', [0.1, 100], 'ng/dL 0.8~1.8 <6, pmol/L 10~23'),
  lab('INR', 'inr', [0.5, 20], '1 0.8~1.2'),
  lab('prothrombin time', 'prothrombin time, pt', [8, 150], 's 9.5~14'),
  lab('aPTT', 'aptt, ptt, partial thromboplastin time, activated partial thromboplastin time', [15, 250], 's 23~38'),
  lab('fibrinogen', 'fibrinogen', [0.1, 1500], 'g/L 1.8~4 <15, mg/dL 180~400'),
  lab(
    'D-dimer',
    'd-dimer, d dimer, ddimer, d-dimers, d dimers',
    [0, 100000],
    'ng/mL 0~500, mg/L 0~0.5, ug/mL 0~0.5, ug/L 0~500',
  ),
  lab(
    'troponin',
    'troponin, troponin i, troponin t, troponins, trop, trops, tropi, tropt, trop i, trop t, tni, tnt, hs-troponin, hs troponin, hstn, hs-tn, hs-trop, hstnt, hs-tnt, high sensitivity troponin, troponin-t, troponin-i',
    [0, 100000],
    'ng/mL 0~0.04 <4, ng/L 0~14, ug/L 0~0.04, pg/mL 0~14',
  ),
  lab('BNP', 'bnp, brain natriuretic peptide, b-type natriuretic peptide', [1, 100000], 'pg/mL 0~100, ng/L 0~100'),
  lab(
    'NT-proBNP',
    'nt-probnp, pro-bnp, probnp, ntprobnp, nt probnp, nt-pro-bnp, nt pro bnp',
    [1, 200000],
    'pg/mL 0~300, ng/L 0~300',
  ),
  lab('CK', 'ck, cpk, creatine kinase, creatinine kinase', [5, 300000], 'U/L 20~250'),
  lab('PSA', 'psa, prostate specific antigen, prostate-specific antigen', [0, 10000], 'ng/mL 0~4, ug/L 0~4'),
  lab('lactate', 'lactate, lactic acid, lac, laktat, serum lactate, lact', [0.1, 40], 'mmol/L 0.5~2.2, mg/dL 4.5~20'),
  lab('ketones', 'ketones, blood ketones, beta-hydroxybutyrate, bhb, capillary ketones', [0, 20], 'mmol/L 0~0.6'),
  lab('pH', 'ph, arterial ph, venous ph', [6.5, 8], '1 7.35~7.45'),
  lab('pCO2', 'pco2, paco2, pc02, partial pressure of carbon dioxide, pvco2', [1, 200], 'kPa 4.7~6 <15, mm[Hg] 35~45'),
  lab('pO2', 'po2, pao2, p02, partial pressure of oxygen', [1, 700], 'kPa 10~14 <20, mm[Hg] 80~105'),
  lab('base excess', 'base excess, be, base deficit', [-40, 40], 'mmol/L -2~3, meq/L -2~3'),
  lab('osmolality', 'osmolality, osm, serum osm, serum osmolality', [150, 500], 'mosm/kg 275~295'),
  lab('ejection fraction', 'ejection fraction, ef, lvef, left ventricular ejection fraction', [5, 90], '% 50~75'),
  lab('ferritin', 'ferritin', [1, 100000], 'ng/mL 12~300, ug/L 12~300'),
  lab('iron', 'serum iron, iron level, fe', [1, 500], 'ug/dL 50~170, umol/L 9~30'),
  lab('transferrin saturation', 'transferrin saturation, tsat, iron saturation', [1, 100], '% 16~50'),
  lab(
    'vitamin B12',
    'vitamin b12 level, b12 level, vitamin b12, b12, vit b12',
    [30, 5000],
    'pg/mL 200~900, ng/L 200~900, pmol/L 150~670',
  ),
  lab('folate', 'folate, serum folate, folate level', [0.5, 100], 'ng/mL 3~20, ug/L 3~20, nmol/L 7~45'),
  lab(
    'uric acid',
    'uric acid, urate, harnsäure',
    [0.1, 1500],
    'mmol/L 0.15~0.42 <1, mg/dL 2.5~7.2 <20, umol/L 150~430',
  ),
  lab(
    'vitamin D',
    'vitamin d level, 25-hydroxy vitamin d, vitamin d, 25-oh vitamin d, vit d, 25(oh)d',
    [1, 300],
    'ng/mL 20~100, nmol/L 50~250',
  ),
  lab(
    'cortisol',
    'cortisol, am cortisol, serum cortisol, random cortisol, morning cortisol',
    [0.1, 2000],
    'ug/dL 5~25 <60, nmol/L 140~690',
  ),
  lab('lipase', 'lipase', [1, 30000], 'U/L 10~160'),
  lab('amylase', 'amylase', [1, 30000], 'U/L 25~125'),
  lab('ammonia', 'ammonia, nh3', [1, 1000], 'umol/L 10~50, ug/dL 15~80'),
  lab('alpha-fetoprotein', 'afp, alpha-fetoprotein, α-fetoprotein', [0, 1000000], 'ng/mL 0~10, ug/L 0~10'),
  lab('CEA', 'cea, carcinoembryonic antigen', [0, 100000], 'ng/mL 0~5, ug/L 0~5'),
  lab('CA 125', 'ca 125, ca-125, ca125', [0, 100000], 'U/mL 0~35, kU/L 0~35'),
  lab('CA 19-9', 'ca 19-9, ca19-9, ca 19.9', [0, 1000000], 'U/mL 0~37, kU/L 0~37'),
  lab('hCG', 'hcg, beta hcg, beta-hcg, bhcg, b-hcg, β-hcg', [0, 1000000], ''),
  lab('digoxin level', 'digoxin level, dig level', [0.1, 10], 'ng/mL 0.5~2, nmol/L 0.6~2.6'),
  lab('lithium level', 'lithium level, li level, lithium', [0.05, 5], 'mmol/L 0.4~1.2, meq/L 0.4~1.2'),
  lab(
    'vancomycin level',
    'vancomycin trough, vanc trough, vanco trough, vancomycin level, vanc level',
    [0.5, 100],
    'ug/mL 10~20, mg/L 10~20',
  ),
  lab('phenytoin level', 'phenytoin level, dilantin level', [0.5, 80], 'ug/mL 10~20, mg/L 10~20'),
  lab('tacrolimus level', 'tacrolimus level, tacro level, fk level', [0.5, 60], 'ng/mL 5~20, ug/L 5~20'),
  lab('calprotectin', 'calprotectin, faecal calprotectin, fecal calprotectin, fcp', [1, 20000], 'ug/g 0~50'),
  lab('parathyroid hormone', 'pth, parathyroid hormone, intact pth', [0.1, 5000], 'pmol/L 1.6~6.9 <15, pg/mL 15~65'),
  lab('prolactin', 'prolactin, serum prolactin', [0.5, 200000], ''),
  lab('free T3', 'free t3, ft3, free triiodothyronine', [0.1, 100], 'pmol/L 3.1~6.8, pg/mL 2.3~4.2'),
  lab('testosterone', 'testosterone level, total testosterone, serum testosterone', [0.1, 3000], ''),
  lab('IgG', 'igg, immunoglobulin g', [0.1, 150], 'g/L 6~16'),
  lab('IgA', 'iga, immunoglobulin a', [0.01, 100], 'g/L 0.8~4'),
  lab('IgM', 'igm, immunoglobulin m', [0.01, 100], 'g/L 0.5~2.5'),
  lab('haptoglobin', 'haptoglobin', [0.01, 500], 'g/L 0.3~2 <10, mg/dL 30~200'),
  lab(
    'albumin to creatinine ratio',
    'acr, uacr, urine acr, albumin creatinine ratio, albumin/creatinine ratio',
    [0.1, 5000],
    'mg/mmol 0~3',
  ),
  lab('CA 15-3', 'ca 15-3, ca15-3', [0.1, 100000], 'U/mL 0~30, kU/L 0~30'),
  lab('peak flow', 'peak flow, pefr, pef, peak expiratory flow', [30, 1000], ''),
];

const score = (name: string, names: string, plausible: readonly [number, number], ranges = ''): MeasurementRule =>
  rule('score', name, names, plausible, ranges);

export const scoreRules: readonly MeasurementRule[] = [
  score('Glasgow coma scale', 'gcs, glasgow coma scale, glasgow coma score', [3, 15], '1 15~15'),
  score('NEWS', 'news, news2, news score, national early warning score', [0, 20], '1 0~4'),
  score('MMSE', 'mmse, mini-mental state, mini mental state examination, moca', [0, 30], ''),
  score('PHQ-9', 'phq-9, phq9', [0, 27], ''),
  score('CHA2DS2-VASc', 'cha2ds2-vasc, chads2-vasc, chadsvasc, chads vasc', [0, 9], ''),
];

/** Names that stand for several tests whose values are written with slashes in between. */
export const joinedTests: readonly { readonly names: readonly string[]; readonly tests: readonly string[] }[] = [
  { names: phrases('h/h, h&h, h and h, hgb/hct, hb/hct, hgb and hct'), tests: ['hemoglobin', 'hematocrit'] },
  {
    names: phrases('bun/cr, bun/creatinine, bun/creat, bun and creatinine, bun/crea'),
    tests: ['urea nitrogen', 'creatinine'],
  },
  { names: phrases('ast/alt, got/gpt, ast and alt'), tests: ['AST', 'ALT'] },
  { names: phrases('alt/ast'), tests: ['ALT', 'AST'] },
  { names: phrases('na/k, sodium/potassium'), tests: ['sodium', 'potassium'] },
  { names: phrases('ht/wt'), tests: ['height', 'weight'] },
  { names: phrases('pt/inr'), tests: ['prothrombin time', 'INR'] },
  {
    names: phrases('abg, vbg, arterial blood gas, venous blood gas, blood gas, gas, abg on room air, bga'),
    tests: ['pH', 'pCO2', 'pO2', 'bicarbonate'],
  },
];

/** Stands between a name and its value. */
export const measurementLinks: readonly string[] = phrases(`
  is, was, of, at, are, has, have, had, not, score, score of, score is, score was, were, has been, were running, running, in the, around, about, approximately, level, levels, level of, level is, level was, today,
  reading, readings, count, count of, value, measured, today is, in office, in the office, showed, elevated at, low at, high at, to, reveals, on admission,
  drop from, fall from, rise from, jump from, increase from, decrease from, reduction from, decline from, drop to, fall to, rise to, increased to, decreased to, elevated, increased, decreased, low, high, normal, initial, =, :, on room air, (, [, noted to be, found to be,
  cleared, peaked, trended, trending, fell, rose, climbed, dropped, ran, +, |, came back at, came back, regular, regular at, irregular, irregular at, reg, reg at, by ambulance, by paramedics, by paramedic, by crew, by gp, per ems, per crew, at triage, in triage, at presentation, on presentation, in ambulance, en route, at gp, at home, in clinic, on arrival, on scene, today in clinic, irregularly irregular, irregularly irregular at, thready at, post transfusion, post-transfusion, post op, post-op, postop, post dialysis, pre op, pre-op, preop, returned at, returned as, resulted at, resulted, now, currently, this morning, this am, yesterday, on arrival, in ed, in the ed, at triage, rose to, fell to, dropped to, dropping to, up to, down to, up at, down at, rising to, falling to, peaked at, peak, nadir, trending, raised at, raised, risen to,
  stable at, steady at, improved to, worsened to, recorded as, recorded at, recorded, noted at, reported as, repeat, recheck, rpt, was noted to be, went from, from, risen from, rose from, fell from, dropped from, increased from, decreased from, improved from, went up from, went down from, climbed from, climbing to, climbed to, has risen to, has fallen to,
  has dropped to, has risen from, has fallen from, has dropped from, trended from, jumped to, jumped from, rising from, falling from, high of, low of, as high as, as low as, in, mid, upper, lower, by ems, a, still, remains, remained, remains at, remained at, today was, only, done today, taken today, serum, on ra, ra, result, results, corrected, adjusted, therapeutic at, subtherapeutic at, supratherapeutic at, supratherapeutic to, lying, supine, sitting, seated, standing, erect,
  well controlled at, improving to, down trending to, uptrending to, downtrending to, was found to be, ist, war, bei, von, auf, -, –, lying down, random, fasting, orally, tympanic, axillary, rectal, manual, left arm, right arm, via
`);

/** Tie a value to a word of prose: "tachycardic to 142". */
export const proseLinks: readonly string[] = phrases(`
  to, at, of, in the, with hr, with rates, with rates in the, with rate of, with rate, with a rate of, up to, as high as, as low as, down to, into the, to the, with hr in the, with bp, with bp of, with sbp, with temp, with temp of, with a temp of, with temperature of, with a temperature of, with rr, with rr of, with sats, with sats of, with sats in the, with spo2,
  with heart rate, with heart rate of, with hr of, with a heart rate of, with sats at, with saturations of, with o2 sats of, with sats down to, (, -, between, on, with o2 sat, temp, was, with bps, with bps in the, with systolics in the, with sats of, max, tmax, :, with temperatures to, with temperatures up to, hr, rr
`);

export const pendingWords: readonly string[] = phrases(
  'pending, awaited, awaiting, outstanding, sent, requested, to follow, in process, not back, not yet back, to be checked, to be sent, still pending, is pending, are pending, results pending, result pending, ausstehend',
);
/** Values after one of these are wanted, not measured. */
export const targetWords: readonly string[] = phrases(
  'normal range for, reference range for, goal, goals, target, targets, aim, aiming, aims, keep, keeping, maintain, maintaining, titrate, titrated to, titrating, goal of, target of, therapeutic range, want, wants, ideal, aim for, parameters',
);
/** A value after one of these is a condition. */
export const conditionWords: readonly string[] = phrases(
  'if, unless, until, when, whenever, should, call, notify, inform, alert, in case, hold for, hold if, escalate, give if, give for, for any, prn for, return for, return if, parameters, once, provided, treat if, start if, stop if, ring if, contact',
);

/** What comes after a value in the same course of values: an earlier one, or a later one. */
export const laterWords: readonly string[] = phrases(
  'is now, are now, has now, rechecked, rechecked at, recheck, repeated at, has come down to, has come up to, come down to, come up to, settled to, settling to, cleared to, recovered to, now, today, currently, later, then, repeat, recheck, rpt, up to, down to, rising to, falling to, rose to, fell to, dropped to, dropping to, increasing to, decreasing to, improved to, worsened to, to, this morning, this am, most recently, subsequently, then down to, then up to, and now, but now, peaked at, peaking at, now up to, now down to, improving to, on discharge, at discharge, this evening, increased to, decreased to, current, trending to, trending down to, trending up to, and today, going up to, going down to, on repeat, increased further to, after fluids, post, went to, came down to, came up to, jetzt, aktuell, heute, risen to, recovering to, up-trending to',
);
export const earlierWords: readonly string[] = phrases(
  'from, was, previously, prior, previous, prev, down from, up from, improved from, decreased from, increased from, compared to, compared with, versus, vs, last, yesterday, baseline, baseline of, bl, b/l, base, usual, his baseline, her baseline, baseline is, baseline was, baseline around, on admission, at admission, adm, admission, initially, last week, last month, last year, was previously, had been, from a baseline of, worse than, better than, known baseline, usually, normally, norm, vorher, zuvor',
);
/** Directly after a value, when it was taken: earlier than the others of its course, now, or neither. */
export const timeTags: readonly (readonly [time: 'earlier' | 'now' | 'other', words: readonly string[]])[] = [
  [
    'earlier',
    phrases(`on admission, at admission, on arrival, at arrival, at presentation, on presentation, at triage, yesterday, yesterday evening, yesterday morning, yesterday afternoon, last night, last week,
      last month, last year, initially, pre-op, preop, pre op, preoperatively, at baseline, on transfer, in ed, in the ed, in a&e, earlier, earlier today, days ago, weeks ago, months ago, years ago, hours ago`),
  ],
  [
    'now',
    phrases(
      'today, this morning, this evening, this afternoon, this am, tonight, now, currently, on discharge, at discharge, most recently',
    ),
  ],
  [
    'other',
    phrases(`after, afterwards, later, hours later, days later, overnight, on repeat, on recheck, on monday, on tuesday, on wednesday, on thursday, on friday, on saturday, on sunday, monday, tuesday, wednesday,
      thursday, friday, saturday, sunday, mon, tue, tues, wed, thu, thurs, fri, sat, sun, post op, post-op, postop, postoperatively, post transfusion, post-transfusion, post dialysis, post-dialysis, post treatment, post fluids, after fluids, after treatment,
      january, february, march, april, may, june, july, august, september, october, november, december, jan, feb, mar, apr, jun, jul, aug, sep, sept, oct, nov, dec,
      after transfusion, after dialysis, after insulin, at noon, at midnight, am, pm, hours, hrs, h, hr, hour`),
  ],
];
/** Adjectives by which a note judges a value: "ferritin was low at 14". */
export const verdictWords: Readonly<Record<string, 'low' | 'high' | 'normal'>> = {
  elevated: 'high',
  raised: 'high',
  high: 'high',
  increased: 'high',
  low: 'low',
  reduced: 'low',
  decreased: 'low',
  suppressed: 'low',
  depressed: 'low',
  normal: 'normal',
};
export const baselineWords: readonly string[] = phrases(
  'baseline, baseline of, bl, b/l, base, usual, his baseline, her baseline, baseline is, baseline was, baseline around, from a baseline of, known baseline, usually, normally, normal for him, normal for her',
);

export const positions: readonly (readonly [position: 'lying' | 'sitting' | 'standing', words: readonly string[]])[] = [
  ['lying', phrases('lying, supine, laying, lying down, recumbent, liegend')],
  ['sitting', phrases('sitting, seated, sitting up, sitzend')],
  ['standing', phrases('standing, erect, upright, stehend, on standing')],
];

/** How oxygen was given while a saturation was measured. */
export const oxygenWords: readonly string[] = phrases(
  'room air, on room air, ra, on ra, on air, air, nc, nasal cannula, on oxygen, on o2, nrb, nrbm, non-rebreather, non rebreather, venturi, bipap, cpap, hfnc, hfno, face mask, facemask, simple mask, at rest, on exertion, with ambulation, ambulating, 4l, ventilator, trach collar, mask, via nc, oxygen, o2',
);
export const specimens: readonly string[] = phrases(
  'urine, urinary, csf, pleural, pleural fluid, ascitic, ascitic fluid, stool, synovial, synovial fluid, peritoneal, vaginal, gastric, ua, sputum, spot urine',
);

/** Verdicts of the note on a value. */
export const flagWords: readonly (readonly [
  flag: 'low' | 'high' | 'critical' | 'abnormal' | 'normal',
  words: readonly string[],
])[] = [
  ['low', phrases('l, ll, low, ↓, ↓↓, lo, niedrig')],
  ['high', phrases('h, hh, high, ↑, ↑↑, hi, elevated, raised, hoch')],
  ['critical', phrases('c, crit, critical, panic, critical high, critical low')],
  ['abnormal', phrases('a, abn, abnormal, *, **, !, !!')],
  ['normal', phrases('n, nl, wnl, normal, within normal limits')],
];

/** Results in words. */
export const resultWords: readonly string[] = phrases(
  'positive, negative, trace, normal, undetectable, reactive, non-reactive, nonreactive, detected, not detected, equivocal, indeterminate, unremarkable, within normal limits, wnl, neg, pos',
);
