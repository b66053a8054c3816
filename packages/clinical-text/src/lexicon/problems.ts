import { phrases } from './words.ts';

/** Diseases and conditions. What ends in one of `problemSuffixes` need not stand here. */
export const problems: readonly string[] = phrases(`
  hypertension, high blood pressure, htn, hyperlipidemia, hyperlipidaemia, dyslipidemia, high cholesterol, elevated cholesterol,
  hypercholesterolemia, hypertriglyceridemia, diabetes, diabetes mellitus, type 1 diabetes, type 2 diabetes, type ii diabetes,
  type i diabetes, diabetes type 2, type 2 diabetes mellitus, type ii diabetes mellitus, dm, dm2, niddm, iddm, prediabetes,
  diabetic ketoacidosis, dka, coronary artery disease, cad, coronary heart disease, ischemic heart disease, heart disease,
  heart attack, myocardial infarction, mi, stemi, nstemi, non-st elevation myocardial infarction, non st elevation myocardial infarction, non-st-elevation myocardial infarction, non-st elevation mi, non-st-elevation mi, non-st segment elevation myocardial infarction, st elevation myocardial infarction, st-elevation myocardial infarction, st segment elevation myocardial infarction, st elevation mi, st-elevation mi, non-st elevation acute coronary syndrome, non-st-elevation acute coronary syndrome, acute coronary syndrome, angina, unstable angina,
  congestive heart failure, chf, heart failure, cardiomyopathy, atrial fibrillation, afib, a-fib, atrial flutter, arrhythmia,
  arrhythmias, heart block, cardiac arrest, valvular heart disease, aortic stenosis, aortic regurgitation,
  mitral regurgitation, mitral valve prolapse, mvp, tricuspid regurgitation, endocarditis, pericardial effusion, tamponade,
  aortic aneurysm, abdominal aortic aneurysm, aneurysm, aortic dissection, peripheral vascular disease,
  peripheral arterial disease, pvd, pad, carotid stenosis, deep vein thrombosis, deep venous thrombosis, dvt, dvts,
  pulmonary embolism, pulmonary embolus, pe, varicose veins, venous insufficiency, pulmonary hypertension, stroke, strokes,
  cva, tia, transient ischemic attack, cerebrovascular accident, cerebral infarction, intracranial hemorrhage,
  subarachnoid hemorrhage, subdural hematoma, epilepsy, seizure disorder, parkinson's disease, alzheimer's disease,
  alzheimer disease, dementia, multiple sclerosis, als, neuropathy, peripheral neuropathy, radiculopathy, myelopathy,
  carpal tunnel syndrome, guillain-barre syndrome, myasthenia gravis, cerebral palsy, hydrocephalus, concussion,
  asthma, copd, chronic obstructive pulmonary disease, emphysema, pneumonia, community acquired pneumonia, pneumothorax,
  pleural effusion, pleural effusions, pulmonary edema, interstitial lung disease, pulmonary fibrosis, sleep apnea,
  obstructive sleep apnea, osa, tuberculosis, tb, upper respiratory infection, uri, influenza, flu, covid-19, covid, ards,
  sarcoidosis, cystic fibrosis, atelectasis, lung disease, gerd, gastroesophageal reflux, gastroesophageal reflux disease,
  acid reflux, peptic ulcer disease, pud, gastric ulcer, duodenal ulcer, ulcer, gi bleed, gi bleeding,
  gastrointestinal bleeding, upper gi bleed, hiatal hernia, hernia, inguinal hernia, umbilical hernia, crohn's disease,
  ulcerative colitis, inflammatory bowel disease, ibd, irritable bowel syndrome, ibs, celiac disease, celiac sprue,
  small bowel obstruction, bowel obstruction, ileus, hemorrhoids, anal fissure, fistula, polyp, polyps, colon polyps,
  cirrhosis, liver disease, fatty liver, liver failure, gallstones, kidney stone, kidney stones, renal calculi,
  ureteral stone, renal stones, renal failure, acute renal failure, chronic renal failure, renal insufficiency,
  kidney disease, chronic kidney disease, ckd, end stage renal disease, end-stage renal disease, esrd, acute kidney injury,
  aki, nephrotic syndrome, polycystic kidney disease, urinary tract infection, urinary tract infections, uti, utis, bph,
  benign prostatic hyperplasia, benign prostatic hypertrophy, hypothyroidism, hyperthyroidism, goiter, thyroid disease,
  thyroid nodule, thyroid nodules, graves disease, hashimoto's, cushing's syndrome, addison's disease, adrenal insufficiency,
  obesity, morbid obesity, overweight, malnutrition, gout, osteoporosis, osteopenia, arthritis, osteoarthritis,
  degenerative joint disease, djd, rheumatoid arthritis, lupus, sle, fibromyalgia, scoliosis, spinal stenosis, herniated disc,
  disc herniation, herniated disk, disk herniation, degenerative disc disease, disc bulge, fracture, fractures, dislocation,
  sprain, strain, rotator cuff tear, meniscal tear, tear, tendon rupture, laceration, lacerations, abrasion, contusion,
  burn, burns, wound, cancer, breast cancer, prostate cancer, lung cancer, colon cancer, colorectal cancer, skin cancer,
  ovarian cancer, cervical cancer, malignancy, malignancies, tumor, tumors, tumour, neoplasm, leukemia, leukaemia,
  metastasis, metastases, metastatic disease, multiple myeloma, hodgkin's disease, anemia, anaemia, iron deficiency anemia,
  sickle cell disease, sickle cell anemia, hemophilia, coagulopathy, thrombosis, bleeding disorder, hiv, aids, hiv/aids,
  hepatitis c, hepatitis b, sepsis, infection, infections, abscess, osteomyelitis, mrsa, c. difficile, shingles,
  herpes zoster, varicella, measles, mumps, bacteremia, staph infection, strep throat, sinus infection, ear infection,
  mononucleosis, std, stds, sexually transmitted disease, eczema, psoriasis, acne, acne vulgaris, rosacea, vitiligo, melanoma,
  basal cell carcinoma, squamous cell carcinoma, ulceration, decubitus ulcer, glaucoma, cataract, cataracts,
  macular degeneration, retinopathy, diabetic retinopathy, blindness, deafness, allergies, allergy, seasonal allergies,
  allergic rhinitis, anaphylaxis, bipolar disorder, schizophrenia, major depressive disorder, depressive disorder,
  anxiety disorder, panic disorder, panic attacks, ptsd, post-traumatic stress disorder, adhd, add, autism,
  eating disorder, substance abuse, alcohol abuse, alcoholism, drug abuse, alcohol dependence, opioid dependence,
  tobacco use, alcohol use, drug use, illicit drug use, tobacco abuse, endometriosis, fibroids, uterine fibroids, pcos,
  polycystic ovarian syndrome, polycystic ovary syndrome, ovarian cyst, cyst, cysts, preeclampsia, ectopic pregnancy,
  miscarriage, vitamin d deficiency, hyponatremia, hypernatremia, hypokalemia, hyperkalemia, hypocalcemia, hypercalcemia,
  hypoglycemia, hyperglycemia, metabolic acidosis, lactic acidosis, acidosis, edema of the lung, stenosis, occlusion,
  thyroid cancer, lymphoma, non-hodgkin's lymphoma, hypercoagulable state, developmental delay, congenital heart disease,
  coronary ischemia, ischemia, infarct, infarction, rhabdomyolysis, compartment syndrome, metabolic syndrome, rupture,
  restless leg syndrome, chronic pain, tendinopathy, impingement, plantar fasciitis, bunion, bunions, ingrown toenail, obstruction,
  stricture, strictures, dissection, perforation, invasion, inflammation, infiltration, calcification, calcifications, opacity, opacities, enlargement, thickening,
  collapse, detachment, retinal detachment, recurrence, regurgitation, prolapse,
  insufficiency, diverticulum, diverticula, varices, esophageal varices, infiltrate, infiltrates, consolidation, cavitation, hypertrophy, atypia, degeneration,
  necrosis, gangrene, hydrocele, varicocele, hernias, abscesses, cellulitis, bacteremia, viremia, cardiac arrest, cardiopulmonary arrest,
  brain damage, growth retardation, malformation, malformations, foreign body, free air, wall motion abnormality, premature beats, bruit, bruits
`);

/** Greek and Latin endings that name a disease or a finding. */
export const problemSuffixes: readonly string[] = phrases(`
  itis, itides, osis, oses, emia, aemia, oma, omas, omata, pathy, pathies, opathy, penia, plegia, paresis, algia, algias,
  dynia, rrhea, rrhoea, rrhage, rrhagia, megaly, ectasis, iasis, uria, cytosis, philia, phobia, sclerosis, stenosis,
  thorax, trophy, plasia, malacia, kinesia, opsia, opia, ptysis, emesis, phagia, pnea, pnoea, cardia, tension
`);

/** Words with such an ending that name no problem. */
export const notProblems: readonly string[] = phrases(`
  diagnosis, diagnoses, prognosis, prognoses, anastomosis, dialysis, analysis, urinalysis, hemostasis, homeostasis, symbiosis,
  diploma, aroma, coma, roma, stroma, sarcolemma, apoptosis, mitosis, meiosis, tension, extension, hypertension medication,
  pretension, intension, utopia, myopia, glossitis, sympathy, empathy, homeopathy, osteopathy, academia, media, stoma, soma,
  colostoma, trauma, telepathy, cardia, atrophy, physiotherapy, phlebotomy, allopathy, trophy, phagocytosis, endocytosis,
  lysis, ketosis level, dosis, doses, dose, overdoses, oma, anosmia, encyclopedia, hypnosis, thorax, euthyroid
`);

/** Say what kind of problem the words before them name: "Bowen's disease", "growth hormone deficiency". */
export const problemHeads: readonly string[] = phrases(`
  disease, diseases, syndrome, syndromes, disorder, disorders, dysfunction, impairment, deficiency, deficiencies, abnormality, abnormalities, defect, defects,
  failure, injury, injuries, complications, intolerance, dependence, withdrawal, overdose, poisoning, attack, attacks, crisis, palsy, cancer, disturbance,
  disturbances, instability, hypertrophy, compression, disability
`);

/** Name no problem together with such a word. */
export const notProblemModifiers: readonly string[] = phrases(`
  the, a, an, this, that, these, those, his, her, their, its, any, no, other, some, such, of, for, with, without, and, or, to, in, on, by, from, as, at, is, was, are,
  were, has, had, have, underlying, same, similar, known, such, which, what, multiple, several, medical, common, associated, possible, primary, secondary, new, old,
  current, recent, previous, prior, past, further, additional, certain, related, infectious, systemic, acute, chronic, severe, mild, moderate, significant, not,
  denies, denied, postoperative, between, stage, due, after, before, during, treatment, also, but, be, been, than, more, most, all, each, family, treat, causing
`);
