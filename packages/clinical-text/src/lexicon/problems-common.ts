import { phrases } from './words.ts';

/** Problems, symptoms and signs in the words of hospitals outside the United States, and under the names that clinicians say. */
export const commonProblems: readonly string[] = phrases(`
  meningism, embolism, embolus, emboli,
  bleed, bleeds, fractured wrist, fractured ankle, fractured rib, fractured ribs, fractured arm, fractured leg, fractured hip, fractured clavicle, fractured humerus, fractured radius, fractured tibia, fractured nose, fractured skull,
  fractured pelvis, fractured finger, fractured toe, fractured foot, fractured hand, fractured femur, fractured shoulder, fractured elbow, fractured jaw, broken wrist, broken ankle, broken arm, broken leg, broken hip, broken rib, broken ribs, sacral sore, sacral sores,
  syphilis, chlamydia, gonorrhoea, malaria, cerebral malaria, sarcoid, pseudogout, septic arthritis, testicular torsion, ovarian torsion, torsion of the testis, volvulus, sigmoid volvulus, hydrops, pressure
  damage, pressure injury, thrombus, coma, thyroid storm, myxoedema, myxedema, myxoedema coma, left bundle branch block, right bundle branch block, bundle branch block, complete heart block, first degree
  heart block, second degree heart block, third degree heart block, sudden cardiac death, sudden death, respiratory arrest, cardiorespiratory arrest, status epilepticus, alzheimer's, alzheimers, parkinson's,
  parkinsons, huntington's, crohn's, crohns, addison's, cushing's, raynaud's, sjogren's, sjögren's, meniere's, ménière's, barrett's oesophagus, barrett's esophagus, wolff-parkinson-white, guillain-barre,
  guillain-barré, behcet's, behçet's, paget's, scleroderma, spondylolisthesis, sciatica, prolapsed disc, slipped disc, disc prolapse, disc herniation, cauda equina syndrome, cauda equina, spinal cord
  compression, metastatic cord compression, carpal tunnel, frozen shoulder, tennis elbow, golfer's elbow, whiplash, frostbite, near drowning, erysipelas, impetigo, carbuncle, chickenpox, rubella, scarlet
  fever, whooping cough, croup, quinsy, peritonsillar abscess, otitis media, otitis externa, iritis, papilloedema, papilledema, mania, hypomania, bulimia, anorexia nervosa, sleep apnoea, obstructive sleep
  apnoea, restless legs, narcolepsy, opioid dependence, patent foramen ovale, tetralogy of fallot, coarctation, coarctation of the aorta, ventricular fibrillation, ventricular tachycardia, supraventricular
  tachycardia, lymphoedema, lymphedema, empyema, common cold, haematochezia, biliary colic, renal colic, ureteric colic, gallstone, c diff, clostridium difficile, clostridioides difficile, lactose
  intolerance, haemorrhoids, pilonidal sinus, renal stone, renal stones, ureteric stone, ureteric calculus, hyperosmolar hyperglycaemic state, hyperosmolar hyperglycemic state, goitre, multinodular goitre,
  hyperparathyroidism, hypopituitarism, b12 deficiency, vitamin b12 deficiency, iron deficiency anaemia, iron deficiency anemia, porphyria, pemphigoid, bullous pemphigoid, pemphigus, verruca, ringworm,
  scabies, head lice, oral thrush, toxic epidermal necrolysis, stevens-johnson syndrome, lipoma, ganglion cyst, gynaecomastia, pre-eclampsia, eclampsia, placenta praevia, placenta previa, placental
  abruption, postpartum haemorrhage, postpartum hemorrhage, antepartum haemorrhage, infertility, menopause, prematurity, spina bifida, intracranial bleed, intracerebral haemorrhage, intracerebral hemorrhage,
  intraventricular haemorrhage, extradural haematoma, glioma, brain tumour, brain tumor, brain abscess, typhoid, typhoid fever, dengue, dengue fever, cytomegalovirus, infectious mononucleosis, pneumocystis
  pneumonia, pneumocystis jirovecii pneumonia, helicobacter pylori, h pylori, h. pylori, wound dehiscence, transfusion reaction, drug reaction, allergic reaction, anaphylactic reaction, neuroleptic malignant
  syndrome, tumour lysis syndrome, tumor lysis syndrome, septic shock, cardiogenic shock, hypovolaemic shock, hypovolemic shock, haemorrhagic shock, hemorrhagic shock, hodgkin's lymphoma, non-hodgkin's
  lymphoma, non-hodgkin lymphoma, motor neurone disease, multiple system atrophy, polymyalgia rheumatica, giant cell arteritis, temporal arteritis, ankylosing spondylitis, avascular necrosis, compression
  fracture, neck of femur fracture, colles fracture, colles' fracture, necrotising fasciitis, necrotizing fasciitis, amaurosis fugax, optic neuritis, trigeminal neuralgia, post-herpetic neuralgia,
  postherpetic neuralgia, tardive dyskinesia, panic attack, panic attacks, vascular dementia, lewy body dementia, delirium tremens, wernicke's encephalopathy, congestive cardiac failure, dilated
  cardiomyopathy, hypertrophic cardiomyopathy, ischaemic cardiomyopathy, ischemic cardiomyopathy, cardiac tamponade, mitral stenosis, aortic sclerosis, ventricular septal defect, atrial septal defect,
  intermittent claudication, critical limb ischaemia, acute limb ischaemia, limb ischaemia, limb ischemia, mesenteric ischaemia, mesenteric ischemia, bowel ischaemia, bowel ischemia, superficial
  thrombophlebitis, venous ulcer, leg ulcer, leg ulcers, foot ulcer, diabetic foot ulcer, aspiration pneumonia, hospital acquired pneumonia, hospital-acquired pneumonia, ventilator-associated pneumonia, lung
  abscess, tension pneumothorax, lung collapse, hiatus hernia, peptic ulcer, oesophageal varices, esophageal varices, lower gi bleed, lower gi bleeding, liver abscess, large bowel obstruction, intestinal
  obstruction, bowel perforation, incisional hernia, perianal abscess, rectal prolapse, colonic polyp, colonic polyps, faecal incontinence, fecal incontinence, end stage renal failure, renal artery stenosis,
  renal cell carcinoma, gestational diabetes, diabetes insipidus, pituitary adenoma, pernicious anaemia, pernicious anemia, sickle cell crisis, febrile neutropenia, psoriatic arthritis, reactive arthritis,
  contact dermatitis, actinic keratosis, oral candidiasis, hyperemesis gravidarum, pelvic inflammatory disease, uterine prolapse, vaginal prolapse, neonatal jaundice, febrile convulsion, febrile convulsions,
  febrile seizure, febrile seizures, liver metastases, bone metastases, brain metastases, hepatocellular carcinoma, bladder cancer, bowel cancer, rectal cancer, gastric cancer, stomach cancer, oesophageal
  cancer, esophageal cancer, pancreatic cancer, liver cancer, kidney cancer, testicular cancer, endometrial cancer, cervical cancer, colorectal cancer, bowel ca, breast ca, prostate ca, lung ca, colon ca,
  bladder ca, ovarian ca, cervical ca, renal ca, gastric ca, oesophageal ca, pancreatic ca, thyroid ca, ca ovary, ca stomach, ca oesophagus, sickle cell trait, thalassaemia trait, ca breast, ca lung, ca prostate, ca bowel, ca colon, ca bladder, ca pancreas, dental abscess, hallux valgus, paronychia, chilblains, spasticity, cachexia, contracture, contractures, t wave
  inversion, long qt, prolonged qt, long qt syndrome, left ventricular dysfunction, right ventricular dysfunction, lv dysfunction, lv systolic dysfunction, renal and liver failure, dog bite, insect bite,
  tick bite, cat bite, human bite, bee sting, wasp sting, drug allergy, food allergy
`);
export const commonSymptoms: readonly string[] = phrases(`
  dehydrated, oliguric, oliguria, anuric, anuria, appetite loss, reduced appetite, poor appetite, bruise, bruises, scald, boils, red eye, red eyes, loss of vision, flashes and floaters, foot drop, wrist
  drop, dysphasia, dystonia, chorea, akathisia, aggression, blackout, blackouts, coryza, coryzal, pyrexia, pyrexial, paraesthesia, paraesthesiae, pins and needles, found on floor, found on the floor, long
  lie, septic, thirst, thirsty, palpitation, restlessness, poor concentration, self-neglect, self neglect, giving way, night terrors, bedwetting, enuresis, myoclonus, weak legs, unsteady, unsteadiness,
  unsteady on feet, unsteady gait, poor mobility, reduced mobility, decreased mobility, immobility, poor oral intake, reduced oral intake, early satiety, tenesmus, mucus in stool, pale stools, dark urine,
  cloudy urine, foul-smelling urine, foul smelling urine, offensive urine, thrush, vaginal thrush, sob on exertion, shortness of breath on exertion, breathlessness on exertion, exertional dyspnoea, pleuritic
  chest pain, pleuritic pain, colicky abdominal pain, colicky pain, rif pain, lif pain, ruq pain, luq pain, pr bleeding, pr bleed, pv bleeding, pv bleed, pv discharge, intermenstrual bleeding, postmenopausal
  bleeding, postcoital bleeding, phantom limb pain, mouth ulcers, mechanical fall, mechanical falls, painful, painful urination, painful swallowing, drowsy, clammy, sweaty, grey and clammy, tachycardic, bradycardic, tachypnoeic, tachypneic, hypotensive, hypertensive, hypoxic, jaundiced, cyanosed,
  anaemic, anemic, constipation, breast lump, neck lump, groin lump, testicular lump, vomited blood, coughing up blood, passing blood, blood in the stool, blood in the urine, blood in her stool, blood in his
  stool, blood in her urine, blood in his urine, loose motions, loose stools, watery stools, bowels not open, knee instability, ankle instability, joint instability, difficulty sleeping, trouble sleeping,
  difficulty breathing, trouble breathing, difficulty walking, difficulty swallowing, weepy, teary, can't breathe
`);
export const commonSigns: readonly string[] = phrases(`
  induration, fluctuance, crepitations, creps, crepts, basal creps, basal crepitations, bibasal creps, bibasal crepitations, bibasal crackles, basal crackles, reduced air entry, decreased air entry, decreased breath sounds, reduced
  breath sounds, absent breath sounds, absent bowel sounds, raised jvp, elevated jvp, jvp raised, pronator drift, hyperreflexia, clonus, fasciculations, rigidity, cogwheel rigidity, rif tenderness, ruq
  tenderness, epigastric tenderness, calf tenderness, rebound tenderness, joint effusion, bronchial breathing, dull percussion, dullness to percussion, cva tenderness, costovertebral angle tenderness, renal
  angle tenderness, st elevation, st depression, quadriparesis
`);
