import { phrases } from './words.ts';

export const nameTitles: readonly string[] = phrases(`
  mr, mrs, ms, miss, mister, dr, drs, doctor, doctors, prof, professor, sir, madam, rev, reverend, father, pastor, rabbi, sgt, sergeant, capt, captain, lt,
  officer, judge, nurse, sister mary, attorney, atty
`);

/** After these the next words are a person's name. */
export const nameLabels: readonly string[] = phrases(`
  patient name, name of patient, name, patient, pt name, pt, attending physician, attending, attending md, primary care physician, primary care provider, pcp, referring physician,
  referring md, referring provider, ordering physician, ordering provider, requesting physician, consulting physician, consultant, surgeon, assistant,
  assistant surgeon, first assistant, anesthesiologist, anesthetist, physician, provider, doctor, dictated by, dictating physician, electronically signed by, signed by,
  signed, e-signed by, authenticated by, transcribed by, transcriptionist, reviewed by, interpreted by, read by, performed by, reported by, seen by,
  examined by, cc, cc to, copy to, copies to, re, resident, intern, fellow, pathologist, radiologist, cardiologist, technologist, sonographer, cytotechnologist,
  next of kin, emergency contact, contact, guardian, responsible party, guarantor, subscriber, insured, spouse, mother's name, father's name, informant,
  family physician, family doctor, staff physician, staff, case manager, social worker, nurse, rn, author, operator, endoscopist, radiation oncologist,
  oncologist, health care proxy, healthcare proxy, power of attorney, maiden name, alias, aka, also known as, employer contact, caregiver, interpreter, scribe
`);

/** Before these a name stands without a title. */
export const credentials: readonly string[] = phrases(`
  md, m.d., do, d.o., rn, r.n., np, n.p., pa, pa-c, p.a., phd, ph.d., dds, d.d.s., dpm, d.p.m., dvm, facs, faap, facp, facc, fnp, crna, cnm, lpn, lcsw, msw, aprn, arnp,
  cnp, bsn, msn, psyd, od, pharmd, mph, rpt, pt, ot, dnp, mbbs, frcs, ct(ascp)
`);

/** Between a relation and a name nothing stands: "his wife Ellen". */
export const relations: readonly string[] = phrases(`
  wife, husband, son, daughter, mother, father, brother, sister, friend, girlfriend, boyfriend, partner, fiance, fiancee, spouse, aunt, uncle, niece, nephew,
  grandson, granddaughter, grandmother, grandfather, neighbor, caregiver, named, roommate, cousin, sibling, stepmother, stepfather, sitter, colleague
`);

/** A name that begins a sentence is told by what the person does. */
export const personVerbs: readonly string[] = phrases(`
  is a, is an, was a, was an, is the, presents, presented, reports, reported, denies, denied, states, stated, complains, complained, returns, returned, comes, came, has been, has had,
  has a, notes, noted, describes, described, underwent, was seen, was admitted, was discharged, was brought, was referred, was evaluated, says, said, tells, told, feels, agrees,
  verbalized, understands, called, called in, will follow, lives, works, tolerated, is doing, did well, had, endorses, endorsed, admits, appears, was diagnosed, is here,
  was accompanied, does, did, has, have, had, was, were, is, will, would, could, cannot, can, should, may, also, still, then, now, again, became, remained, remains, developed,
  started, began, stopped, went, got, took, takes, felt, fell, recovered, improved, continued, received, subsequently, initially, currently, reportedly, never, no longer, who, with history of,
  with a history of, requests, requested, arrived, was given, was started, continues, is being, was transferred, was found, was in, was last seen, recommended, advised
`);

/** A person's name in a disease, a sign or a device stands before one of these. */
export const eponymNouns: readonly string[] = phrases(`
  disease, diseases, syndrome, syndromes, sign, signs, test, tests, testing, maneuver, manoeuvre, procedure, operation, fracture, fractures, catheter, catheters, tube, tubes, drain, drains, ring,
  lymphoma, sarcoma, tumor, tumour, palsy, esophagus, stain, criteria, score, scale, classification, grade, duct, gland, node, nodes, nodule, nodules, ulcer, ulcers,
  phenomenon, effect, reflex, law, murmur, gait, chorea, anemia, thyroiditis, contracture, cyst, cysts, hernia, node, body, bodies, cell, cells, fasciitis, gangrene, protein,
  ultrasound, study, studies, exam, examination, coma, index, line, point, angle, triangle, ligament, fascia, procedure, repair, anastomosis, position, lift, brace, collar,
  boot, dressing, bandage, monitor, wire, rod, nail, plate, screw, staging, stage, type, pouch, lesion, tear, injury, deformity, granulomatosis, arteritis, dementia, therapy, diet, slit, filter, flow
`);

/** Parts of a name in small letters. */
export const nameParticles: readonly string[] = phrases(
  'de, del, della, der, den, van, von, la, le, di, da, dos, du, el, al, bin, ibn, ten, ter, san, st, y',
);

/** Of those, the ones that tell even of an unknown word that it names no one here: "Dieulafoy disease". */
export const strictEponymNouns: readonly string[] = phrases(`
  disease, syndrome, syndromes, sign, palsy, esophagus, stain, staining, criteria, classification, maneuver, fracture, catheter, cannula, lymphoma, sarcoma, tumor,
  contracture, phenomenon, anemia, thyroiditis, murmur, chorea, hernia, oesophagectomy, esophagectomy, procedure, antibodies, exercise, exercises, staging, score, scale
`);
