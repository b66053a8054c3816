import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';

/**
 * Sentences of the kinds that foreign cases showed to be wrong, in other words than theirs: what the engine says of each
 * named finding. `-` negated, `+` affirmed, `?` uncertain or negated, `p` uncertain and affirmed, `h` historical or negated,
 * `c` hypothetical, uncertain or negated, `o` of another person, `r` recent and affirmed, `0` no affirmed finding.
 */
const kinds: Readonly<Record<string, readonly (readonly [text: string, ...expected: string[]])[]>> = {
  'was negative for': [
    ['The swab was negative for influenza.', '-influenza'],
    [
      'Cultures have been negative for bacteremia and the urine was negative for infection.',
      '-bacteremia',
      '-infection',
    ],
    ['Doppler is negative for thrombosis.', '-thrombosis'],
  ],
  'term and answer': [
    ['Vomiting: no\nHeadache: yes\nRash: denies', '-Vomiting', '+Headache', '-Rash'],
    ['Diarrhea: negative. Palpitations: present. Syncope: none.', '-Diarrhea', '+Palpitations', '-Syncope'],
    ['WEIGHT LOSS - NO\nNIGHT SWEATS - YES', '-WEIGHT LOSS', '+NIGHT SWEATS'],
  ],
  'questions and answers on one line': [
    ['Nausea: No  Vomiting: Yes  Diarrhea: No', '-Nausea', '+Vomiting', '-Diarrhea'],
    ['Any rash? No. Any joint pain? Yes, both knees. Headaches? None.', '-rash', '+joint pain', '-Headaches'],
    ['Wheeze: Y; Cough: N; Fever: N', '+Wheeze', '-Cough', '-Fever'],
  ],
  'cause after a negated verb': [
    ['She was not able to walk due to knee pain.', '+knee pain'],
    ['He could not eat because of nausea.', '+nausea'],
    ['Patient has not slept since the headache began because of vomiting.', '+vomiting'],
  ],
  'not excluded': [
    ['Pneumothorax cannot be fully excluded.', 'pPneumothorax'],
    ['Imaging was insufficient to rule out fracture.', 'pfracture'],
    ['Endocarditis is not yet excluded.', 'pEndocarditis'],
    ['We were unable to exclude a subdural hematoma.', 'psubdural hematoma'],
  ],
  'doubt before the next verdict': [
    ['Sepsis suspected, meningitis unlikely.', 'pSepsis', '?meningitis'],
    ['Gout is possible, septic arthritis unlikely.', 'pGout', '?arthritis'],
    ['Pneumonia likely, PE unlikely.', 'pPneumonia', '?PE'],
  ],
  'negation and the next statement': [
    ['No rash; productive cough present.', '-rash', '+cough'],
    ['No wheeze, crackles heard at both bases.', '-wheeze', '+crackles'],
    ['Without fever, has severe headache.', '-fever', '+headache'],
    ['No edema, complaining of calf pain.', '-edema', '+calf pain'],
  ],
  'two negations': [
    ['He no longer denies abdominal pain.', '+abdominal pain'],
    ['The patient does not deny palpitations.', '+palpitations'],
    ["She didn't deny low mood.", '+low mood'],
  ],
  'negation after the term': [
    ['Appendicitis has been excluded by ultrasound.', '-Appendicitis'],
    ['Stroke was excluded on MRI.', '-Stroke'],
    ['Fracture has now been ruled out.', '-Fracture'],
  ],
  'common abbreviations': [
    ['Presents with SOB and CP, hx of HTN, T2DM and COPD.', '+SOB', '+CP', '+HTN', '+T2DM', '+COPD'],
    ['Imp: PNA, r/o PE. No DVT.', '+PNA', '-DVT'],
    ['DDx ACS vs GERD. Known AF and CKD.', 'pACS', '+AF', '+CKD'],
  ],
  'plus and minus': [
    ['(+) nausea (-) vomiting (-) diarrhea', '+nausea', '-vomiting', '-diarrhea'],
    ['headache -ve, photophobia -ve, neck stiffness +ve', '-headache', '-photophobia', '+neck stiffness'],
    ['+cough +fever -hemoptysis', '+cough', '+fever', '-hemoptysis'],
  ],
  boxes: [
    ['[ ] Asthma  [x] Epilepsy  [ ] Gout', '-Asthma', '+Epilepsy', '-Gout'],
    ['☐ Diabetes\n☒ Hypertension\n☐ Stroke', '-Diabetes', '+Hypertension', '-Stroke'],
    ['Fever: [ ] Yes [x] No\nCough: [x] Yes [ ] No', '-Fever', '+Cough'],
  ],
  'guessed section': [
    ['Hx of asthma, presents with wheeze and cough.', 'rwheeze', 'rcough'],
    ['Known COPD. New confusion today.', 'rconfusion'],
    ['History of gout, comes in with fever and back pain.', 'rfever', 'rback pain'],
  ],
  'words of a trigger apart': [
    ['The scan ruled appendicitis out.', '-appendicitis'],
    ['We were able to rule a fracture out.', '-fracture'],
    ['Cardiology took pericarditis off the list.', '-pericarditis'],
  ],
  'teaching, prophylaxis, vaccine': [
    ['Educated about the warning signs of sepsis.', 'csepsis'],
    ['DVT prophylaxis with enoxaparin.', 'cDVT'],
    ['Measles vaccination is up to date.', 'cMeasles'],
    ['Counselled on symptoms of hypoglycemia.', 'chypoglycemia'],
  ],
  doubt: [
    ['Low probability for PE.', '?PE'],
    ['I doubt meningitis.', '?meningitis'],
    ['Little concern for ACS; appendicitis is felt to be unlikely.', '?ACS', '?appendicitis'],
    ['?UTI ?sepsis', 'pUTI', 'psepsis'],
  ],
  'resolved in other words': [
    ['The diarrhea has subsided.', 'hdiarrhea'],
    ['Chest pain has gone. Rash cleared up.', 'hChest pain', 'hRash'],
    ['Nausea has now settled.', 'hNausea'],
    ['The headache has not resolved.', '+headache'],
  ],
  'reaction to an allergen': [
    ['Allergies: penicillin - rash; ibuprofen - wheeze.', 'hrash', 'hwheeze'],
    ['Allergy: codeine (vomiting)', 'hvomiting'],
    ['ALLERGIES\nTrimethoprim: angioedema\n\nPLAN\nhome', 'hangioedema'],
  ],
  'heading that is also a finding': [
    ['PE: chest clear, no wheeze.', '0PE', '-wheeze'],
    ['PE:\nAbdomen soft. No edema.', '0PE', '-edema'],
    ['GENERAL: well. PE: lungs clear.', '0PE'],
  ],
  'dated past event': [
    ['He had a stroke in 2015.', 'hstroke'],
    ['She was diagnosed with breast cancer in 2011.', 'hbreast cancer'],
    ['Pulmonary embolism (2018), on warfarin.', 'hPulmonary embolism'],
  ],
  'not seen, with words between': [
    ['Hydronephrosis was not clearly demonstrated.', '-Hydronephrosis'],
    ['Varices have not been identified.', '-Varices'],
    ['A thrombus could not be visualised; mild edema was noted.', '-thrombus', '+edema'],
  ],
  'not confirmed': [
    ['Endometriosis has not been confirmed.', '?Endometriosis'],
    ['Pneumonia could not be confirmed on the film.', '?Pneumonia'],
    ['Sarcoidosis was never confirmed.', '?Sarcoidosis'],
  ],
  'an answer after a dash': [
    ['Diplopia - denied, headache - yes, vomiting - denied.', '-Diplopia', '+headache', '-vomiting'],
    ['Palpitations - denies, syncope - denies, dyspnea - at rest.', '-Palpitations', '-syncope', '+dyspnea'],
    ['hemoptysis - denied; cough - daily', '-hemoptysis', '+cough'],
  ],
  'a separate negator for each term': [
    ['No COPD, no asthma, gout since 2015.', '-COPD', '-asthma', '+gout'],
    ['No headache, no neck pain, vomiting twice today.', '-headache', '-neck pain', '+vomiting'],
    ['No murmur, no edema, rash, or jaundice.', '-murmur', '-edema', '-rash', '-jaundice'],
    ['Nil cough, nil fever, sore throat 2 days.', '-cough', '-fever', '+sore throat'],
  ],
  'a complaint after a comma': [
    ['No fever, complains of ear pain and vertigo.', '-fever', '+ear pain', '+vertigo'],
    ['Denies trauma, reports swelling of the knee.', '-trauma', '+swelling'],
    ['No diarrhea, admits to constipation.', '-diarrhea', '+constipation'],
    ['She is not complaining of headache.', '-headache'],
  ],
  'not believed': [
    ['I do not think this is appendicitis.', '?appendicitis'],
    ['We do not believe that the patient has meningitis.', '?meningitis'],
    ["I don't feel that she is having a stroke.", '?stroke'],
    ['Not convinced this is shingles.', '?shingles'],
  ],
  'comparisons with a worse condition': [
    ['It felt like a heart attack but passed within minutes.', 'cheart attack'],
    ['She thought she was having a stroke.', 'cstroke'],
    ['The episode felt like a seizure to him.', 'cseizure'],
  ],
  'possible effects': [
    ['Untreated, this can lead to blindness and stroke.', 'cblindness', 'cstroke'],
    ['Explained that the tablets may cause constipation.', 'cconstipation'],
    ['The drug could also cause headache.', 'cheadache'],
  ],
  'two negators affirm': [
    ['He is not without pain.', '+pain'],
    ['Not without dyspnea on stairs.', '+dyspnea'],
    ['She was not without anxiety before surgery.', '+anxiety'],
  ],
  'no family history of': [
    ['No family history of glaucoma.', 'oglaucoma', '-glaucoma'],
    ['There is no known family history of aneurysm or stroke.', 'oaneurysm', '-stroke'],
    ['Nil FHx of epilepsy.', 'oepilepsy', '-epilepsy'],
  ],
  'a part of a word is negated': [
    ['Non-cardiac chest pain since May.', '+chest pain'],
    ['Non-bloody diarrhea with cramps.', '+diarrhea'],
    ['Non-healing ulcer on the heel with cellulitis.', '+ulcer', '+cellulitis'],
    ['Abdomen non-tender.', '-tender'],
  ],
  'no history, then an event': [
    ['A man without relevant medical history developed jaundice.', 'rjaundice'],
    ['With no known risk factors she developed thrombosis.', '+thrombosis'],
    ['Never developed jaundice.', '-jaundice'],
  ],
  'within a recent span': [
    ['Weight loss in the past 2 months.', 'rWeight loss'],
    ['Two falls in the past week.', 'rfalls'],
    ['Migraine in the past.', 'hMigraine'],
    ['Syncope twice over the last few days, seizures in the past six weeks.', 'rSyncope', 'rseizures'],
  ],
  'a finding of an earlier examination': [
    ['Previous CT shows a renal mass.', 'rmass'],
    ['Prior MRI demonstrated stenosis at L4.', 'rstenosis'],
    ['Her previous ultrasound revealed gallstones.', 'rgallstones'],
    ['Previous stroke, prior DVT.', 'hstroke', 'hDVT'],
  ],
  'given a sign': [
    ['Concern for infection given the fever.', '+fever'],
    ['Possible meningitis given this headache.', 'pmeningitis', '+headache'],
    ['Suspicion of sepsis given a persistent tachycardia.', 'psepsis', '+tachycardia'],
  ],
  'resolved in a relative clause': [
    ['Tingling of the left hand, which resolved by Monday.', '-Tingling'],
    ['He had diplopia that has since resolved.', '-diplopia'],
    ['Brief palpitations, which have subsided.', '-palpitations'],
  ],
  'came back negative': [
    ['The swab came back negative for influenza.', '-influenza'],
    ['Cultures for tuberculosis have all been negative.', '-tuberculosis'],
    ['The biopsy returned negative for malignancy.', '-malignancy'],
    ['HER2 negative breast cancer, node-negative.', '+breast cancer'],
  ],
  'nothing to suggest': [
    ['Nothing to suggest pneumonia.', '-pneumonia'],
    ['No features of heart failure.', '-heart failure'],
    ['No symptoms suggestive of cauda equina syndrome.', '-cauda equina'],
    ['There was nothing to indicate a stroke.', '-stroke'],
  ],
  'advice to seek help': [
    ['Seek help for any new rash or fever.', 'crash', 'cfever'],
    ['To look out for bleeding and jaundice.', 'cbleeding', 'cjaundice'],
    ['Attend A&E if chest pain returns.', 'cchest pain'],
  ],
  'warned about': [
    ['Warned about hypoglycemia on this dose.', 'chypoglycemia'],
    ['Cautioned regarding dizziness and falls.', 'cdizziness', 'cfalls'],
    ['Warned of constipation with codeine.', 'cconstipation'],
  ],
  'at an age': [
    ['Meningitis aged 4.', 'hMeningitis'],
    ['Rheumatic fever at age 9 and measles aged 6.', 'hfever', 'hmeasles'],
    ['Stroke at the age of 51.', 'hStroke'],
    ['A man aged 70 with pneumonia.', 'rpneumonia'],
  ],
  'not recurred': [
    ['Abdominal pain has not recurred.', '-Abdominal pain'],
    ['The seizures have not yet returned.', '-seizures'],
    ['Palpitations did not recur after ablation.', '-Palpitations'],
  ],
  'plus ve for': [
    ['+ve for ketonuria, -ve for proteinuria.', '+ketonuria', '-proteinuria'],
    ['Swab +ve for MRSA.', '+MRSA'],
    ['Culture -ve for MRSA.', '-MRSA'],
  ],
  'of childhood': [
    ['Epilepsy (childhood).', 'hEpilepsy'],
    ['Eczema (childhood), gout.', 'hEczema', 'rgout'],
    ['Measles - childhood.', 'hMeasles'],
  ],
  'a risk': [
    ['Discussed bleeding risk.', 'cbleeding'],
    ['High stroke risk, on apixaban.', 'cstroke'],
    ['Hypoglycemia risk explained.', 'cHypoglycemia'],
  ],
  'denied today, after a history': [
    ['History unchanged since the last visit and denies nausea or fever.', '-nausea', '-fever'],
    ['Past medical history of gout, denies joint pain.', 'hgout', '-joint pain'],
    ['Prior stroke; denied headache.', 'hstroke', '-headache'],
  ],
  'a graded finding after the comma': [
    ['No fracture, mild scoliosis.', '-fracture', '+scoliosis'],
    ['No evidence of embolism, small pleural effusion.', '-embolism', '+effusion'],
    ['No pus, slight swelling.', '-pus', '+swelling'],
    ['Scan negative for embolism; incidental adenoma.', '-embolism', '+adenoma'],
    ['No acute infarct, old lacunar stroke.', '-infarct', '+stroke'],
    ['No fever, mild or severe headache.', '-fever', '-headache'],
  ],
  'past in other words, and today behind a history': [
    ['He used to suffer from migraine.', 'hmigraine'],
    ['She had eclampsia with her first pregnancy.', 'heclampsia'],
    ['Eczema, since outgrown.', 'hEczema'],
    ['PMHx: gout. Presents today with ataxia.', 'hgout', 'rataxia'],
  ],
  'a doubt with a negation in it': [['Cannot be sure this is not sepsis.', 'psepsis']],
  'fears of the patient': [
    ['She worries about having dementia.', 'cdementia'],
    ['Fearful of cancer.', 'ccancer'],
    ['Anxious about stroke.', 'cstroke'],
  ],
  'leaflets and advice': [
    ['Leaflet on asthma given.', 'casthma'],
    ['Head injury advice given.', 'cHead injury'],
    ['Information about epilepsy provided.', 'cepilepsy'],
  ],
  'nil as an answer to a question': [
    ['Any cough? Nil. Any back pain? Yes, at night.', '-cough', '+back pain'],
    ['Any bleeding? Nil. Any diarrhea? Yes.', '-bleeding', '+diarrhea'],
    ['Vomiting? Nil. Vertigo? Nil.', '-Vomiting', '-Vertigo'],
  ],
  'history in other words': [
    ['Previously had sepsis from a line. Hx PE, COPD.', 'hsepsis', 'hPE', 'hCOPD'],
    ['Angina (previous). Had a seizure in her thirties.', 'hAngina', 'hseizure'],
    ['As a child she had scarlet fever and asthma.', 'hscarlet fever', 'hasthma'],
    ['Bronchitis last winter; croup in infancy.', 'hBronchitis', 'hcroup'],
    ['Hx: two days of vertigo.', 'rvertigo'],
  ],
  'sequelae of a past event are current': [
    ['s/p stroke 2015 with residual dysarthria.', 'hstroke', 'rdysarthria'],
    ['History of GBS with ongoing neuropathy.', 'hGBS', 'rneuropathy'],
    ['Previous encephalitis, left with aphasia.', 'hencephalitis', 'raphasia'],
  ],
  'resolved, further verbs': [
    ['Thrombocytopenia has recovered. Jaundice cleared within days.', 'hThrombocytopenia', 'hJaundice'],
    ['Hypokalaemia has normalised.', 'hHypokalaemia'],
    ['Urticaria cleared with cetirizine.', 'hUrticaria'],
  ],
  'back to the patient after a relative': [
    ['Daughter had gastroenteritis; he now has vomiting.', 'ogastroenteritis', 'rvomiting'],
    ['Strong family history of glaucoma; patient presents with headache.', 'oglaucoma', 'rheadache'],
    ['Cousin with epilepsy; she complains of dizziness.', 'oepilepsy', 'rdizziness'],
  ],
  'a relative with an age, or in a relative clause': [
    ['Mother, 79, has osteoporosis.', 'oosteoporosis'],
    ['Brother, aged 40, had pancreatitis.', 'opancreatitis'],
    ['Lives with husband who has COPD.', 'oCOPD'],
  ],
  'reports and fears of a relative concern the patient': [
    ['Husband noticed confusion and jaundice.', 'rconfusion', 'rjaundice'],
    ['Parents describe wheeze at night.', 'rwheeze'],
    ['Daughter is worried about dementia.', 'pdementia'],
    [
      'Father denies vomiting. Parents deny seizures or rash. Wife denied apnoea.',
      '-vomiting',
      '-seizures',
      '-rash',
      '-apnoea',
    ],
  ],
  'risks, teaching and orders to return': [
    ['High risk of aspiration pneumonia. Risk factors for osteoporosis reviewed.', 'cpneumonia', 'costeoporosis'],
    ['Educated about ketoacidosis. Reassured regarding melanoma.', 'cketoacidosis', 'cmelanoma'],
    ['Call 999 for breathlessness. Come back with any bleeding.', 'cbreathlessness', 'cbleeding'],
    ['Observe for haematoma. Should symptoms such as syncope occur, ring us.', 'chaematoma', 'csyncope'],
  ],
  'a cause denied, a cause unknown, and examinations that fail to show': [
    ['Oedema is not due to nephrotic syndrome.', '+Oedema', '-nephrotic syndrome'],
    ['Syncope not related to arrhythmia; fall not caused by seizure.', '+Syncope', '-arrhythmia', '-seizure'],
    ['No clear cause for the hyponatraemia. No explanation for his fatigue.', '+hyponatraemia', '+fatigue'],
    ['MRI failed to identify discitis. CT fails to demonstrate abscess.', '-discitis', '-abscess'],
  ],
  'still to be excluded, and excluded in a list': [
    ['Endocarditis still to be excluded. Fracture has yet to be ruled out.', 'pEndocarditis', 'pFracture'],
    ['Rule-out meningitis. Admitted for rule-out appendicitis.', 'pmeningitis', 'pappendicitis'],
    ['Excluded: cholecystitis, pancreatitis.', '-cholecystitis', '-pancreatitis'],
  ],
  'a negation ends before a present finding': [
    ['No rigors, with productive cough.', '-rigors', '+cough'],
    ['Abdominal pain without guarding, w/ vomiting.', '-guarding', '+vomiting'],
    ['USS -ve for stones, +ve for hydronephrosis', '+hydronephrosis'],
    ['No rash, headache for 2 days, no vomiting.', '-rash', '+headache', '-vomiting'],
    ['Ruled out for stroke, ruled in for meningitis.', '-stroke', '+meningitis'],
    ['No haematuria, some dysuria.', '-haematuria', '+dysuria'],
    ['Denies melena, jaundice or pruritus.', '-melena', '-jaundice', '-pruritus'],
  ],
  '"no change" is not an absence, "no longer an issue" is': [
    ['Little improvement in her dyspnoea. No worsening of the jaundice.', '+dyspnoea', '+jaundice'],
    ['Not much difference in the swelling; no progression of the ataxia.', '+swelling', '+ataxia'],
    ['Insomnia is no longer a problem. Tinnitus no longer bothersome.', 'hInsomnia', 'hTinnitus'],
  ],
  'likely to be, and being considered': [
    ['It is likely to be sciatica. Symptoms are likely to be asthma.', 'psciatica', 'pasthma'],
    ['Vasculitis is being considered.', 'pVasculitis'],
    ['Malaria under consideration.', 'pMalaria'],
  ],
  'gone, and dated by a past month': [
    ['Vertigo gone, still tired. Vomiting all gone.', 'hVertigo', 'hVomiting'],
    ['Pancreatitis in August. Stroke in November, now better.', 'hPancreatitis', 'hStroke'],
    ['Headache gone; fever persists.', 'hHeadache', '+fever'],
  ],
  'less likely before the term': [
    ['Likely gout, less likely cellulitis.', 'pgout', '?cellulitis'],
    ['Less likely: less likely sarcoidosis.', '?sarcoidosis'],
    ['Probable COPD exacerbation; least likely pneumothorax.', '?pneumothorax'],
  ],
  'the current complaint on the line of the allergies': [
    ['Allergies: nuts (angioedema). Presents with wheeze.', 'rwheeze'],
    ['Allergies: codeine - nausea. Came in with collapse.', 'rcollapse'],
    ['Allergies: aspirin. Admitted with haematemesis.', 'rhaematemesis'],
  ],
};

const faultOf = (text: string, expected: string): string | undefined => {
  const sign = expected[0]!;
  const name = expected.slice(1);
  const found = engine.analyzeSync(text).findings.filter((finding) => finding.text.includes(name));
  if (sign === '0') return found.some(({ negation }) => negation === 'affirmed') ? `${name} is affirmed` : undefined;
  const finding = found[0];
  if (finding === undefined) return `${name} is not found`;
  const negated = finding.negation === 'negated';
  const uncertain = finding.certainty === 'uncertain';
  const right = {
    '-': negated,
    '+': !negated,
    '?': uncertain || negated,
    p: uncertain && !negated,
    h: finding.temporality === 'historical' || negated,
    c: finding.temporality === 'hypothetical' || uncertain || negated,
    o: finding.experiencer === 'other',
    r: finding.temporality === 'recent' && !negated,
  }[sign];
  const { negation, certainty, temporality, experiencer } = finding;
  return right ? undefined : `${name} is ${negation}, ${certainty}, ${temporality}, ${experiencer}`;
};

const engine = new EmbeddedEngine();

describe.each(Object.entries(kinds))('%s', (_, cases) => {
  test.each(cases.map(([text, ...expected]) => ({ text, expected })))('$text', ({ text, expected }) => {
    expect(expected.map((one) => faultOf(text, one)).filter((fault) => fault !== undefined)).toEqual([]);
  });
});
