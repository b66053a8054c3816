import { phrases } from './words.ts';

/** Stems of international non-proprietary names (WHO's stem book), long enough not to end common words. */
export const drugStems: readonly string[] = phrases(`
  afil, ampanel, antrone, arabine, artan, astine, axaban, azepam, azolam, azosin, bactam, barbital, caine, carbef, cef,
  cillin, ciclib, ciclovir, cyclovir, cycline, coxib, dipine, dralazine, dronate, entan, fenac, fibrate, flozin, floxacin,
  fungin, gatran, gliptin, glitazone, glutide, gramostim, grastim, imus, kinra, lukast, mab, micin, mycin, mustine,
  nidazole, conazole, olol, onidine, oxetine, oxacin, parib, parin, penem, peridol, peridone, piprazole, platin, poetin,
  prazole, pril, prilat, profen, prost, quine, ridone, rubicin, sartan, semide, setron, sone, solone, statin, stigmine,
  tadine, taxel, terol, thiazide, tidine, tinib, toclax, tocin, trexate, trexed, triptan, triptyline, tyline, vaptan,
  vastatin, virine, vir, vudine, xaban, zolamide, zomib, zosin, zumab, limumab, tuximab, racetam, curium, curonium,
  fentanil, thiouracil, lidomide, gliptin, vaptan, sidenib, citabine, cept
`);

/** Words that end like a drug and are none. */
export const notDrugs: readonly string[] = phrases(`
  april, person, reason, season, lesson, comparison, poison, prison, unison, mason, bison, parson, jason, nelson, mab,
  elixir, souvenir, reservoir, tapir, cholesterol, sterol, sitosterol, control, glycerol, protocol, alcohol, ergosterol,
  concept, except, accept, intercept, precept, percept, cocaine, equine, quine, clavicular, cortisone level, nystatin,
  troponin, creatinine, fibrin, statin, partan, spartan, barbital, pristine, hone, ketone, testosterone, aldosterone,
  somatostatin, cystatin, hepatic, placid, pepsin, myosin, tryptase, trypsin, renin, melatonin, transferrin, vir
`);

/** Suffixed words that are drugs wherever they end a note's word. A dose or a neighbour is not needed. */
export const saltWords: readonly string[] = phrases(`
  hydrochloride, hcl, sodium, potassium, sulfate, sulphate, succinate, tartrate, maleate, fumarate, mesylate, besylate,
  phosphate, acetate, citrate, hydrobromide, calcium, furoate, propionate, dipropionate, disoproxil fumarate, xl, er, xr,
  sr, cr, la, cd, dr, ds, hfa, extended release, sustained-release, hydrate, sodium hydrate, acetonide, valerate, bromide,
  chloride, magnesium, medoxomil, cilexetil, dipivoxil, alafenamide, mofetil, pivoxil, axetil, etexilate, monohydrate
`);

/** Classes and therapies that stand for a drug in prose. */
export const drugClasses: readonly string[] = phrases(`
  chemotherapy, adjuvant chemotherapy, neoadjuvant chemotherapy, immunotherapy, antibiotic, antibiotics,
  antibiotic therapy, broad-spectrum antibiotics, antimicrobial, antimicrobials, antiviral, antivirals, antifungal,
  antifungals, antiretroviral, antiretrovirals, antiretroviral therapy, art therapy, steroid, steroids, corticosteroid,
  corticosteroids, glucocorticoid, glucocorticoids, steroid therapy, steroid pulse therapy, diuretic,
  diuretics, loop diuretic, loop diuretics, thiazide, thiazides, beta-blocker, beta-blockers, β-blocker, β-blockers,
  beta blockade, β blockade, alpha blocker, ace inhibitor, ace inhibitors, ace-inhibitor, acei, ace-i, aceis,
  angiotensin-converting enzyme inhibitor, angiotensin-converting enzyme (ace) inhibitor,
  angiotensin receptor blocker, angiotensin ii receptor blocker, arb, arbs, calcium channel blocker, calcium antagonist,
  calcium channel blockers, statin, statins, nitrate, nitrates, vasodilator, vasodilators, vasopressor, vasopressors,
  pressor, pressors, inotrope, inotropes, inotropic agent, inotropic agents, vasoactive drug, vasoactive drugs,
  antiarrhythmic, antiarrhythmics, antihypertensive, antihypertensives, antihypertensive medication,
  antihypertensive drugs, antihypertensive agents, anticoagulant, anticoagulants, anticoagulation, anticoagulant therapy,
  blood thinner, blood thinners, low molecular weight heparin, low-molecular-weight heparin, unfractionated heparin, lmwh,
  antiplatelet, antiplatelets, antiplatelet therapy, thrombolytic, thrombolytics, thrombolytic therapy, nsaid, nsaids,
  anti-inflammatory, anti-inflammatories, nonsteroidal anti-inflammatory drugs, opioid, opioids, opiate, opiates, narcotic,
  narcotics, narcotic pain medication, analgesic, analgesics, analgesia, painkiller, painkillers, pain medication,
  pain medications, pain medicine, anesthetic, anesthetics, local anesthetic, local anesthesia, general anesthesia,
  general anaesthesia, spinal anesthesia, conscious sedation, sedation, sedoanalgesia, sedative, sedatives,
  muscle relaxant, muscle relaxants, muscular relaxant, benzodiazepine, benzodiazepines, antidepressant, antidepressants,
  ssri, ssris, snri, snris, antipsychotic, antipsychotics, mood stabilizer, anticonvulsant, anticonvulsants,
  antiepileptic, antiepileptics, antiepileptic drugs, anti-epileptic drugs, antihistamine, antihistamines, antiemetic,
  antiemetics, antacid, antacids, proton pump inhibitor, proton pump inhibitors, ppi, ppis, h2 blocker, laxative, laxatives,
  stool softener, stool softeners, bronchodilator, bronchodilators, inhaler, inhalers, nebulizer treatments,
  inhaled corticosteroids, decongestant, decongestants, antitussive, anti-tussive therapy, expectorant, antipyretic,
  antipyretics, immunosuppressant, immunosuppressants, immunosuppressive, immunosuppressive therapy,
  immunosuppressive drugs, immunosuppressive medications, disease-modifying antirheumatic drugs, dmard, dmards, biologics,
  anti-tnf, hormone replacement therapy, hormone therapy, hrt, enzyme replacement therapy, ert, oral contraceptive,
  oral contraceptives, oral contraceptive pills, birth control pills, ocps, antithyroid drugs, anti-thyroid drugs,
  antidiabetic drugs, oral hypoglycemics, sulfonylurea, sulfonylureas, bisphosphonate, bisphosphonates, supplement,
  supplements, vitamin, vitamins, calcium supplements, iron supplements, iron supplement, iron supplementation,
  vitamin supplementation, potassium supplementation, fluid resuscitation, intravenous fluids, iv fluids, crystalloid,
  crystalloids, colloid, colloids, fresh frozen plasma, ffp, cryoprecipitate, platelet transfusion, platelets transfusion,
  packed red blood cells, prbcs, red blood cell concentrates, albumin infusion, total parenteral nutrition,
  tpn, parenteral nutrition, antiseptics, local antiseptics, topical steroid, topical steroids, eye drops, contrast medium,
  chemoprophylaxis, prophylactic antibiotics, antibiotic prophylaxis, targeted therapy, radioactive iodine, antidote,
  antivenom, antitoxin, monoclonal antibody, monoclonal antibodies, tyrosine kinase inhibitor, tyrosine kinase inhibitors,
  aromatase inhibitor, dopamine agonist, dopamine agonists, somatostatin analog, somatostatin analogs, gnrh agonist,
  granulocyte colony-stimulating factor, traditional chinese medicine, herbal medicine, herbal supplements, over the counter medications, over-the-counter medications,
  hemostatic drug, hemostatic agents, anticholinergic, anticholinergics, antispasmodic, antispasmodics, triptan, triptans,
  vaccination, vaccinations, vaccine, immunization, immunizations, pancreatic enzymes, pancreatic enzyme replacement,
  corticosteroid pulse therapy, methylprednisolone pulse therapy, digitalis, mydriatic, mydriatics, keratolytics, emollients, lubricants, probiotics
`);

/** The body makes or holds these too: a level of one is a result, not a medication. */
export const endogenous: readonly string[] = phrases(`
  albumin, carnitine, l-carnitine, vitamin b12, vitamin d, vitamin e, vitamin a, vitamin c, vitamin k, vitamin b, vitamin b1,
  vitamin b6, folic acid, folate, growth hormone, thyroxine, insulin, immunoglobulin, gamma globulin, glucose, dextrose, calcium,
  potassium, sodium, magnesium, iron, zinc, selenium, testosterone, estradiol, estrogen, progesterone, cortisone, hydrocortisone,
  dopamine, epinephrine, adrenaline, norepinephrine, noradrenaline, vasopressin, oxytocin, glucagon, melatonin, fibrinogen,
  antithrombin, erythropoietin, bicarbonate, carbon, urea, nicotine, caffeine, calcitonin, surfactant, cobalamin, thiamine, biotin,
  cholecalciferol, platelets, fluid, fluids, aldosterone, heparin
`);

/** Before or after one of these, it is. */
export const levelWordsBefore: readonly string[] = phrases(`
  serum, plasma, blood, urine, urinary, total, free, ionized, ionised, elevated, low, high, normal, decreased, increased, reduced, protein, fasting,
  random, csf, endogenous, bone, ascites, of, bedside, capillary, venous, arterial, morning, stimulated, corrected, raised
`);
export const levelWordsAfter: readonly string[] = phrases(`
  level, levels, deficiency, deficient, deficit, concentration, concentrations, dependent, resistance, resistant, gradient, was, were, is, and,
  falls, fall, rises, rise, drops, drop, improves, remains, antibody, antibodies, autoantibody, autoantibodies, stimulation, receptor, receptors, stones, stone, score, deposition, deposits, metabolism, test, ratio, value, values, pump, channel,
  low, high, normal, elevated, raised, decreased, increased, replete, depleted, insufficient, insufficiency, sensitivity, overload, studies, saturation, positive, negative, pending, replaced, corrected, adjusted
`);

/** After the name of any drug, one of these makes it a test. */
export const assayWords: readonly string[] = phrases(
  'level, levels, assay, peak level, concentration, concentrations, screen, levels pending, lvl, lvls',
);

/** Words that say that something was given. */
export const givingWords: readonly string[] = phrases(`
  received, receive, receives, receiving, given, gave, give, giving, administered, administration, administration of, infusion, infusions, infused,
  intravenous, iv, oral, orally, started, start, starting, initiated, initiate, prescribed, prescribe, takes, taking, take, took, treated,
  treatment, therapy, therapies, replacement, supplement, supplements, supplementation, dose, doses, injection, injections, tablet, tablets,
  with, on, continue, continued, subcutaneous, boluses, bolus, topical, lactate, via, units, infusions of, drip, glargine, sliding, regimen, intake,
  replete, repletion, stopped, stop, held, hold
`);
