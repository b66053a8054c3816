import { phrases } from './words.ts';

/** Operations, examinations and treatments that are done to a patient. */
export const procedures: readonly string[] = phrases(`
  surgery, operation, biopsy, excision, resection, cabg, coronary artery bypass, coronary artery bypass graft, coronary artery bypass grafting, bypass surgery, pci, angioplasty, stenting, stent placement, cardiac catheterization,
  cardiac catheterisation, catheterization, coronary angiography, angiography, angiogram, coronary angiogram, cardioversion, dc cardioversion, ablation, valve replacement, aortic valve replacement, mitral valve repair, tavi, tavr, pacemaker insertion, pacemaker implantation,
  dialysis, hemodialysis, haemodialysis, peritoneal dialysis, crrt, plasmapheresis, transfusion, blood transfusion, intubation, intubated, extubation, extubated, mechanical ventilation, ventilation, tracheostomy, tracheotomy, cpr, defibrillation, resuscitation attempt,
  lumbar puncture, thoracentesis, paracentesis, pleural tap, ascitic tap, chest drain insertion, bone marrow biopsy, joint aspiration, joint injection, steroid injection, incision and drainage, drainage, debridement, skin graft, suturing, sutures, wound closure, cast application, closed reduction, open reduction,
  orif, open reduction internal fixation, open reduction and internal fixation, hip replacement, total hip replacement, total hip arthroplasty, knee replacement, total knee replacement, total knee arthroplasty, hemiarthroplasty, thr, tkr, arthroscopy, amputation, fusion, spinal fusion, laminectomy, discectomy,
  appendectomy, appendicectomy, cholecystectomy, lap chole, laparoscopy, laparotomy, hernia repair, colectomy, hemicolectomy, gastrectomy, gastric bypass, sleeve gastrectomy, splenectomy, nephrectomy, prostatectomy, turp, cystoscopy, ureteroscopy, lithotripsy, transplant, kidney transplant, renal transplant, liver transplant,
  hysterectomy, c-section, c section, caesarean section, cesarean section, lscs, tubal ligation, d&c, colposcopy, vasectomy, mastectomy, lumpectomy, thyroidectomy, parathyroidectomy, tonsillectomy, adenoidectomy, septoplasty, cataract surgery, cataract extraction, craniotomy, carotid endarterectomy, endarterectomy, fistula creation,
  colonoscopy, endoscopy, upper endoscopy, egd, ogd, ercp, eus, bronchoscopy, sigmoidoscopy, gastroscopy, laryngoscopy, capsule endoscopy, chemotherapy, radiotherapy, radiation therapy, immunotherapy, physiotherapy, physical therapy, occupational therapy, speech therapy, cognitive behavioral therapy, ect, phototherapy,
  thrombolysis, thrombectomy, embolization, embolisation, nerve block, epidural, general anesthesia, general anaesthesia, kyphoplasty, vertebroplasty, bariatric surgery, excisional biopsy, core biopsy, fine needle aspiration, fna, bone marrow transplant, stem cell transplant, feeding tube placement, peg insertion, line insertion, cannulation
`);

/** Endings that name a procedure. */
export const procedureSuffixes: readonly string[] = phrases(
  'ectomy, otomy, ostomy, oplasty, scopy, centesis, pexy, orrhaphy, desis',
);
export const notProcedures: readonly string[] = phrases(
  'anatomy, microscopy, dichotomy, spectroscopy, fluoroscopy, phlebotomy, ostomy, otomy, colostomy, ileostomy, urostomy, tracheostomy, gastrostomy, nephrostomy',
);

export const imagingProcedures: readonly string[] = phrases(`
  ct, ct scan, ct head, ct abdomen, ct chest, ctpa, ct angiogram, cta, mri, mri brain, mri spine, mra, x-ray, xray, x ray, chest x-ray, chest xray, cxr, chest film, ultrasound, uss, doppler, echocardiogram, echo, tte, toe, tee, ecg, ekg, electrocardiogram, eeg, emg,
  mammogram, mammography, dexa, dexa scan, bone scan, pet, pet scan, pet-ct, pet/ct, hida scan, stress test, holter, holter monitor, spirometry, pulmonary function tests, pfts, sleep study, nuclear stress test, mibi, v/q scan, barium swallow, urodynamics, barium enema
`);

/** Words near a procedure that say how far it is. */
export const procedureStatus = {
  refused: phrases(
    'would not want, would not wish, does not wish, does not wish for, not wish for, refused, refuses, declined, declines, does not want, did not want, did not consent, not keen on, against',
  ),
  cancelled: phrases(
    'not for, not for further, not a candidate for, not suitable for, cancelled, canceled, postponed, deferred, not performed, not done, aborted, called off, did not have',
  ),
  planned: phrases(`
    planned, plan for, plan, plans for, scheduled, schedule, scheduled for, for, will, will need, awaiting, awaits, await, booked, book, needs, need, to have, will have, refer for, referred for, referral to, refer to, referred to, referral for, consider, considering, recommend, recommended, recommends, arrange, arranged, order, ordered,
    request, requested, obtain, repeat, list for, listed for, candidate for, due, due for, pending, going for, proceed with, proceed to, discussed, chase, follow up, if, should, may need, to undergo, would benefit from, offered, evaluate for, upcoming, elective, get, follow-up, next
  `),
  'in-progress': phrases('undergoing, currently undergoing, ongoing, receiving, currently receiving'),
  done: phrases(
    `s/p, status post, underwent, had, has had, performed, done, completed, received, post, after, following, showed, shows, revealed, demonstrated, demonstrates, was, were, prior, previous, history of, h/o, found, tolerated, successful, uncomplicated, given, since`,
  ),
} as const;

/** Ordinary words in small letters. */
export const capitalProcedures: readonly string[] = phrases(
  'toe, tee, pet, us, ect, thr, tte, eus, fusion, operation, film',
);
