import { phrases } from './words.ts';

export const nameTitles: readonly string[] = phrases(`
  mr, mrs, ms, miss, mister, dr, drs, doctor, doctors, prof, professor, sir, madam, rev, reverend, father, pastor, rabbi, sgt, sergeant, capt, captain, lt,
  officer, judge, nurse, sister mary, attorney, atty, master, dame, lord, lady, canon, fr, imam, sheikh, hon, major, col, colonel, pte, cpl, constable, constables, pc, pcs, messrs, officers, sgts,
  herr, frau, fräulein, hr, mx, detective, inspector, sra, sr, srta, señor, señora, mme, mlle, monsieur, madame
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
  oncologist, health care proxy, healthcare proxy, power of attorney, maiden name, alias, aka, also known as, employer contact, caregiver, interpreter, scribe, ref, preferred, preferred name, requested by, req, reporting, ordering, ordered by, verified by, referrer, referring, referred by, lead, operator, counsellor, key contact, tech, lab tech, technician, phlebotomist, midwife, doula, physio, physiotherapist, dietitian, dietician, pharmacist, registrar, driver, witness, caller, carer, key worker, keyworker, chaplain, paramedic, crew, translator, anaesthetist, screener, interpreter name, escort, chaperone, line manager, advocate, appropriate adult, foster carer, health visitor, school nurse, pcp name, officer, sergeant, detective, poa, handover, handed over, cleaner, lawyer, solicitor, adm dr, att dr, ref dr, ord dr, admitting dr, attending dr, referring dr, ordering dr, adm md, att md, photographer, lpa, attorney, executor, hca, lpn, cna, sho, spr, matron, staff nurse, medic, reader, requesting gp, requester, ward clerk, receptionist, sister in charge, nurse in charge, gp
`);

/** Before these a name stands without a title. */
export const credentials: readonly string[] = phrases(`
  md, m.d., do, d.o., rn, r.n., np, n.p., pa, pa-c, p.a., phd, ph.d., dds, d.d.s., dpm, d.p.m., dvm, facs, faap, facp, facc, fnp, crna, cnm, lpn, lcsw, msw, aprn, arnp,
  cnp, bsn, msn, psyd, od, pharmd, mph, rpt, pt, ot, dnp, mbbs, frcs, ct(ascp), mrcp, frcp, mrcgp
`);

/** Between a relation and a name nothing stands: "his wife Ellen". */
export const relations: readonly string[] = phrases(`
  wife, husband, son, daughter, mother, father, brother, sister, friend, girlfriend, boyfriend, partner, fiance, fiancee, spouse, aunt, auntie, aunty, uncle, niece, nephew,
  grandson, granddaughter, grandmother, grandfather, neighbor, caregiver, named, roommate, cousin, sibling, stepmother, stepfather, husb, stepdad, stepmum, stepmom, step-dad, step-mum, step-mom, sitter, colleague, dtr, dau, daughters, sons, mum, mom, dad, mam, mummy, daddy, gran, granny, nan, nana, grandma, grandpa, grandad, granddad, hubby, ex-wife,
  ex-husband, ex, sis, bro, carer, carers, twin, kids, child, baby, toddler, boy, girl, neighbour, landlord, landlady, housemate, flatmate, keyworker, key worker, godmother,
  godfather, godson, goddaughter, sister-in-law, brother-in-law, mother-in-law, father-in-law, son-in-law, daughter-in-law, stepson, stepdaughter, stepbrother, stepsister,
  girlfriends, nephews, nieces, boss, manager, teacher, coach, warden, advocate, interpreter, nok, tochter, sohn, ehefrau, ehemann, mutter, vater, schwester, bruder
`);

/** What the person does identifies a name at the beginning of a sentence. */
export const personVerbs: readonly string[] = phrases(`
  is a, is an, was a, was an, is the, presents, presented, reports, reported, denies, denied, states, stated, complains, complained, returns, returned, comes, came, has been, has had,
  has a, notes, noted, describes, described, underwent, was seen, was admitted, was discharged, was brought, was referred, was evaluated, says, said, tells, told, feels, agrees,
  verbalized, understands, called, called in, will follow, lives, works, tolerated, is doing, did well, had, endorses, endorsed, admits, appears, was diagnosed, is here,
  was accompanied, does, did, has, have, had, was, were, is, will, would, could, cannot, can, should, may, also, still, then, now, again, became, remained, remains, developed,
  started, began, stopped, went, got, took, takes, felt, fell, recovered, improved, continued, received, subsequently, initially, currently, reportedly, never, no longer, who, with history of,
  with a history of, requests, requested, appeared, refused, refuses, drinks, smokes, tolerates, weighs, attended, attends, agreed, ate, slept, walked, walks, woke, settled, mobilised, mobilized, rang, phoned, visited, asked, asks,
  declines, declined, wants, wishes, sleeps, eats, thinks, believes, admitted with, admitted to, vomited, cried, laughed, smiled, sat, stood, bled, died, consented, signed, phoned, drove, drives, saw, heard, spoke, ran, arrived, was given, was started, continues, is being, was transferred, was found, was in, was last seen, recommended, advised, c/o, c / o, brought, helped, waited, gave, made, is comfortable, is stable, is well
`);

/** A person's name in a disease, a sign or a device stands before one of these. */
export const eponymNouns: readonly string[] = phrases(`
  disease, diseases, syndrome, syndromes, sign, signs, test, tests, testing, maneuver, manoeuvre, procedure, operation, fracture, fractures, catheter, catheters, tube, tubes, drain, drains, ring,
  lymphoma, sarcoma, tumor, tumour, palsy, esophagus, stain, staining, criteria, score, scale, classification, grade, duct, gland, node, nodes, nodule, nodules, ulcer, ulcers,
  phenomenon, effect, reflex, law, murmur, gait, chorea, anemia, thyroiditis, anaemia, oesophagus, serology, virus, igg, igm, pcr, contracture, cyst, cysts, hernia, node, body, bodies, cell, cells, fasciitis, gangrene, protein,
  ultrasound, study, studies, exam, examination, coma, index, line, point, angle, triangle, ligament, fascia, procedure, repair, anastomosis, position, lift, brace, collar,
  boot, dressing, bandage, monitor, wire, rod, nail, plate, screw, squeeze, ankle, knee, c-spine, ser, pab, staging, stage, type, pouch, lesion, tear, injury, deformity, granulomatosis, arteritis, dementia, therapy, diet, slit, filter, flow, triad, tetrad, pentad, lines, spots, spot, rings, rule, rules, respiration, respirations, breathing, forceps, retractor, mask, blade, solution, frame, traction, splint, approach,
  loop, flap, graft, shunt, valve, bag, circuit, airway, tracheostomy, regimen, formula, method, contraction, contractions, crisis, encephalopathy, aphasia, area, membrane, zone, fever, tremor, neuroma, views, view,
  nystagmus, manoeuvres, maneuvers, pin, needle, port, trial, study, equation, curve, cannula, clamp, laryngoscope, suture, scissors, knife, cage, stocking, stockings, paralysis, melanoma, carcinoma, nephritis, colitis, ef, lvef, biplane, canal, fossa, foramen, trigone, recess, sutures, stitch, stitches, monofilament, crutch, crutches, incision, pack, wheelchair, hoist, walker, cushion, mattress, balloon, balloons, stent, stents, sheath, guidewire, halo, vest, needle, strip, strips, sensor, assay, kit, antibody, antigen, granules, agar, medium, device, implant, prosthesis, mesh, gel, cream, ointment, spray, wipes, pads, milk, questionnaire, protocol, inventory, checklist, negative, positive, neg, pos, present, absent, equivocal
`);

/** Parts of a name in small letters. */
export const nameParticles: readonly string[] = phrases(
  'de, del, della, der, den, van, von, la, le, di, da, dos, du, el, al, bin, ibn, ten, ter, te, san, st, y, ní, ni, nic, uí, ó, ap, ab, bint, abu, af, av, zu, vom, zum, dalla, delle, degli, do, das, dem, in ’t',
);

/** Of those, the ones that tell even of an unknown word that it names no one here: "Dieulafoy disease". */
export const strictEponymNouns: readonly string[] = phrases(`
  disease, syndrome, syndromes, sign, palsy, esophagus, oesophagus, anaemia, virus, serology, igg, igm, stain, staining, criteria, classification, maneuver, fracture, catheter, cannula, lymphoma, sarcoma, tumor,
  contracture, phenomenon, anemia, thyroiditis, murmur, chorea, hernia, oesophagectomy, esophagectomy, procedure, antibodies, exercise, exercises, staging, score, scale
`);

/** Somebody says what a person is called: any word with a capital that follows is a name. */
export const nameDeclarations: readonly string[] = phrases(`
  my name is, name is, known as, be called, goes by, go by, likes to be called, prefers to be called, prefers the name, preferred name, preferred name is, introduced himself as,
  introduced herself as, introduced themselves as, nicknamed, alias, pseudonym, patient is mr, answers to
`);

/** Somebody says who they are: the words that follow are a name. */
export const nameIntroductions: readonly string[] = phrases(`
  my name is, name is, name was, named, am called, is called, was called, be called, are called, known as, goes by, go by, likes to be called, prefers to be called, prefers the name,
  preferred name, preferred name is, preferred name:, introduced himself as, introduced herself as, introduced themselves as, introduces himself as, introduces herself as, nickname, nicknamed, nee, née, formerly
`);

/** Somebody was spoken with: a name or a role follows. */
export const nameContacts: readonly string[] = phrases(`
  spoke w /, spoken w /, talked w /, met w /, discussed w /, seen w /, reviewed w /, talked to, talked with, spoke with, spoke to, told, asked, advised, reassured, reminded, reviewed, examined, patient is, pt is, client is, this is, partner is, speak with, speak to, spoken to, spoken with, discussed with, discussed the case with, case discussed with, discussed case with, discussed this with, discussed plan with, reviewed with, d/w, discussion with, conversation with, rang, phoned, telephoned, called, texted, emailed, informed, updated, contacted, met with, met, saw,
  accompanied by, attended with, brought in by, brought by, lives with, living with, cared for by, seen by, reviewed by, handover from, handover to, handed over to, referred by, signed by, message from, call from,
  call to, asked for, asking for, per, cc, says, said, agreed with, plan with, collected by, visited by, visit from, escorted by, chaperoned by, chaperone
`);

/** After one of these without a colon a given name and surname follow: "Keyworker Sally Fields". */
export const roleNouns: readonly string[] = phrases(`
  keyworker, key worker, named nurse, nurse, physio, physiotherapist, consultant, registrar, reg, sho, fy1, fy2, pharmacist, dietitian, therapist, social worker, sw, cpn, midwife, hca, gp, surgeon, anaesthetist, anesthesiologist,
  patient, pt, client, resident, student, interpreter, carer, rn, lpn, cna, np, pa, crna, chaplain, psychologist, psychiatrist, paramedic, secretary, spr, sr, f1, f2, ct1, ct2, ct3, imt, rmo, lvn, emt, aprn, dnp, intern, fellow, attending, hospitalist, phn, ipc, imca, ward clerk, lead clinician, care coordinator, case manager, health visitor, receptionist, sister, matron, staff nurse, sonographer, radiographer, technician, audiologist, optometrist, podiatrist, dentist, pharm, locum, ot, salt, slt, cns, anp, acp, dietician, phlebotomist, postman, neighbour, warden, driver, porter, cleaner, landlord, officer, detective, scribe, counsellor
`);

/**
 * Fields of a form that hold a part of a name: any word that follows is one, with a capital or in dictation.
 */
export const nameFields: readonly string[] = phrases(`
  surname, forename, forenames, first name, last name, given name, given names, family name, middle name, firstname, lastname, fname, lname, christian name, maiden name, married name, birth name, former name, previous name, vorname, nachname, familienname
`);

/** Given names that are also words, but seldom with a capital and a verb of people after them. */
export const wordyGivenNames: readonly string[] = phrases(`
  grace, joy, faith, penny, dawn, eve, jack, robin, carol, bob, buddy, sue, rob, ruby, ivy, violet, daisy, jade, holly, hazel, jasmine, rosemary, scarlett, melody, harmony, verity,
  hunter, tanner, mason, carter, cooper, archer, parker, fletcher, rusty, frank, mark, hope, rose, pat, olive, lily, poppy, pearl, heather, charity, prudence, constance, glen, reg, gail,
  wade, basil, myrtle, chase, drew, grant, dale, sandy, dick, rich, ray, lance, miles, dean, cliff, heath, guy, norm, clay, fern, angel, bill, will, gene, chance, destiny, skip, cash, earnest, ginger, hank, art, blessing, comfort, patience, precious, iris, amber, crystal
`);
/** Of those, the ones that begin sentences as ordinary words: a name only before `humanVerbs`. */
export const firstWordGivenNames: readonly string[] = phrases(`
  frank, mark, hope, rose, pat, olive, lily, poppy, pearl, heather, charity, prudence, constance, glen, reg, gail, wade, basil, chase, drew, grant, dale, rich, ray, lance, miles, dean, cliff, heath, guy,
  norm, clay, fern, angel, bill, will, gene, chance, destiny, skip, cash, earnest, ginger, jack, penny, hunter, art, blessing, comfort, patience, precious, may, june, april, summer, autumn, crystal, iris, amber
`);
/** Verbs whose subject is always a person. */
export const humanVerbs: readonly string[] = phrases(`
  reports, reported, denies, denied, states, stated, complains, complained, says, said, tells, told, feels, agrees, agreed, verbalized, verbalised, understands, called, lives, works, tolerated, endorses, endorsed, admits,
  was accompanied, went, got, took, takes, felt, drinks, smokes, attended, attends, ate, slept, walked, walks, woke, settled, mobilised, mobilized, rang, phoned, visited, asked, asks, declines, declined, wants, wishes, sleeps,
  eats, thinks, believes, vomited, cried, laughed, smiled, sat, stood, died, consented, arrived, has had, has no, has a, has been, is comfortable, c/o, c / o, brought, helped, waited, refuses, refused, presents, presented, drove, drives, fell, saw, heard, spoke, ran, swam, cooked, lost, knew, thought, met, found her, found him, found them
`);

/** Given names that are everyday words first: alone at the beginning of a sentence they name nobody. */
export const everydayNames: readonly string[] = phrases(`
  will, may, mark, rose, bill, pat, sue, rob, hope, grant, chase, drew, can, might, art, gene, dawn, eve, faith, joy, grace, april, june, august, summer, autumn, guy, miles, max, major, dean, rich, ray, lance, cliff, heath, dale, sandy, penny, ginger,
  amber, crystal, iris, jack, dick, frank, earnest, chance, destiny, harmony, angel, carol, robin, jay, bob, buddy, king, skip, buck, don, van, son, sun, long, young, best, short, small, brown, green, white, black, gray, grey, little, bright, sharp
`);

/** Begin or end a letter: the words that follow are a name. */
export const greetings: readonly string[] = phrases(`
  hi, hiya, hello, hey, dear, ta, cheers, thanks, thx, many thanks, regards, kind regards, best wishes, best, love, sincerely, yours sincerely, good morning, morning
`);

/** Labels of a role: one capitalised word after them is a person, also an ordinary word. */
export const roleLabels: readonly string[] = phrases(`
  attending, attending physician, attending md, resident, surgeon, assistant surgeon, consultant, registrar, anesthetist, anaesthetist, anesthesiologist, radiologist, pathologist, cardiologist,
  oncologist, intern, fellow, pcp, endoscopist, referring physician, ordering physician, ordering provider, dictated by, signed by, verified by, reported by, scribe, author, operator, tech, lab tech, technician, phlebotomist, midwife, screener, pharmacist, physio, physiotherapist, paramedic, interpreter, chaperone, translator, sitter, chaplain, doula, carer, cleaner, lawyer, solicitor, attorney, hca, rn, lpn, cna, sho, spr, sister, matron, staff nurse, nurse, midwives, crew, medic, reader, requesting gp, requester, clerk, receptionist, driver
`);

/** Headings of columns with names of people, and headings that show that a table is about people. */
export const personColumns: readonly string[] = phrases(`
  surname, forename, first name, last name, given name, given names, family name, name, patient, patient name, pt, pt name, full name, consultant, nurse, clinician, doctor, gp, carer, relative, nok, next of kin, contact
`);
export const personTables: readonly string[] = phrases(`
  surname, forename, first name, last name, given name, family name, patient name, full name, dob, date of birth, d . o . b ., sex, gender, m / f, age, ward, bed, room, mrn, nhs, nhs no, nhs number, hospital no, hospital number, urn,
  nurse, clinician, doctor, carer, gp, pt name, relation, relationship, consultant, nok, next of kin, phone, telephone, tel, mobile, role
`);
/** Headings of columns, beside names, whose figures are identifiers. */
export const numberColumns: readonly string[] = phrases(`
  mrn, nhs, nhs no, nhs number, hospital no, hospital number, hosp no, urn, ur, id, patient id, room, bed, phone, telephone, tel, mobile, account, acct, ssn, chi, ppsn, ext, fax, pager, bleep
`);
