import type { NotePart, SectionLabel } from '../engine.ts';
import { phrases } from './words.ts';

/** Which part of a SOAP note a section belongs to. */
export const partOf: Record<SectionLabel, NotePart> = {
  'chief-complaint': 'subjective',
  'history-of-present-illness': 'subjective',
  'past-medical-history': 'subjective',
  'past-surgical-history': 'subjective',
  'family-history': 'subjective',
  'social-history': 'subjective',
  'obstetric-history': 'subjective',
  'other-history': 'subjective',
  medications: 'subjective',
  allergies: 'subjective',
  immunizations: 'subjective',
  'review-of-systems': 'subjective',
  administrative: 'subjective',
  vitals: 'objective-exam',
  'physical-exam': 'objective-exam',
  laboratory: 'objective-results',
  imaging: 'objective-results',
  results: 'objective-results',
  procedures: 'objective-results',
  assessment: 'assessment-and-plan',
  diagnosis: 'assessment-and-plan',
  plan: 'assessment-and-plan',
  'assessment-and-plan': 'assessment-and-plan',
  disposition: 'assessment-and-plan',
  'hospital-course': 'assessment-and-plan',
};

/** Headings as clinicians write them. */
export const sectionHeadings: Record<SectionLabel, readonly string[]> = {
  'chief-complaint': phrases(`
    pc, presenting complaints, c/o, p/c, presenting symptom, presenting symptoms, reason for attendance, reason for call, reason for presentation, complaints, reason for review, referral reason,
    chief complaint, chief complaints, cc, presenting complaint, reason for visit, reason for consultation, reason for consult,
    reason for admission, reason for hospital admission, reason for referral, presenting problem, presenting concern, complaint,
    reason for encounter, chief concern, clinical history, indication, indications, clinical indication
  `),
  'history-of-present-illness': phrases(`
    hpc, hxpc, hopc, history of presenting symptoms, background and history, story, history of current illness, narrative, events, hx, present history, current illness,
    history of present illness, history of the present illness, hpi, present illness, history of presenting illness,
    history of presenting complaint, hopi, interval history, subjective, history, interim history, hpi and hospital course,
    history of illness, summary of history, patient history, s
  `),
  'past-medical-history': phrases(`
    pmhx, pmsh, pmsx, pmshx, past hx, pmh/psh, pmhx/pshx, previous history, previous medical problems, background, bg, bghx, medical background, comorbidity, co-morbidities, past medical problems, previous illnesses, pm hx, medical conditions, active issues,
    past medical history, medical history, pmh, pmhx, past history, past medical and surgical history, medical problems,
    past medical/surgical history, past medical history/surgical history, active problems, problem list, chronic problems,
    comorbidities, past psychiatric history, psychiatric history, previous medical history, birth history, medical hx, past med history,
    past medical hx, active medical problems, significant past medical history, medical
  `),
  'past-surgical-history': phrases(`
    past surgical hx, past operations, previous surgery, past surgery, surgical background,
    past surgical history, surgical history, psh, pshx, past surgeries, operations, previous surgeries, surgeries, surgical hx,
    previous operations, prior surgeries, surgical
  `),
  'family-history': phrases(`
    fam hx, family hx, fmhx, fam history,
    family history, family medical history, fh, fhx, family hx, genetic history, family psychiatric history,
    family and social history, family/social history
  `),
  'social-history': phrases(`
    shx, sochx, soc hx, social, psychosocial history, psychosocial, social circumstances, occupation, living situation, sh/occupation, soc history, home situation,
    social history, sh, shx, social hx, habits, personal history, social and family history, social/family history,
    personal and social history, substance use history, occupational history, lifestyle, developmental history
  `),
  'obstetric-history': phrases(`
    obs hx, past obstetric history, antenatal history, pregnancy history, obstetric hx, gynae history, gynaecological history, obgyn history, gynae hx,
    obstetric history, gynecologic history, gynecological history, ob/gyn history, ob history, gyn history, menstrual history,
    obstetrical history, ob-gyn history, obstetric and gynecologic history, obstetrical and gynecological history
  `),
  'other-history': phrases(
    `other history, travel history, exposure history, sexual history, sleep history, past, family, and social history`,
  ),
  medications: phrases(`
    dhx, dh, drug history, drug hx, drugs, medicines, regular medicines, regular medication, rx, tto, ttos, tta, ttas, ttoh, meds list, home meds, current medicines, repeat medication, repeat medications, drug chart, regular meds, repeat prescriptions, current drugs, medication changes, current prescriptions, meds/allergies, treatment on admission, pta meds, inpatient medications, scheduled medications, scheduled meds, prn medications, prn meds,
    medications, current medications, medication, meds, home medications, medications on admission, admission medications,
    medication list, current meds, outpatient medications, discharge medications, medications at home, prescriptions,
    current outpatient medications, medications prior to admission, medication history, present medications, current medication
  `),
  allergies: phrases(`
    adrs, adr, adverse drug reactions, allergies/adrs, drug intolerances, sensitivities, drug sensitivities, all, allergy status, adverse reactions, allergies / intolerances, allergies and adverse reactions, allergies and sensitivities,
    allergies, allergy, drug allergies, medication allergies, known allergies, allergies to medications, allergic to,
    allergies and intolerances, drug allergy, allergies/intolerances, food allergies
  `),
  immunizations: phrases(
    `
    vaccination history, vaccination status, immunisation history, imms, vaccination,immunizations, immunization, vaccinations, vaccines, immunization history, immunisations, immunization status`,
  ),
  'review-of-systems': phrases(
    `
    systems enquiry, systems inquiry, systematic enquiry, s/e, se, systemic enquiry, systems, system review,review of systems, ros, systems review, review of symptoms, systemic review, review of system, functional inquiry`,
  ),
  vitals: phrases(`
    obs, observations, vital obs, news, obs on arrival, vital signs stable, nursing observations, vss,
    vitals, vital signs, vitals reviewed, vital signs on admission, vital signs on arrival, vitals signs, vital signs reviewed, vs,
    vital sign, triage vitals, measurements
  `),
  'physical-exam': phrases(`
    o/e, on exam, exam findings, examination findings, clinical examination, examination on admission, mse, mental state examination, mental state exam, on exam today, pex, phys ex, physical, general exam, neuro exam, clinical findings, local examination, phys exam,
    physical exam, physical examination, exam, examination, pe, px, objective, on examination, physical examination on admission,
    physical findings, general examination, neurologic exam, neurological examination, mental status examination,
    mental status exam, physical exam on admission, discharge examination, physical examination on discharge, o
  `),
  laboratory: phrases(`
    bloods, blood results, blood tests, lab tests, lab work, labwork, biochemistry, haematology, hematology, chemistry, admission bloods, microbiology, cultures, laboratory investigations, path,
    laboratory, laboratory data, labs, lab, laboratory results, lab results, laboratory studies, laboratory findings, blood work,
    laboratory values, laboratory examination, laboratory tests, admission labs, lab data, labs and studies, pertinent labs
  `),
  imaging: phrases(`
    cxr, chest x ray, ct scan, scans, imaging findings, imaging results, radiological findings, ct head, echo, uss, mri brain, ct abdomen, ct chest, mri findings, ct findings,
    imaging, radiology, imaging studies, radiographic studies, x-ray, x-rays, x-ray findings, xray, ct, mri, ultrasound,
    radiology results, imaging results, radiographs, diagnostic imaging, chest x-ray, radiologic studies, radiographic findings
  `),
  results: phrases(`
    ix, investigation, investigation results, inv, invs, relevant results, tests done, relevant investigations, workup, work-up, work up, diagnostic workup, key results, pertinent labs/imaging,
    results, result, data, diagnostic studies, test results, studies, diagnostic tests, findings, investigations, diagnostics,
    results reviewed, diagnostic data, diagnostic test results, tests, pertinent results, ekg, ecg, diagnostic results,
    laboratory and imaging, laboratory and radiology, objective data, echocardiogram,
    laboratory, radiographic, and other diagnostic study findings
  `),
  procedures: phrases(`
    procedures and operations, operations and procedures, procedure details, operative details, operation performed, operation,
    procedures, procedure, procedures performed, operative procedures, procedure performed, operations performed,
    operative findings, procedures and treatments
  `),
  assessment: phrases(`
    imp, problem list and assessment, issues, opinion, formulation, clinical opinion, working impression, conclusion, conclusions, synopsis, assessment of problems,
    assessment, impression, impressions, clinical impression, a, assessments, impression and recommendations, overall impression,
    medical decision making, mdm, summary, final impression, evaluation, clinical assessment
  `),
  diagnosis: phrases(`
    dx, ddx, diff dx, differential, differentials, differential diagnoses, diagnosis on discharge, primary dx, discharge dx, final dx, main diagnosis, secondary dx, admitting dx, clinical diagnosis,
    diagnosis, diagnoses, final diagnosis, final diagnoses, discharge diagnosis, discharge diagnoses, admitting diagnosis,
    admission diagnosis, principal diagnosis, primary diagnosis, secondary diagnoses, secondary diagnosis,
    postoperative diagnosis, preoperative diagnosis, post-operative diagnosis, pre-operative diagnosis, pre-op diagnosis,
    post-op diagnosis, differential diagnosis, admission diagnoses, working diagnosis, transfer diagnosis, preoperative diagnoses,
    discharge diagnosis(es), admitting diagnosis(es), postoperative diagnosis(es)
  `),
  plan: phrases(`
    mx, rec, recs, actions, action, advice, to do, todo, plan today, ongoing plan, further management, follow up plan, followup plan, plan at discharge, gp to do, gp actions, actions for gp, action for gp, outstanding, outstanding issues, pending results, results pending, pending at discharge, fu, f/u, f/up, return precautions, safety netting, safety net, code status, resuscitation, resuscitation status, resus status, resus, dnacpr, dnar, dnr, escalation, escalation status, escalation plan, ceiling of care, ceilings of care, ceiling of treatment, treatment escalation, treatment escalation plan, tep, goals of care, advance care planning, acp, referrals, appointments, jobs, discharge planning, rehab plan, monitoring,
    plan, plans, treatment plan, recommendations, recommendation, plan of care, care plan, treatment, instructions,
    patient instructions, discharge instructions, follow-up, follow up, followup, p, orders, plan and recommendations,
    management plan, action plan, next steps, patient education, patient agreements, counseling, follow-up instructions,
    discharge plan, plan/recommendations, management, diet, activity
  `),
  'assessment-and-plan': phrases(`
    a+p, imp/plan, imp and plan, impression/recommendations, imp/p, a / p, a & p, assessment and management, impression and management, assessment/recommendation, assessment + plan, a & plan,
    assessment and plan, assessment & plan, assessment/plan, a/p, a&p, a and p, ap, impression and plan, impression/plan,
    assessment plan, assessment and recommendations, assessment/recommendations, impression & plan, plan and assessment,
    problem based assessment and plan
  `),
  disposition: phrases(`
    dispo, discharge status, discharge destination, discharge location, disposal, outcome,
    disposition, discharge disposition, condition on discharge, condition, condition at discharge, discharge condition, prognosis
  `),
  'hospital-course': phrases(`
    progress, clinical progress, progress in hospital, course of admission, inpatient course, course and treatment, treatment and progress, icu course, operative procedure, summary of admission, hospital stay, progress notes, interval events, overnight events, interim events,
    hospital course, course, emergency department course, ed course, er course, emergency room course, clinical course,
    course in hospital, course in the emergency department, brief hospital course, hospital course by problem, medical course,
    operative course, complications
  `),
  administrative: phrases(`
    patient details, ward, consultant, gp, date of discharge, date admitted, date discharged, nhs number, nhs no, hospital number, hosp no, name, patient, seen by, author, clinician, cc to, distribution,
    patient name, date of service, date of admission, admission date, discharge date, date of discharge, attending physician,
    attending, primary care physician, referring physician, account #, medical record number, mrn, dictated by, date of birth, dob
  `),
};

/** Titles of notes: no headings, though they hold a heading's words. */
export const noteTitles: readonly string[] = phrases(`
  discharge summary, clinic letter, progress note, progress notes, ed note, admission note, consult note, consultation note, operative note, nursing note, discharge letter, referral letter, clinic note,
  history and physical, discharge note, transfer summary, clinical summary, summary of care, visit summary, patient summary, admission summary, after visit summary, procedure note
`);

/** Words before a heading that leave its meaning: "current medications", "relevant past history". */
export const headingQualifiers: readonly string[] = phrases(`
  post-op, post op, postoperative, post-operative, postop, pre-op, current, currently, regular, usual, home, relevant, significant, pertinent, other, known, recent, active, brief, initial, admission, discharge, today's, todays, patient's, patients, new, additional, full, further,
  general, repeat, detailed, previous, latest, ongoing, updated, final, key, focused, targeted, primary, main, clinic, preadmission, pre-admission, preoperative, postoperative, outpatient, inpatient, ed, er
`);

/** Words after a heading that leave its meaning: "medication on discharge", "labs today". */
export const headingTails: readonly string[] = phrases(`
  on admission, at admission, on discharge, at discharge, on arrival, on presentation, at presentation, at home, today, to date, this morning, this evening, prior to admission, before admission, pre admission, on transfer,
  on the ward, in ed, in clinic, on review, reviewed, update, updated, summary, list, details, now, continued, cont, cont'd, at time of discharge, on examination, for discharge, upon discharge, upon admission, at time of admission, obtained, per patient
`);

/** Headings that need no colon, where a note has two or more of them. */
export const bareHeadings: readonly string[] = phrases(
  'o/e, pmh, pmhx, psh, pshx, hpc, hxpc, dhx, fhx, shx, imp, pc, soc hx, fam hx',
);
