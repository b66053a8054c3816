import { phrases } from './words.ts';

/** Words beside a word with two meanings: beside these it does not have the one that its list gives it. */
export interface OtherMeaning {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const owners = ['', ' his', ' her', ' their', ' your', ' my', ' the', ' this', ' planned', ' hospital'];
const beforeDischarge = phrases(
  'after, before, following, since, until, till, upon, prior to, time of, day of, date of, morning of, evening of, night of, week of, weeks of, days of, hours of, keen for, in favour of, ready for, fit for, safe for, stable for, cleared for, suitable for, criteria for',
).flatMap((word) => owners.map((owner) => word + owner));

/** Leaving hospital: fluid that comes out is a symptom. */
const discharge: OtherMeaning = {
  before: [
    ...beforeDischarge,
    ...phrases(`
      at, on, on her, on his, at her, at his, aim for, aiming for, plan for, plans for, planned for, planning for, home for, preparation for, medications for, medication for, to come in for,
      post, pre, hospital, ward, honorable, honourable, dishonorable, planned, anticipated, expected, estimated date of, predicted, early, delayed, self, same day, supported, awaiting, await, facilitate, facilitated, expedite, interim,
      plan to, plans to, plan is to, planning to, hope to, hoping to, hopes to, aim to, aiming to, able to, ready to, safe to, happy to, decided to, agreed to, decision to, will, can, may, could, please, kindly
    `),
  ],
  after: phrases(`
    summary, letter, notification, order, report, note, notes, date, diagnosis, diagnoses, medication, meds, medicine, drugs, tablets, prescription, tto, ttos, tta, ttas, home, planning, plan, planner, instructions, instruction, advice, information, paperwork,
    documentation, checklist, disposition, destination, weight, criteria, coordinator, lounge, team, nurse, liaison, condition, status, time, day, today, tomorrow, tonight, address, bloods, labs, laboratory, hemoglobin, haemoglobin, hb, creatinine, vitals,
    examination, exam, service, pathway, pack, process, arrangements, meeting, when, once, if, to home, to his, to her, to their, to own, to usual, to care, to a care, to the care, to nursing, to a nursing, to residential, to a residential, to rehab, to rehabilitation, to a rehab,
    to hospice, to the community, to community, to snf, to a snf, to skilled, to a skilled, to assisted, to facility, to a facility, to inpatient, to gp, from hospital, from the hospital, from ward, from the ward, from ed, from the ed, from the emergency, from emergency, from icu,
    from the icu, from itu, from clinic, from the clinic, from care, from our, from service, from this, from follow up, from acute, from inpatient, from rehab, him, her, patient, the patient, pt, them, was delayed, is delayed, is planned, was planned, is anticipated, is expected,
    was arranged, pending
  `),
};

/** Words of examinations, teams and places, which name no problem of the patient. */
const apart: Readonly<Record<string, OtherMeaning>> = {
  stress: {
    before: phrases('valgus, varus, dobutamine, exercise, pharmacological, nuclear'),
    after: phrases(
      'test, tests, testing, echo, echocardiogram, echocardiography, mri, ecg, ekg, view, views, radiograph, radiographs, fracture, fractures, ulcer, incontinence, dose, doses',
    ),
  },
  mass: { before: phrases('body, muscle, bone, lean, fat'), after: phrases('index, spectrometry, effect') },
  dissection: {
    before: phrases('node, nodal, neck, axillary, blunt, sharp, careful, groin, block, by, after, and'),
    after: phrases('of the lymph, was performed, was carried, specimen'),
  },
  drainage: {
    before: phrases(
      'and, percutaneous, surgical, catheter, pigtail, biliary, external, lumbar, underwent, for, guided, chest tube, abscess, bladder, urinary, pleural, ascitic',
    ),
    after: phrases('tube, bag, catheter, bottle, procedure, was performed, under, system'),
  },
  covid: {
    before: phrases('during, before, since, pre, post, the'),
    after: phrases(
      'evaluation, testing, test, tests, swab, swabs, vaccine, vaccines, vaccination, vaccinations, booster, ward, clinic, clinics, centre, centres, center, centers, guidelines, restrictions, rules, pandemic, precautions, screening, screen, unit, lockdown, era, negative',
    ),
  },
  septic: { before: [], after: phrases('screen, workup, work-up, work up, tank, abortion, foci, focus') },
  coma: { before: ['glasgow'], after: phrases('scale, score') },
  torsion: { before: [], after: ['test'] },
};

export const otherMeanings: Readonly<Record<string, OtherMeaning>> = { discharge, ...apart };

const toSurgery = ['the', 'your', 'his', 'her', 'their'].flatMap((owner) =>
  phrases(
    `attend, visit, contact, call, ring, phone, telephone, inform, informed, seen at, reviewed at, done at, bloods at, tests at, test at, review at, checked at, check at, out at, appointment at, dressings at, nurse at, gp at, available at,
    letter to, sent to, faxed to, emailed to, forwarded to, form from, prescription from, certificate from, letter from, registered with`,
  ).map((verb) => `${verb} ${owner}`),
);
/** A practice of the United Kingdom, not an operation. */
const surgery: OtherMeaning = {
  before: [
    ...toSurgery,
    ...phrases(
      "gp, gps, gp's, doctor's, doctors', doctors, dr's, his local, her local, their local, your local, branch, walk-in, lane, road, street, village",
    ),
  ],
  after: phrases(`
    hours, opening, receptionist, reception, staff, pharmacist, telephone, phone, website, will call, will contact, will ring, will phone, will telephone, will text, will write, will arrange, will send, will book, will let, will inform, will be in touch, will be closed, is closed, is open,
    was closed, to call, to contact, to ring, to phone, to arrange, to book, to send, to chase, rang, phoned, telephoned, contacted, wrote, called to, called with, called about, called him, called her, called today, called yesterday, called back, has called to, has been informed, has been contacted, was informed,
    was contacted, informed, aware
  `),
};

export const otherProcedureMeanings: Readonly<Record<string, OtherMeaning>> = { surgery };
