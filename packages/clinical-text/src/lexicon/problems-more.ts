import { phrases } from './words.ts';

/** Problems and symptoms beyond the lists that the section model was trained with. */
export const moreProblems: readonly string[] = phrases(`
  breast cyst, breast cysts, apnoea, apnea, apnoeas, apneas, viral illness, viral infection, febrile illness, pleurisy, trismus, achalasia, intussusception, norovirus, hammer toe, undescended testis, hypospadias, cleft palate, cold sore, cold sores,
  mass effect, midline shift, barrett's oesophagus, barrett's esophagus, polio,
  rheumatic fever, scarlet fever, anhedonia, torsion, testicular torsion, ovarian torsion, subdural, acute subdural, chronic subdural, extradural,
  psychosis, paranoia, paranoid ideation, hip fracture, nof fracture, fractured neck of femur, fractured hip, st elevation, st depression, st-elevation, raised troponin, lower respiratory tract infection,
  chest infection, upper respiratory tract infection, urosepsis, heart failure with preserved ejection fraction, heart failure with reduced ejection fraction, acute on chronic kidney disease, acute pulmonary oedema,
  pulmonary oedema, frailty, overdose, intoxication, delirium, panic, self-harm, self harm, deliberate self harm, covid infection, long covid, hay fever, glandular fever, chest sepsis, gastroenteritis,
  functional decline, postural hypotension, orthostatic hypotension, deconditioning, failure to thrive, urinary sepsis, line infection, wound infection, surgical site infection, pressure sore, pressure sores, pressure ulcer,
  pressure ulcers, bedsore, hearing loss, tonsillar abscess, hyperlipidaemia, hypercholesterolaemia, hypoglycaemia, hyperglycaemia, hyperkalaemia, hypokalaemia, hyponatraemia, hypernatraemia, neutropenic sepsis, acute abdomen,
  miscarriage, subarachnoid haemorrhage, intracranial haemorrhage, subdural haematoma, haematoma, haemothorax, peritonism, ketonuria, ketosis, bronchospasm, angioedema, angio-oedema, laryngospasm, anaphylactic shock
`);
export const moreSymptoms: readonly string[] = phrases(`
  jaw claudication, scalp tenderness, abdo pain, abdo distension, abdo tenderness, abdo swelling,
  giddiness, light headed, lightheaded, dizzy, breathless, short of breath, sob, n/v, night sweat, loin pain, tummy pain, tummy ache, stomach ache, sleepy, poor sleep, can't sleep, off food, off legs, unwell, vomited, vomits,
  coughs, feverish, itch, itchy, itchiness, wheezy, palps, faint, faints, fainted, collapsed, collapses, runny nose, blocked nose, sneezes, constipated, suicidal, suicidality, low in mood, tearful, anxious, depressed, homicidality, head injury,
  stiff neck, hemianopia, facial weakness, arm weakness, leg weakness, limb weakness, chest tightness, heaviness, tiredness, exhaustion, loss of weight, weight-loss, hot flushes, haematemesis, coffee ground vomit, loose stool, blood in stool, blood in urine,
  difficulty urinating, productive cough, sore mouth, swollen ankles, swollen leg, swollen legs, leg oedema, ankle oedema, pitting edema, pitting oedema, peripheral oedema, peripheral edema, calf swelling, calf tenderness, hoarse voice, bleeding gums, heavy periods, missed period, abnormal movements, saddle anaesthesia, saddle anesthesia, perianal numbness, bowel incontinence, bladder incontinence, urinary incontinence, faecal incontinence, fecal incontinence, jaw pain, arm pain, night pain, rest pain, bone pain, post-ictal, tongue biting, variceal bleed, variceal bleeds, intracranial bleed, subdural bleed, retroperitoneal bleed, postpartum bleed, nose bleed, nosebleed, nosebleeds, post-coital bleeding, intermenstrual bleeding, breast lump, breast lumps, neck lump, floaters, flashing lights, double vision, blurred vision, loss of vision, visual loss, hearing loss, voice change, difficulty swallowing, painful swallowing, early satiety, change in bowel habit, altered bowel habit, tenesmus, pale stools, dark urine, frothy urine, reduced fetal movements
`);
