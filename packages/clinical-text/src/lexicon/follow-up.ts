import { phrases } from './words.ts';

/** Words of what is still to happen. `start`: only at the beginning of a statement, where they are an order. */
export const followUpCues = {
  appointment: {
    anywhere: phrases(`
      booked for, listed for, scheduled for, follow up with, follow-up with, followup with, f/u with, follow up in, follow-up in, followup in, f/u in, return to clinic, rtc, return in, review in, see in clinic, clinic in, outpatient review, outpatient appointment, opd, opa, to be seen in, to be seen by, appointment with, appt with, follow up appointment,
      follow-up appointment, f/u appointment, will follow up, to follow up, gp to review, gp review, recheck in, see again in, next appointment, next appt, will see him, will see her, will be seen, come back in, reassess in, see back in, returns in, follow up as, follow-up as, follow up within, follow-up within, follow up on, post-op visit,
      review by, to be reviewed, for review, for outpatient, followed up by, followed up in, will be followed, tci, to come in, bring back, needs follow up, needs follow-up, clinic appointment, book appointment, telephone review, virtual clinic, pifu, follow up visit, follow-up visit, wound check in, removal of sutures, suture removal, sutures out, stitches out, clips out, removal of clips, removal of staples, staples out, dressing change, wound check, wound review
    `),
    start: phrases(
      'fracture clinic, hand clinic, virtual fracture clinic, hot clinic, outpatient clinic, outpatients, chest clinic, pre-op clinic, eye clinic, wound clinic, to see, to be seen, will see, follow up, follow-up, followup, f/u, fu, review, see, return, recheck with, opa, opd, clinic, reassess',
    ),
  },
  test: {
    anywhere: phrases(`
      next inr, next bloods, next blood test, next blood tests, next hba1c, next scan, next ct, next mri, next injection, next infusion, next check, repeat ct, repeat mri, repeat cxr, repeat x-ray, repeat xray, repeat chest x-ray, repeat chest xray, repeat scan, repeat imaging, repeat ultrasound, repeat uss, repeat echo, repeat echocardiogram, repeat endoscopy, repeat colonoscopy, repeat mammogram, repeat ecg, repeat chest ct, going to order, am ordering, also be ordered,
      be ordered, are ordering, repeat labs, repeat bmp, repeat cmp, repeat cbc, repeat fbc, repeat potassium, repeat k, repeat inr, repeat troponin, repeat lactate, repeat creatinine, repeat hb, repeat hba1c, repeat a1c, repeat lfts, repeat tfts, repeat u&es, repeat bloods, repeat blood, recheck labs, recheck bloods, needs repeat, needs a repeat, will need repeat, will check, will recheck, to check, to recheck, will repeat, to repeat, for repeat, check again, labs in, bloods in, will order, will obtain, to obtain, needs bloods, recommend checking, repeat in,
      needs u&es, gp to check, gp to repeat, please check, please repeat, pls repeat, pls check, kindly repeat, kindly check, needs checking, should be checked, should be repeated, to be repeated, to be checked, is due for, are due for, recheck in
    `),
    start: phrases(
      'rpt, repeat, recheck, check, re-check, order, obtain, send, test, needs, need, for, to have, will need, needs to have, arrange, book, schedule, request, get, do, to get, will have, would benefit from, requires, require, organise, organize, recommend, consider, will get, start with',
    ),
  },
  referral: {
    anywhere: phrases(`
      refer to, referral to, referred to, referral placed, will refer, consult placed, to be referred, needs referral, please refer, for referral, referral for, referral sent, placed a referral, referral made, consulted for, consultation with, will consult, to refer, recommend referral, refer for, kindly refer, urgent referral, 2ww referral, discuss at mdt,
      to be discussed at, for discussion at, mdt discussion, discussion at mdt, for mdt, await mdt, onward referral, review requested, input requested, opinion requested, assessment requested, referral requested, r/v requested, recommend consultation
    `),
    start: phrases(
      'refer, referral, consult, re-refer, discuss with, d/w, discuss, liaise with, assess, to assess, contact, inform, ask, involve, speak to, speak with, page',
    ),
  },
  'pending-result': {
    anywhere: phrases(`
      result pending, results pending, is pending, are pending, pending, still pending, awaited, is awaited, are awaited, results awaited, awaiting, awaits, await, outstanding, to be reported, not yet back, not back yet, result to follow, results to follow, tbc, in process, sent off, yet to come back, still out,
      yet to be reported, report awaited, not yet available, not yet resulted, to chase, chase up, to be chased, needs chasing, will chase
    `),
    start: phrases('chase, await, awaiting, follow up results, f/u results, pending, trace'),
  },
  monitoring: {
    anywhere: phrases(`
      will monitor, to monitor, continue to monitor, monitor for, monitor closely, daily weights, weigh daily, watch for, serial troponins, serial exams, neuro checks, neuro obs, strict i/o, fluid balance, monitoring of, surveillance, keep an eye on, close monitoring, needs monitoring, trend troponin, trend labs, daily u&es, daily bloods,
      telemetry, hourly obs, cardiac monitoring, blood glucose monitoring, home bp monitoring, check daily, regular monitoring, active surveillance
    `),
    start: phrases('monitor, watch, trend, observe, daily, weekly, serial, keep, surveillance, continue monitoring'),
  },
  'return-if': {
    anywhere: phrases(`
      return if, return to ed if, return to the ed if, return to er if, return to ed, come back if, call if, call us if, return for, seek medical attention, seek help, seek urgent, seek care, safety net, safety netted, safety-netted, return precautions, if worse, if symptoms worsen, if not improving, if any concerns, if no better, red flags,
      call 911, call 999, dial 999, if worsening, if it worsens, if fever, or sooner if, sooner if, represent if, reattend if, re-attend if, if no improvement, to return if, go to the er, contact us if, contact gp if, present to ed, if they recur, if recurs
    `),
    start: phrases('return, call, seek, come back, if'),
  },
  advice: {
    anywhere: phrases(`
      no driving, not to drive, must not drive, do not drive, advised to, advised not to, advised against, advised re, instructed to, counseled to, counselled to, encouraged to, weight bearing as tolerated, non-weight bearing, non weight bearing, no heavy lifting, bed rest, low salt diet, low sodium diet, nil by mouth, npo,
      inform dvla, dvla informed, smoking cessation advice, rest and, keep hydrated, elevate, soft diet, diet and exercise, wean as, off work for
    `),
    start: phrases(
      'avoid, advise, encourage, no driving, rest, elevate, continue diet, keep, npo, nbm, stop smoking, lifestyle',
    ),
  },
} as const;

/** To come back or to ask for help: with a condition after them they say when. */
export const returnVerbs: readonly string[] = phrases(`
  return, come back, go back, come in, attend, re-attend, reattend, re-present, represent, present to, report to, call, ring, phone, telephone, contact, seek, go to, visit, dial, get in touch, get help, ask for help, speak to, see a doctor, see your doctor, see your gp, see his gp, see her gp, see gp
`);
/** What may stand before such an order, besides the beginning of a statement. */
export const returnLeads: readonly string[] = phrases(
  'to, should, must, please, will, can, and, or, then, but, also, always, immediately, urgently, may, you, and to',
);

/** What is looked for in a test, an image or a consultation: after "needs" or "to have" it makes a plan of the statement. */
export const followUpObjects = {
  imaging: phrases(`
    ct, mri, x-ray, xray, x ray, cxr, chest film, ultrasound, uss, us, doppler, echo, echocardiogram, tte, scan, mammogram, dexa, pet, imaging, angiogram, radiograph, mrcp, ctpa, cta, mra, hida, bone scan, film
  `),
  test: phrases(`
    bloods, labs, blood test, blood tests, bmp, cmp, cbc, fbc, u&e, u&es, ue, ues, lft, lfts, tft, tfts, inr, hba1c, a1c, tsh, psa, troponin, culture, cultures, urinalysis, ecg, ekg, spirometry, pfts, biopsy, colonoscopy, endoscopy, ogd, egd, holter, sleep study, stress test, lipid, lipids, potassium, creatinine, sodium, hemoglobin, haemoglobin, hb,
    crp, esr, ferritin, b12, levels, level, urine, swab, swabs, csf, eeg, emg, screen, test, tests, cystoscopy, mc&s, blood pressure, bp, ultrasound, glucose, magnesium, calcium, vitamin d
  `),
  referral: phrases(`
    cardiology, neurology, gastroenterology, gi, urology, nephrology, renal, surgery, surgeons, orthopedics, orthopaedics, ortho, dermatology, dietitian, dietician, physio, physiotherapy, pt, ot, salt, slt, psychiatry, psychology, oncology, haematology, hematology, endocrinology, endocrine, respiratory, pulmonology, ent, ophthalmology, rheumatology, vascular,
    neurosurgery, palliative care, social work, social services, pain clinic, memory clinic, falls clinic, tissue viability, diabetes team, dsn, heart failure nurse, stoma nurse, wound care, home health, rehab, hospice, podiatry, audiology, genetics, id, infectious diseases, mdt, counselling, therapy, package of care, care package, stairlift, respite care
  `),
} as const;

/** Statements of the past: their cue words plan nothing. */
export const pastWords: readonly string[] = phrases(
  'was, were, had, has been, have been, has continued to, have continued to, continues to, he monitors, she monitors, underwent, previously, last week, yesterday, last month, last year, ago, showed, revealed, did not, came, went, attended, he reports, she reports, presents for, presents today for, presenting for, presented for, here for, here today for, seen today for, being told, was told',
);
