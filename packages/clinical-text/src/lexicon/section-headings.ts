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
    chief complaint, chief complaints, cc, presenting complaint, reason for visit, reason for consultation, reason for consult,
    reason for admission, reason for hospital admission, reason for referral, presenting problem, presenting concern, complaint,
    reason for encounter, chief concern, clinical history, indication, indications, clinical indication
  `),
  'history-of-present-illness': phrases(`
    history of present illness, history of the present illness, hpi, present illness, history of presenting illness,
    history of presenting complaint, hopi, interval history, subjective, history, interim history, hpi and hospital course,
    history of illness, summary of history, patient history, s
  `),
  'past-medical-history': phrases(`
    past medical history, medical history, pmh, pmhx, past history, past medical and surgical history, medical problems,
    past medical/surgical history, past medical history/surgical history, active problems, problem list, chronic problems,
    comorbidities, past psychiatric history, psychiatric history, previous medical history, birth history, medical hx, past med history,
    past medical hx, active medical problems, significant past medical history, medical
  `),
  'past-surgical-history': phrases(`
    past surgical history, surgical history, psh, pshx, past surgeries, operations, previous surgeries, surgeries, surgical hx,
    previous operations, prior surgeries, surgical
  `),
  'family-history': phrases(`
    family history, family medical history, fh, fhx, family hx, genetic history, family psychiatric history,
    family and social history, family/social history
  `),
  'social-history': phrases(`
    social history, sh, shx, social hx, habits, personal history, social and family history, social/family history,
    personal and social history, substance use history, occupational history, lifestyle, developmental history
  `),
  'obstetric-history': phrases(`
    obstetric history, gynecologic history, gynecological history, ob/gyn history, ob history, gyn history, menstrual history,
    obstetrical history, ob-gyn history, obstetric and gynecologic history, obstetrical and gynecological history
  `),
  'other-history': phrases(
    `other history, travel history, exposure history, sexual history, sleep history, past, family, and social history`,
  ),
  medications: phrases(`
    medications, current medications, medication, meds, home medications, medications on admission, admission medications,
    medication list, current meds, outpatient medications, discharge medications, medications at home, prescriptions,
    current outpatient medications, medications prior to admission, medication history, present medications, current medication
  `),
  allergies: phrases(`
    allergies, allergy, drug allergies, medication allergies, known allergies, allergies to medications, allergic to,
    allergies and intolerances, drug allergy, allergies/intolerances, food allergies
  `),
  immunizations: phrases(
    `immunizations, immunization, vaccinations, vaccines, immunization history, immunisations, immunization status`,
  ),
  'review-of-systems': phrases(
    `review of systems, ros, systems review, review of symptoms, systemic review, review of system, functional inquiry`,
  ),
  vitals: phrases(`
    vitals, vital signs, vitals reviewed, vital signs on admission, vital signs on arrival, vitals signs, vital signs reviewed, vs,
    vital sign, triage vitals, measurements
  `),
  'physical-exam': phrases(`
    physical exam, physical examination, exam, examination, pe, px, objective, on examination, physical examination on admission,
    physical findings, general examination, neurologic exam, neurological examination, mental status examination,
    mental status exam, physical exam on admission, discharge examination, physical examination on discharge, o
  `),
  laboratory: phrases(`
    laboratory, laboratory data, labs, lab, laboratory results, lab results, laboratory studies, laboratory findings, blood work,
    laboratory values, laboratory examination, laboratory tests, admission labs, lab data, labs and studies, pertinent labs
  `),
  imaging: phrases(`
    imaging, radiology, imaging studies, radiographic studies, x-ray, x-rays, x-ray findings, xray, ct, mri, ultrasound,
    radiology results, imaging results, radiographs, diagnostic imaging, chest x-ray, radiologic studies, radiographic findings
  `),
  results: phrases(`
    results, result, data, diagnostic studies, test results, studies, diagnostic tests, findings, investigations, diagnostics,
    results reviewed, diagnostic data, diagnostic test results, tests, pertinent results, ekg, ecg, diagnostic results,
    laboratory and imaging, laboratory and radiology, objective data, echocardiogram,
    laboratory, radiographic, and other diagnostic study findings
  `),
  procedures: phrases(`
    procedures, procedure, procedures performed, operative procedures, procedure performed, operations performed,
    operative findings, procedures and treatments
  `),
  assessment: phrases(`
    assessment, impression, impressions, clinical impression, a, assessments, impression and recommendations, overall impression,
    medical decision making, mdm, summary, final impression, evaluation, clinical assessment
  `),
  diagnosis: phrases(`
    diagnosis, diagnoses, final diagnosis, final diagnoses, discharge diagnosis, discharge diagnoses, admitting diagnosis,
    admission diagnosis, principal diagnosis, primary diagnosis, secondary diagnoses, secondary diagnosis,
    postoperative diagnosis, preoperative diagnosis, post-operative diagnosis, pre-operative diagnosis, pre-op diagnosis,
    post-op diagnosis, differential diagnosis, admission diagnoses, working diagnosis, transfer diagnosis, preoperative diagnoses,
    discharge diagnosis(es), admitting diagnosis(es), postoperative diagnosis(es)
  `),
  plan: phrases(`
    plan, plans, treatment plan, recommendations, recommendation, plan of care, care plan, treatment, instructions,
    patient instructions, discharge instructions, follow-up, follow up, followup, p, orders, plan and recommendations,
    management plan, action plan, next steps, patient education, patient agreements, counseling, follow-up instructions,
    discharge plan, plan/recommendations, management, diet, activity
  `),
  'assessment-and-plan': phrases(`
    assessment and plan, assessment & plan, assessment/plan, a/p, a&p, a and p, ap, impression and plan, impression/plan,
    assessment plan, assessment and recommendations, assessment/recommendations, impression & plan, plan and assessment,
    problem based assessment and plan
  `),
  disposition: phrases(`
    disposition, discharge disposition, condition on discharge, condition, condition at discharge, discharge condition, prognosis
  `),
  'hospital-course': phrases(`
    hospital course, course, emergency department course, ed course, er course, emergency room course, clinical course,
    course in hospital, course in the emergency department, brief hospital course, hospital course by problem, medical course,
    operative course, complications
  `),
  administrative: phrases(`
    patient name, date of service, date of admission, admission date, discharge date, date of discharge, attending physician,
    attending, primary care physician, referring physician, account #, medical record number, mrn, dictated by, date of birth, dob
  `),
};
