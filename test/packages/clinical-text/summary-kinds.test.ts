import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';

const engine = new EmbeddedEngine();
const summaryOf = (note: string): string =>
  engine
    .analyzeSync(note)
    .summary.sentences.map(({ text }) => text)
    .join('\n');

/** What a summary must not lose, in other words than those of the foreign cases. */
describe.each<[string, [note: string, ...kept: string[]][]]>([
  [
    'allergies',
    [
      ['Subjective: sore throat.\nAllergies: latex (rash), eggs.\nPlan: rest.', 'latex (rash)', 'eggs'],
      ['Here for a cut finger. Allergic to codeine - vomits. Wound closed.', 'Allergic to codeine'],
      ['HPI: ankle sprain.\nALLERGIES\nNKDA\nPLAN\nice', 'NKDA'],
    ],
  ],
  [
    'what an examination showed',
    [
      ['HPI: fall.\nCT head: no haemorrhage.\nPlan: home.', 'no haemorrhage'],
      ['PC: cough.\nCXR: left lower lobe consolidation.\nPlan: amoxicillin.', 'consolidation'],
      [
        'Reviewed for ankle injury. X-ray: no fracture. ECG: atrial fibrillation.',
        'no fracture',
        'atrial fibrillation',
      ],
    ],
  ],
  [
    'what is arranged without a verb',
    [
      ['Stable. EEG planned. Cytology to follow.', 'EEG planned', 'Cytology to follow'],
      [
        'Wound healing. Social work visit Monday. Renal clinic 4 June.',
        'Social work visit Monday',
        'Renal clinic 4 June',
      ],
      [
        'Comfortable. SALT to assess. Urine culture sent. Home tomorrow.',
        'SALT to assess',
        'culture sent',
        'Home tomorrow',
      ],
      ['CC: blood pressure check.\nFeels well. RTC 3 months.', 'RTC 3 months'],
      ['Knee stable. For THR 9 March. MRI Friday. Pain team referred.', 'For THR 9 March', 'MRI Friday', 'Pain team'],
    ],
  ],
  [
    'code status',
    [
      ['Reviewed by the team. DNACPR form completed with family.', 'DNACPR form'],
      ['Code status: full code.\nPlan: diuresis.', 'full code'],
      ['Ceiling of care: ward level, not for ICU.', 'not for ICU'],
    ],
  ],
  [
    'what the patient came with',
    [
      ['PC: fall at home. Found on floor with hip pain and confusion. Sodium 121.', 'hip pain', '121'],
      ['Brought in with sudden facial droop and slurred speech since noon.', 'facial droop', 'slurred speech'],
      ['c/o: vomiting\n3 days of vomiting and diarrhea, no travel.', '3 days of vomiting'],
    ],
  ],
  [
    'abnormal values in prose',
    [
      ['He was hypotensive at 82/45 and tachycardic to 135.', '82/45', '135'],
      ['Temp 39.4 on arrival, sats 88% on room air.', '39.4', '88%'],
      ['GCS 7 at scene. Potassium 6.8.', 'GCS 7', '6.8'],
    ],
  ],
  [
    'newest values',
    [
      ['Hb 11.0 -> 8.2 -> 7.0 this morning. Stools black.', '7.0'],
      ['Platelets 210, then 140, now 62.', '62'],
      ['Troponin 0.02 -> 1.9.', '1.9'],
    ],
  ],
  [
    'follow-up in any section',
    [
      [
        'Seen after stent. Doing well. Needs echo in 6 weeks. Refer cardiac rehab. Chase lipid profile.',
        'echo in 6 weeks',
        'cardiac rehab',
        'Chase lipid',
      ],
      [
        'HPI: mole removed last week. Histology awaited. To see dermatology in 2/12.',
        'Histology awaited',
        'dermatology in 2/12',
      ],
      ['Discharged home. GP to repeat LFTs in 2 weeks. Culture results outstanding.', 'repeat LFTs', 'outstanding'],
    ],
  ],
  [
    'pertinent negatives',
    [
      [
        'HPI: Chest pain since morning. No syncope or palpitations.\nImpression: musculoskeletal pain. No signs of ischemia.',
        'No syncope',
        'No signs of ischemia',
      ],
      ['HPI: back pain. Denies incontinence and saddle numbness.\nPlan: physio.', 'Denies incontinence'],
      ['Rash for two days. No fever, no mucosal lesions. Likely viral.', 'No fever'],
    ],
  ],
  [
    'lists on one line',
    [
      [
        'Impression: 1. Cellulitis 2. Diabetes 3. Acute kidney injury\nPlan: antibiotics',
        '1. Cellulitis',
        '2. Diabetes',
        '3. Acute kidney injury',
      ],
      ['Diagnoses: 1) COPD exacerbation 2) Pneumonia', '1) COPD exacerbation', '2) Pneumonia'],
      ['Plan: 1. CT head 2. Stop warfarin 3. Neuro obs', '1. CT head', '2. Stop warfarin', '3. Neuro obs'],
    ],
  ],
  [
    'drugs that no list knows',
    [
      ['Medications:\n1. Aspirin 81 mg daily\n2. Zorbuvant 20 mg bd\n3. Trelegy one puff od', 'Zorbuvant', 'Trelegy'],
      ['Current meds: Fexolam 5 mg nocte.', 'Fexolam 5 mg'],
      ['DHx:\n- Qvarex inhaler prn\n- ramipril 5 mg od', 'Qvarex', 'ramipril 5 mg'],
    ],
  ],
])('%s', (_, cases) => {
  test.each(cases.map(([note, ...kept]) => ({ note, kept })))('$note', ({ note, kept }) => {
    const summary = summaryOf(note);
    expect(kept.filter((part) => !summary.includes(part))).toEqual([]);
  });
});

test('a note with content never has an empty summary', () => {
  for (const note of ['Seen today.', 'x', 'Well.\nNothing to add.', 'reviewed, no change'])
    expect(engine.analyzeNote(note).summary.sentences.length).toBeGreaterThan(0);
});

test('the short form holds the most important sentences in at most 1,200 characters', () => {
  const filler = Array.from({ length: 60 }, (_, at) => `Continue exercise number ${at} at home as shown.`).join('\n');
  const { short, sentences } = engine.analyzeNote(
    `PLAN\n${filler}\n\nALLERGIES\nPenicillin - anaphylaxis\n\nNot for CPR.`,
  ).summary;
  const text = short.map((part) => part.text).join('\n');
  expect(text.length).toBeLessThanOrEqual(1200);
  expect(short.length).toBeLessThan(sentences.length);
  expect(text).toContain('Penicillin - anaphylaxis');
  expect(text).toContain('Not for CPR');
});

test('a signature below a plan is no plan', () => {
  expect(summaryOf('PLAN\nRepeat ferritin in May.\nElectronically signed by L. Moreno, MD 4/7/2024')).toBe(
    'Repeat ferritin in May.',
  );
});

/** The label of the section that holds a word. */
describe.each<[string, [note: string, ...at: [word: string, label: string][]][]]>([
  [
    'headings in small letters',
    [
      [
        'presenting complaint: headache\nallergies: none\nfamily history: migraine in mother',
        ['headache', 'chief-complaint'],
        ['migraine', 'family-history'],
      ],
      ['social history: smoker\nplan: nicotine patches', ['smoker', 'social-history'], ['nicotine', 'plan']],
      [
        'drug history: bisoprolol\nexamination: normal heart sounds',
        ['bisoprolol', 'medications'],
        ['normal', 'physical-exam'],
      ],
    ],
  ],
  [
    'headings without a colon',
    [
      [
        'ALLERGIES\npenicillin\n\nSOCIAL HISTORY\nlives with son\n\nPlan\nhome today',
        ['penicillin', 'allergies'],
        ['lives', 'social-history'],
        ['home', 'plan'],
      ],
      [
        'Past Medical History\ngout\n\nMedications\nallopurinol',
        ['gout', 'past-medical-history'],
        ['allopurinol', 'medications'],
      ],
      ['IMPRESSION\nviral illness\n\nRECOMMENDATIONS\nfluids', ['viral', 'assessment'], ['fluids', 'plan']],
    ],
  ],
  [
    'headings in brackets, and abbreviations without a colon',
    [
      ['[Allergies] latex\n[Plan] rest', ['latex', 'allergies'], ['rest', 'plan']],
      ['--- MEDICATIONS ---\nlosartan\n\nALLERGIES/ADRs\nnone', ['losartan', 'medications'], ['none', 'allergies']],
      ['**Medications** ramipril\n**Plan** home', ['ramipril', 'medications'], ['home', 'plan']],
      ['PMH gout. O/E swollen toe. Imp acute gout.', ['swollen', 'physical-exam'], ['acute', 'assessment']],
      ['HPC fell today. PMHx stroke. O/E alert.', ['stroke', 'past-medical-history'], ['alert', 'physical-exam']],
    ],
  ],
  [
    'headings on one line',
    [
      [
        'PMH: gout. Meds: allopurinol 100 mg od. Social history: retired teacher.',
        ['allopurinol', 'medications'],
        ['retired', 'social-history'],
      ],
      ['Assessment: stable angina. Plan: stress test.', ['stable', 'assessment'], ['stress', 'plan']],
      ['Exam: chest clear. Results: CXR normal. Impression: asthma.', ['CXR', 'results'], ['asthma', 'assessment']],
    ],
  ],
  [
    'short headings',
    [
      [
        'PC: cough\nDHx: salbutamol\nFHx: atopy\nO/E: wheeze\nIx: CXR clear\nImp: asthma',
        ['cough', 'chief-complaint'],
        ['salbutamol', 'medications'],
        ['atopy', 'family-history'],
        ['wheeze', 'physical-exam'],
        ['CXR', 'results'],
        ['asthma', 'assessment'],
      ],
      [
        'HPC: fell off bike\nPMHx: nil\nSHx: student\nMx: cast',
        ['fell', 'history-of-present-illness'],
        ['student', 'social-history'],
        ['cast', 'plan'],
      ],
      [
        'CC: rash\nROS: no fever\nPE: macules on trunk\nA/P: viral exanthem',
        ['rash', 'chief-complaint'],
        ['no fever', 'review-of-systems'],
        ['macules', 'physical-exam'],
        ['viral', 'assessment-and-plan'],
      ],
    ],
  ],
])('%s', (_, cases) => {
  test.each(cases.map(([note, ...places]) => ({ note, places })))('$note', ({ note, places }) => {
    const { sections } = engine.analyzeSync(note);
    const got = places.map(([word]) => {
      const at = note.indexOf(word);
      return [word, sections.find(({ start, end }) => start <= at && at < end)?.label];
    });
    expect(got).toEqual(places);
  });
});
