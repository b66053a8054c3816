import { phrases } from './words.ts';

/** Words that speak for a kind of section, by topic. */
export const topicWords: Record<string, readonly string[]> = {
  family: phrases(`
    mother, father, brother, brothers, sister, sisters, sibling, siblings, parents, grandmother, grandfather, grandparents, aunt,
    uncle, cousin, maternal, paternal, family history, family, son, daughter, children, twin, relatives
  `),
  social: phrases(`
    smokes, smoking, smoker, smoke, tobacco, cigarettes, packs, pack, alcohol, etoh, drinks, drinking, beer, wine, drugs,
    illicit drugs, drug use, drug abuse, married, single, divorced, widowed, lives, lives with, works, employed, retired,
    unemployed, occupation, job, school, grade, college, marijuana, cocaine, quit, exercise, caffeine, coffee, boyfriend,
    girlfriend, sexually active, teacher, nurse, engineer, disabled, disability, homemaker, housewife, student
  `),
  operation: phrases(`
    surgery, surgeries, surgical, surgical procedures, operation, operations, repair, replacement, graft, bypass, cabg, stent,
    c-section, c-sections, cesarean section, cesarean, tubal ligation, arthroscopy, fusion, removal, bso, tah, d&c, acl
    reconstruction, reconstruction, amputation, biopsy, transplant, pacemaker, catheterization, orif, cataract surgery, tonsils
  `),
  allergy: phrases(`
    allergies, allergy, allergic, nkda, nka, known drug allergies, drug allergies, no known allergies, sulfa, latex, iodine, penicillin,
    hives, anaphylaxis, peanuts, shellfish, rash, intolerance, reaction, allergic to, bee stings, molds, dust, pollen
  `),
  exam: phrases(`
    nontender, non-tender, nondistended, soft, supple, clear to auscultation, auscultation, percussion, palpation, bowel sounds,
    regular rate and rhythm, rate and rhythm, perrla, eomi, extraocular movements, cranial nerves, reflexes, normocephalic,
    atraumatic, alert and oriented, well developed, well nourished, pupils, oropharynx, tympanic membranes, mucous membranes,
    thyromegaly, lymphadenopathy, murmurs, rubs, gallops, rales, rhonchi, edema, clubbing, cyanosis, gait, strength, range of
    motion, inspection, appearance, in no acute distress, no acute distress, apparent distress, sensation, awake, symmetric
  `),
  vital: phrases(`
    blood pressure, bp, pulse, heart rate, temperature, respirations, respiratory rate, oxygen saturation, weight, height, bmi,
    vital signs, afebrile, pulse ox, o2 sat, temp
  `),
  lab: phrases(`
    cbc, bmp, cmp, hemoglobin, hematocrit, white count, white blood cell count, wbc, platelets, platelet count, sodium, potassium,
    creatinine, bun, glucose, urinalysis, troponin, cardiac enzymes, enzymes, inr, tsh, a1c, cholesterol, ldl, hdl, ast, alt,
    bilirubin, albumin, calcium, culture, cultures, within normal limits, h&h, lab, labs, laboratory, electrolytes, psa, esr, crp
  `),
  imaging: phrases(`
    x-ray, x-rays, xray, chest x-ray, ct, ct scan, cat scan, mri, ultrasound, radiograph, radiographs, radiology, radiological,
    echocardiogram, ekg, ecg, mammogram, views, films, contrast, doppler, scan, angiogram, imaging
  `),
  gyn: phrases(`
    gravida, para, menstrual, menstrual period, last menstrual period, lmp, menses, menarche, menopause, pap, pap smear,
    pregnancy, pregnant, pregnancies, vaginal delivery, deliveries, abortion, miscarriage, mammogram, g1, g2, g3, p1, p2,
    contraception, menorrhagia, hysterectomy, ob/gyn, periods
  `),
  shot: phrases(`
    immunizations, immunization, vaccine, vaccines, vaccination, vaccinations, flu shot, pneumovax, tetanus, up to date,
    up-to-date, shots, influenza vaccine, current
  `),
  plan: phrases(`
    follow up, follow-up, followup, return, return to clinic, will, recommend, recommended, continue, start, started, refer,
    referral, schedule, scheduled, prescription, prescribed, instructed, advised, counseled, recheck, plan, order, ordered,
    obtain, monitor, consult, we will, should, as tolerated, diet, as needed, refill
  `),
  disposition: phrases(`
    discharged, discharge, home, stable, stable condition, good condition, condition, transferred, skilled nursing facility,
    nursing home, disposition, guarded, fair, improved, admitted to, discharged home, expired, rehab, hospice
  `),
  course: phrases(`
    emergency department, emergency room, er, ed, was given, was admitted, received, was treated, treated with, was taken,
    hospital, hospitalized, intravenous, iv, operating room, was placed, was started, tolerated, underwent, monitored
  `),
  system: phrases(`
    constitutional:, heent:, respiratory:, cardiovascular:, gastrointestinal:, genitourinary:, musculoskeletal:, neurologic:,
    neurological:, psychiatric:, skin:, endocrine:, hematologic:, integumentary:, allergic:, eyes:, review of systems,
    systems, as above, as in hpi, per hpi, hpi, otherwise negative, positive for, negative for, all other systems
  `),
  story: phrases(`
    year-old, years old, presents, presented, presenting, complains of, complaining of, comes in, came in, reports, states,
    stated, ago, began, started, noticed, since, developed, was seen, history of, brought, returns, weeks, days, months, symptoms
  `),
  judgement: phrases(`
    probable, probably, likely, possible, possibly, secondary to, resolved, resolving, improved, improving, stable, controlled, well controlled,
    uncontrolled, etiology, unknown etiology, uncertain etiology, status post, acute, chronic, suspect, suspected, versus, differential, questionable,
    exacerbation, worsening, consistent with, doing well, better, syndrome, refractory
  `),
  complaint: phrases(`
    followup, follow-up, followup of, evaluation, here for, complaint, complains, consult, consultation, check, med check, physical, annual exam,
    well child check, recheck, status, trouble, problem, problems, need, management, new patient, visit
  `),
  person: phrases('he, she, his, her, him, patient, the patient, this, mr, ms, mrs, i, we'),
  past: phrases(
    'had, was, were, has had, past, previous, prior, in the past, history of, history, hospitalized, hospitalizations, childhood, significant for, remarkable for, includes, include, otherwise, noted, chart',
  ),
  diet: phrases(`
    diet, regular diet, calorie, ada, low fat, low cholesterol, low salt, low sodium, sodium, cardiac diet, diabetic diet, soft diet, liquids, thin liquids, as tolerated,
    activity, activities, lifting, weightbearing, ambulate, showering, regular
  `),
  courseNote: phrases(
    'restraints, complications, prognosis, condition, code status, estimated blood loss, anesthesia, procedures, consultations',
  ),
  treatment: phrases(`
    was given, were given, received, was treated with, was placed on, was started on, given a dose, iv fluids, emergency department course, in the er, in the emergency room,
    in the emergency department, during hospitalization, hospital course, was observed, was monitored, bandage, ointment, splint, sutured, irrigated, nebulizer, tolerated well
  `),
  denial: phrases(
    `none, negative, noncontributory, non-contributory, unremarkable, denies, no, unknown, not applicable, n/a, nil, as above`,
  ),
};
