import { phrases } from './words.ts';

/** Before the substance. */
export const allergyLeads: readonly string[] = phrases(`
  allergic to, allergy to, allergies to, is allergic to, allergies include, allergies including, known allergies, anaphylactic to, anaphylactic reaction to, anaphylaxis to, hypersensitivity to, hypersensitive to, allergic reaction to,
  allergic reactions to, adverse reaction to, adverse reactions to, adverse drug reaction to, bad reaction to, severe reaction to, reaction to, reactions to, reacted to, reacts to, reacted badly to, sensitivity to, sensitivities to, allergisch auf, allergie gegen, allergy, allergies,
  avoid due to allergy, drug allergies, drug allergy, medication allergies, adr to, came out in a rash with
`);
export const intoleranceLeads: readonly string[] = phrases(`
  intolerant of, intolerant to, intolerance to, intolerance of, intolerances, cannot tolerate, can't tolerate, could not tolerate, couldn't tolerate, unable to tolerate, did not tolerate, didn't tolerate, does not tolerate, doesn't tolerate,
  not tolerate, not tolerating, poorly tolerated, side effects with, side effects from, side effects on, unverträglichkeit gegen, intolerant, intolerance, sensitive to, very sensitive to, is sensitive to
`);

/** After the substance. */
export const allergyTails: readonly string[] = phrases(`
  allergy, allergies, allergic, anaphylaxis, hypersensitivity, allergic reaction, drug allergy, is an allergy, listed as an allergy, listed as allergy, recorded as an allergy, documented as an allergy, drug rash
`);
export const intoleranceTails: readonly string[] = phrases(
  'intolerance, intolerant, not tolerated, was not tolerated, poorly tolerated, were not tolerated',
);

/** After the substance, where the reaction follows: "ciprofloxacin sensitivity" alone is of a culture. */
export const reactionTails: readonly string[] = phrases(
  'sensitivity, sensitivities, reaction, reactions, adverse reaction, adverse reactions, adverse effect, adverse effects, side effect, side effects',
);
/** Between one of these tails and its reaction. */
export const reactionMarks: readonly string[] = phrases(
  ':, -, –, —, (, =, >, →, with, causing, caused, causes, due to, because of, leading to, manifested as, presenting as',
);

/** Reactions that show an allergy wherever they are tied to a drug. */
export const allergicReactions: readonly string[] = phrases(`
  anaphylaxis, anaphylactic shock, anaphylactic reaction, anaphylactoid reaction, hives, urticaria, angioedema, angioneurotic edema, rash, skin rash, itchy rash, maculopapular rash, itch, itching, pruritus, lip swelling, tongue swelling, facial swelling, throat swelling,
  swollen lips, swollen face, swollen tongue, throat closing, bronchospasm, stevens-johnson syndrome, stevens johnson syndrome, sjs, toxic epidermal necrolysis, dress, dress syndrome, allergic reaction, red man syndrome, welts, erythroderma, serum sickness, swelling of lips, swelling of the face,
  drug eruption, fixed drug eruption, swelling, tongue swell, lips swell, lip swell, face swell, throat swell, tongue swelled, lips swelled, face swelled, throat swelled, tongue swell up, lips swell up, face swell up, throat close, throat closed, throat tighten, throat tightness, come out in a rash, come out in hives, break out in a rash, break out in hives, break out in spots
`);
/** Reactions that an entry of an allergy list may name. */
export const otherReactions: readonly string[] = phrases(`
  nausea, vomiting, nausea and vomiting, n/v, diarrhea, diarrhoea, gi upset, stomach upset, upset stomach, gi intolerance, cough, dry cough, wheeze, wheezing, shortness of breath, dyspnea, headache, dizziness, myalgia, myalgias, muscle aches, confusion, hallucinations, agitation, flushing,
  hypotension, palpitations, syncope, fever, swelling, hyperkalaemia, hyperkalemia, bleeding, gi bleed, unknown, unknown reaction, blisters, thrombocytopenia, neutropenia, tinnitus, drowsiness, sedation, collapse, renal failure, abdominal pain, stomach cramps, c diff, hyponatraemia, hyponatremia, constipation,
  gastritis, dyspepsia, indigestion, heartburn, bloating, peptic ulcer, gastric ulcer, pancreatitis, hepatitis, deranged lfts, rhabdomyolysis, myopathy, muscle pain, leg cramps, nephritis, interstitial nephritis, acute kidney injury, aki, bradycardia, seizure, seizures, serotonin syndrome,
  long qt, qt prolongation, agranulocytosis, neuropathy, tremor, dystonia, gout, ankle swelling, oedema, edema, hypoglycaemia, hypoglycemia, ototoxicity, hepatotoxicity, insomnia, delirium, respiratory depression, itchiness, blistering, sore throat, wheals, rashes, facial flushing, feeling sick, sickness, pulmonary fibrosis, muscle cramps, muscle weakness, acute dystonia, oculogyric crisis, torticollis, jaundice, weight gain, low mood, nightmares, facial oedema, facial edema, mouth ulcers, heart block
`);
/** What a drug "makes" a patient who does not tolerate it. */
export const intoleranceReactions: readonly string[] = phrases(`
  vomit, sick, nauseous, nauseated, unwell, dizzy, confused, drowsy, cough, itchy, wheezy, ill, hallucinate, faint, loopy, constipated, nausea, vomiting, diarrhea, diarrhoea, a cough, muscle pain, headaches, headache, stomach upset, gi upset, tummy upset, muscle aches, muscle ache, myalgia, myalgias, dry cough, ankle swelling, swollen ankles, stomach cramps, stomach pain, indigestion, hallucinations, palpitations, cramps, leg cramps
`);
/** Tie a reaction to the drug after it. */
export const reactionLinks: readonly string[] = phrases(`
  with, to, on, from, after, following, due to, secondary to, caused by, induced by, in response to, when given, when taking, while taking, while on, after taking, after starting, after receiving, after being given, on taking, on exposure to, with use of,
  if she takes, if he takes, when she takes, when he takes, whenever she takes, whenever he takes, when she took, when he took, if given, after he took, after she took, after a dose of, after one dose of, after first dose of, related to, attributed to, from taking, with previous, with prior, to previous
`);
/** Tie a drug to the reaction after it. */
export const causeLinks: readonly string[] = phrases(`
  causes, caused, cause, causing, gave her, gave him, gives her, gives him, gave, led to, resulted in, results in, induced, brought on, makes her, made her, makes him, made him, makes his, made his, makes my, made my, produced, triggers, triggered, brings her out in, brings him out in, -, –, :, ->, ( , =
`);

export const noKnownAllergies: readonly string[] = phrases(`
  nka, no known allergies, no allergies, no known allergy, no allergies known, nil known allergies, nil allergies, denies allergies, denies any allergies, no reported allergies, no documented allergies, not known to have any allergies, without known allergies, has no allergies,
  no history of allergies, no history of allergy, no allergic history, no environmental or drug allergies, denies known allergies, no food or drug allergies, no drug or food allergies, no known food or drug allergies, no known drug or food allergies,
  keine allergien, no known medication or food allergies
`);
export const noKnownDrugAllergies: readonly string[] = phrases(`
  nkda, nkdas, nkma, no known drug allergies, no known drug allergy, no drug allergies, no known medication allergies, no medication allergies, no known medicine allergies, no known allergies to medication, no known allergies to medications, no known allergies to drugs, no known allergies to any medications, no known allergies to medicines, no allergies to medication, no allergies to medications,
  no allergies to any medications, no allergies to medicines, denies drug allergies, denies any drug allergies, denies medication allergies, denies any medication allergies, denies allergies to medications, no allergy to any medication, not allergic to any medication, not allergic to any medications, not allergic to any drugs, no allergic reactions to medications, no drug allergy,
  no known drug hypersensitivity, nil known drug allergies, no allergies to any drugs, no known drug sensitivities, no medical allergies
`);
/** In an allergy list: none. */
export const noneWords: readonly string[] = phrases(
  'none, nil, none known, nil known, no, none reported, none documented, none recorded, negative, nothing known, denies, n, keine',
);
export const notAskedWords: readonly string[] = phrases(`
  unknown, not known, not recorded, not documented, not asked, not obtained, unable to obtain, unable to assess, not available, unobtainable, unclear, not reviewed, to be confirmed, tbc, not on file
`);

export const refutations: readonly string[] = phrases(`
  label removed, label has been removed, allergy removed, has been removed, was removed, de-labelled, delabelled, de-labeled, delabeled, ruled out, disproven, disproved, excluded, removed from, refuted, no longer considered, not a true allergy, not a true, not confirmed, tolerated since, negative testing, tested negative, skin test negative
`);

export const foods: readonly string[] = phrases(`
  peanut, peanuts, nut, nuts, tree nuts, tree nut, shellfish, shrimp, seafood, fish, egg, eggs, milk, dairy, lactose, soy, soya, wheat, gluten, sesame, strawberries, strawberry, kiwi, banana, tomato, tomatoes, avocado, mushrooms, chocolate, msg, celery, mustard, pineapple, mango, citrus, hazelnut, cashew, cashews, walnuts, almonds, prawns, crab, lobster
`);
export const environments: readonly string[] = phrases(`
  latex, adhesive, adhesive tape, tape, elastoplast, plasters, bee stings, bee sting, bees, wasp, wasps, wasp stings, wasp venom, bee venom, pollen, grass, grass pollen, ragweed, dust, dust mites, house dust mite, mold, mould, cats, cat, cat dander, dogs, dog dander, dander, nickel, perfume, chlorhexidine, feathers, environmental, insect stings, tree pollen, hay, horses, metal
`);
/** Substances that are named as allergens and rarely as orders. */
export const drugAllergens: readonly string[] = phrases(`
  pcn, statins, opioids, opiates, sulfa, sulfa drugs, sulpha, sulphonamides, sulfonamides, sulfonamide, contrast, iv contrast, contrast dye, iodinated contrast, contrast media, iodine, iodine contrast, gadolinium, penicillins, cephalosporins, cephalosporin, macrolides, macrolide, quinolones, quinolone, fluoroquinolones, betadine, povidone-iodine, septrin, local anaesthetics, aminoglycosides, tetracyclines, ace-i, ace inhibitors, acei, betalactams, beta-lactams, beta lactams
`);

/** Begin a statement about the current visit, even on the line of the allergies. */
export const presentingWords: ReadonlySet<string> = new Set(
  phrases('came, comes, presents, present, presented, presenting, admitted, here, attended, seen, brought, referred'),
);
