import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';
import { sectionModel } from '@healthcare-ai/clinical-text/lexicon/section-model';
import { MedicationExtractor } from '@healthcare-ai/clinical-text/medications/medication-extractor';
import { KnownWords } from '@healthcare-ai/clinical-text/phi/known-words';
import { QuantityRules } from '@healthcare-ai/clinical-text/quantity/quantities';
import { SectionClassifier } from '@healthcare-ai/clinical-text/sections/classifier';
import { Segmenter } from '@healthcare-ai/clinical-text/sections/segmenter';
import { ItemRules } from '@healthcare-ai/clinical-text/structure/items';
import { readDocument } from '@healthcare-ai/clinical-text/structure/read-document';
import { tokenize } from '@healthcare-ai/clinical-text/text/tokens';

const extractor = new MedicationExtractor(new QuantityRules(), new KnownWords());
const segmenter = new Segmenter(new SectionClassifier(sectionModel));
const items = new ItemRules();
const extract = (note: string) => extractor.extract(readDocument(tokenize(note), segmenter, items));
const statusesOf = (note: string) =>
  Object.fromEntries(
    extract(note).medications.map(({ text, status, subject }) => [text, subject === 'patient' ? status : subject]),
  );
const stepsOf = (note: string) =>
  extract(note).medications.map(({ text, steps }) => [
    text,
    ...steps.map(({ strength, dose, frequency, duration }) =>
      [strength?.text.text, dose?.text.text, frequency?.text, duration?.text.text]
        .filter((part) => part !== undefined)
        .join(' | '),
    ),
  ]);
const allergiesOf = (note: string) =>
  extract(note).allergies.map(({ text, none, status, reactions }) =>
    [text, none ?? status, ...reactions.map((reaction) => reaction.text)].join(' | '),
  );

describe('status words stand on either side of a drug', () => {
  test.each([
    ['Naproxen was ceased by the renal team.', { Naproxen: 'stopped' }],
    ['Tolterodine has been withdrawn, mirabegron commenced.', { Tolterodine: 'stopped', mirabegron: 'new' }],
    [
      'We took her off amitriptyline. Came off fluoxetine in June.',
      { amitriptyline: 'stopped', fluoxetine: 'stopped' },
    ],
    ['Candesartan currently on hold because of hypotension.', { Candesartan: 'held' }],
    ['Metformin withheld for contrast; gliclazide unchanged.', { Metformin: 'held', gliclazide: 'active' }],
    ['Edoxaban omitted on the morning of surgery.', { Edoxaban: 'held' }],
    ['Declined pregabalin but accepted duloxetine 30 mg.', { pregabalin: 'refused', duloxetine: 'active' }],
    [
      'Ticagrelor 90 mg bd (paused), lansoprazole 15 mg od (STOPPED), senna 15 mg on.',
      { Ticagrelor: 'held', lansoprazole: 'stopped', senna: 'active' },
    ],
    ['Finished nitrofurantoin on Sunday.', { nitrofurantoin: 'completed' }],
    ['Amoxicillin course completed.', { Amoxicillin: 'completed' }],
    ['Formerly on azathioprine. Used to take propranolol.', { azathioprine: 'historical', propranolol: 'historical' }],
    ['Never took the mirtazapine.', { mirtazapine: 'not-given' }],
    ['Avoid diclofenac.', { diclofenac: 'not-given' }],
    ['Will start denosumab next month.', { denosumab: 'planned' }],
    ['Bumetanide held on Monday and restarted on Friday.', { Bumetanide: 'active' }],
  ])('%s', (note, expected) => {
    expect(statusesOf(note)).toEqual(expected);
  });
});

describe('a status word stays with its own drug', () => {
  test.each([
    [
      'Dalteparin 5000 units SC omitted; declined tramadol; had cyclizine 50 mg IV.',
      { Dalteparin: 'held', tramadol: 'refused', cyclizine: 'active' },
    ],
    ['Stopped ibuprofen, continues codeine 30 mg.', { ibuprofen: 'stopped', codeine: 'active' }],
    [
      'Aspirin and dipyridamole were discontinued; atorvastatin continues.',
      { Aspirin: 'stopped', dipyridamole: 'stopped', atorvastatin: 'active' },
    ],
  ])('%s', (note, expected) => {
    expect(statusesOf(note)).toEqual(expected);
  });
});

describe('a status word stays in its sentence', () => {
  test.each([
    ['Started ceftriaxone 2 g IV q24h. Stopped amlodipine.', { ceftriaxone: 'new', amlodipine: 'stopped' }],
    ['Commenced sertraline 1 tab. Held edoxaban.', { sertraline: 'new', edoxaban: 'held' }],
    ['Prescribed prednisolone for 2 wks. Discontinued diclofenac.', { prednisolone: 'new', diclofenac: 'stopped' }],
    ['Started vitamin D. Stopped bumetanide.', { 'vitamin D': 'new', bumetanide: 'stopped' }],
    ['Apixaban started at 6 p.m. Stopped dalteparin.', { Apixaban: 'new', dalteparin: 'stopped' }],
    ['Tobramycin was started, temp 39 C. Held candesartan.', { Tobramycin: 'new', candesartan: 'held' }],
    ['Continued insulin. Dr. K. Stopford agreed.', { insulin: 'active' }],
  ])('%s', (note, expected) => {
    expect(statusesOf(note)).toEqual(expected);
  });
});

describe('a drug is held for a present reason and changed to another form', () => {
  test.each([
    ['Hold enoxaparin while Hb <70.', { enoxaparin: 'held' }],
    ['Hold bisoprolol for HR <50.', { bisoprolol: 'unknown' }],
    ['Hold bisoprolol as needed for HR <50.', { bisoprolol: 'active' }],
    ['Switch venlafaxine to XR 75 mg od.', { venlafaxine: 'changed' }],
    ['Changed furosemide to oral.', { furosemide: 'changed' }],
    ['Switch venlafaxine to duloxetine 30 mg.', { venlafaxine: 'stopped', duloxetine: 'new' }],
  ])('%s', (note, expected) => {
    expect(statusesOf(note)).toEqual(expected);
  });
});

describe('no status where the words are denied or depend on something', () => {
  test.each([
    ['Ramipril was not stopped.', { Ramipril: 'active' }],
    ['Stop metformin if eGFR falls below 30.', { metformin: 'unknown' }],
    ['Do not stop prednisolone.', { prednisolone: 'active' }],
  ])('%s', (note, expected) => {
    expect(statusesOf(note)).toEqual(expected);
  });
});

describe('one drug takes the place of another', () => {
  test.each([
    ['Enalapril swapped for irbesartan 150 mg.', { Enalapril: 'stopped', irbesartan: 'new' }],
    ['Switch citalopram to sertraline 50 mg od.', { citalopram: 'stopped', sertraline: 'new' }],
    ['Doxycycline → clarithromycin 500 mg bd', { Doxycycline: 'stopped', clarithromycin: 'new' }],
    ['She had tapentadol in place of oxycodone.', { tapentadol: 'new', oxycodone: 'stopped' }],
    ['Codeine was superseded by morphine.', { Codeine: 'stopped', morphine: 'new' }],
  ])('%s', (note, expected) => {
    expect(statusesOf(note)).toEqual(expected);
  });
});

describe("a relative's drug is not the patient's", () => {
  test.each([
    ['Her mum takes levothyroxine and her brother is on insulin.', { levothyroxine: 'family', insulin: 'family' }],
    ['Brother has asthma, he uses salbutamol.', { salbutamol: 'family' }],
    ['Her dad has angina and he takes bisoprolol 5 mg.', { bisoprolol: 'family' }],
    ['Father has angina, she takes bisoprolol 5 mg.', { bisoprolol: 'active' }],
    ["Grandfather's warfarin was found in the bathroom.", { warfarin: 'family' }],
    ['His wife gives him insulin glargine 18 units every night.', { 'insulin glargine': 'active' }],
  ])('%s', (note, expected) => {
    expect(statusesOf(note)).toEqual(expected);
  });
});

test('a heading gives its status to the list below it', () => {
  expect(
    statusesOf('STOPPED MEDICATIONS:\n- indapamide 2.5 mg\n- naproxen 500 mg\n\nCONTINUE:\n- losartan 50 mg od'),
  ).toEqual({
    indapamide: 'stopped',
    naproxen: 'stopped',
    losartan: 'active',
  });
});

describe('orders', () => {
  test.each([
    [
      'Dexamethasone 8 mg od for 3 days, then 4 mg od for 3 days, then 2 mg od.',
      [['Dexamethasone', '8 mg | od | for 3 days', '4 mg | od | for 3 days', '2 mg | od']],
    ],
    ['Ibuprofen 200 mg, two tablets 3-4 times daily.', [['Ibuprofen', '200 mg | two tablets | 3-4 times daily']]],
    [
      'Levothyroxine ½ tab mane and bisoprolol 1 1/2 tabs nocte.',
      [
        ['Levothyroxine', '½ tab | mane'],
        ['bisoprolol', '1 1/2 tabs | nocte'],
      ],
    ],
    [
      'Torem 10 mg 1-0-0, Beloc 47,5 mg 1-0-1.',
      [
        ['Torem', '10 mg | 1-0-0'],
        ['Beloc', '47,5 mg | 1-0-1'],
      ],
    ],
    [
      'Amiodarone infusion 900 mg/24 h, milrinone 0.375 mcg/kg/min.',
      [
        ['Amiodarone', '900 mg/24 h'],
        ['milrinone', '0.375 mcg/kg/min'],
      ],
    ],
    [
      'Bumex 1 po bid, Coreg 6.25 bid.',
      [
        ['Bumex', '1 | bid'],
        ['Coreg', '6.25 | bid'],
      ],
    ],
    ['Warfarin 3/4 tablet Sat, 1 tablet Sun-Fri.', [['Warfarin', '3/4 tablet | Sat', '1 tablet | Sun-Fri']]],
  ])('%s', (note, expected) => {
    expect(stepsOf(note)).toEqual(expected);
  });

  test('a change keeps the dose before it', () => {
    expect(extract('Increase lamotrigine from 50 mg to 75 mg bd.').medications).toMatchObject([
      { status: 'changed', previous: { dose: { low: 50, ucum: 'mg' } }, steps: [{ dose: { low: 75 } }] },
    ]);
  });
});

describe('a drug that no list holds is known by its frame, and keeps its dose', () => {
  test.each([
    [
      'Ramipril 5 mg od, Quavorin 20 mg, bisoprolol 2.5 mg od.',
      [
        ['Ramipril', '5 mg | od'],
        ['Quavorin', '20 mg'],
        ['bisoprolol', '2.5 mg | od'],
      ],
    ],
    [
      'Zubrixol tds and 40 mg of Fenvaxor.',
      [
        ['Zubrixol', 'tds'],
        ['Fenvaxor', '40 mg'],
      ],
    ],
    ['Brelivax 2 puffs bd', [['Brelivax', '2 puffs | bd']]],
  ])('%s', (note, expected) => {
    expect(stepsOf(note)).toEqual(expected);
  });

  test('a misspelt name is the listed one', () => {
    expect(extract('Atorvastatn 40 mg, furosemdie 20 mg.').medications.map(({ name }) => name)).toEqual([
      'atorvastatin',
      'furosemide',
    ]);
  });
});

describe('allergies', () => {
  test.each([
    ['Allergies: erythromycin - vomiting, latex', ['erythromycin | active | vomiting', 'latex | active']],
    ['Came out in a rash with co-trimoxazole.', ['co-trimoxazole | active | rash']],
    ['Aspirin allergy (wheeze).', ['Aspirin | active | wheeze']],
    ['Ramipril gave her angioedema.', ['Ramipril | active | angioedema']],
    ['Cannot tolerate opiates. Urticaria after ibuprofen.', ['opiates | active', 'ibuprofen | active | Urticaria']],
    ['Sensitive to tramadol - vomits.', ['tramadol | active | vomits']],
    ['She is not allergic to penicillin.', ['penicillin | refuted']],
    ['No known drug allergies.', ['No known drug allergies | no-known-drug-allergies']],
    ['Drug allergies: none', ['none | no-known-drug-allergies']],
    ['Allergies: not recorded', ['not recorded | not-asked']],
  ])('%s', (note, expected) => {
    expect(allergiesOf(note)).toEqual(expected);
  });

  test.each([
    [
      'Allergies: erythromycin - rash\nDrugs on discharge: amlodipine 5mg od, edoxaban 30mg od\nFollow up: GP',
      ['amlodipine', 'edoxaban'],
    ],
    ['NKDA. Takes bisoprolol 2.5 mg od.', ['bisoprolol']],
    ['ALLERGIES: NIL\nCurrent drugs: losartan 50 mg od', ['losartan']],
    ['Allergic to codeine; takes tramadol 50 mg prn.', ['tramadol']],
  ])('an allergy is no current drug, and current drugs are no allergies: %s', (note, expected) => {
    expect(extract(note).medications.map(({ text, status }) => [text, status])).toEqual(
      expected.map((text) => [text, 'active']),
    );
  });
});

describe('a conditional change is planned', () => {
  test.each([
    ['Increase furosemide to 80 mg if weight rises by 2 kg.', { furosemide: 'planned' }],
    ['If the potassium falls, reduce bumetanide to 1 mg.', { bumetanide: 'planned' }],
    ['Perindopril to be doubled if blood pressure stays high.', { Perindopril: 'planned' }],
    ['Increase gabapentin to 300 mg tds. Call if dizzy.', { gabapentin: 'changed' }],
  ])('%s', (note, expected) => {
    expect(statusesOf(note)).toEqual(expected);
  });
});

describe('drugs in plans, in lists and in microbiology results', () => {
  test.each([
    [
      'She will start chemotherapy with carboplatin and paclitaxel.',
      { chemotherapy: 'planned', carboplatin: 'planned', paclitaxel: 'planned' },
    ],
    [
      'Will begin antibiotic treatment with cefuroxime and metronidazole.',
      { antibiotic: 'planned', cefuroxime: 'planned', metronidazole: 'planned' },
    ],
    [
      'Plan to start triple therapy of amoxicillin, clarithromycin and omeprazole.',
      { amoxicillin: 'planned', clarithromycin: 'planned', omeprazole: 'planned' },
    ],
    [
      'Her current medications include atenolol, digoxin, and furosemide.',
      { atenolol: 'active', digoxin: 'active', furosemide: 'active' },
    ],
    ['Home meds are warfarin and bisoprolol.', { warfarin: 'active', bisoprolol: 'active' }],
    ['His regimen includes lithium.', { lithium: 'active' }],
    ['Compliant with sertraline as prescribed.', { sertraline: 'active' }],
    ['He is taking naproxen, originally prescribed for gout.', { naproxen: 'active' }],
    ['Takes melatonin, which was initially started in hospital.', { melatonin: 'active' }],
    ['The dose of lamotrigine was changed to 100 mg.', { lamotrigine: 'changed' }],
    ['The isolate was resistant to ciprofloxacin and gentamicin and susceptible to meropenem.', {}],
    ['Klebsiella, sensitive to cefuroxime, resistant to amoxicillin.', {}],
    ['MSU: E. coli - trimethoprim R, nitrofurantoin S.', {}],
    [
      'Treated with a beta-blocker, an ACE inhibitor, and spironolactone.',
      { 'beta-blocker': 'active', 'ACE inhibitor': 'active', spironolactone: 'active' },
    ],
  ])('%s', (note, expected) => {
    expect(statusesOf(note)).toEqual(expected);
  });
});

describe('the amount before "of" is of the drug after it', () => {
  test.each([
    [
      'Injected 2 ml of Kenalog with 3 ml of lidocaine.',
      [
        ['Kenalog', '2 ml'],
        ['lidocaine', '3 ml'],
      ],
    ],
    [
      'Given 4 mg of ondansetron and 1 g of paracetamol.',
      [
        ['ondansetron', '4 mg'],
        ['paracetamol', '1 g'],
      ],
    ],
    [
      '1 ml of Depo-Medrone mixed with 4 ml of bupivacaine.',
      [
        ['Depo-Medrone', '1 ml'],
        ['bupivacaine', '4 ml'],
      ],
    ],
  ])('%s', (note, expected) => {
    expect(stepsOf(note)).toEqual(expected);
  });
});

describe('the dose before admission follows the new one', () => {
  test.each([
    ['Bisoprolol reduced to 2.5 mg od (5 mg od on admission).', '2.5 mg', '5 mg'],
    ['Furosemide 80 mg bd (40 mg od at home).', '80 mg', '40 mg'],
    ['Gabapentin 300 mg tds (100 mg tds previously)', '300 mg', '100 mg'],
    ['Ramipril increased to 5 mg od (2.5 mg od before admission)', '5 mg', '2.5 mg'],
  ])('%s', (note, dose, before) => {
    expect(
      extract(note).medications.map(({ status, steps, previous }) => [
        status,
        ...steps.map((step) => step.dose?.text.text),
        previous?.dose?.text.text,
      ]),
    ).toEqual([['changed', dose, before]]);
  });
});

describe('effects of a drug on the patient', () => {
  test.each([
    ['Tramadol caused vomiting.', ['Tramadol | active | vomiting']],
    ['Simvastatin caused muscle aches.', ['Simvastatin | active | muscle aches']],
    ['Amoxicillin made his face swell.', ['Amoxicillin | active | face swell']],
    ['Prawns made her lips swell.', ['Prawns | active | lips swell']],
    ['Insulin caused hypoglycaemia.', []],
    ['Allergic to walnuts - tongue swelling; loratadine 10 mg od.', ['walnuts | active | tongue swelling']],
    ['Allergy to latex; takes atenolol 50 mg daily.', ['latex | active']],
  ])('%s', (note, expected) => {
    expect(allergiesOf(note)).toEqual(expected);
  });

  test('a drug with a dose after an allergy is taken', () => {
    expect(statusesOf('Allergic to walnuts - tongue swelling; loratadine 10 mg od.')).toEqual({ loratadine: 'active' });
  });
});

describe('pronouns for a drug, and drugs that the patient declines', () => {
  test.each([
    ['Given pregabalin but stopped taking it. Prescribed iron but could not tolerate it.', ['stopped', 'not-given']],
    ['Prescribed sertraline, she never started it.', ['not-given']],
    ['Offered a statin, he is not interested. Offered tiotropium, she would prefer not to.', ['refused', 'refused']],
    ['Has tried gabapentin. Had tried topiramate without benefit.', ['historical', 'historical']],
    ['Had been on valproate for years. A trial of baclofen failed.', ['historical', 'historical']],
    ['He has not taken his apixaban since Monday.', ['not-given']],
    ['Should avoid diclofenac. Drugs such as erythromycin should be stopped.', ['not-given', 'stopped']],
    ['Should she bleed, stop edoxaban.', ['unknown']],
    ['Prescribed nitrofurantoin but has not picked it up yet.', ['held']],
    ['No longer needs bisoprolol. Seretide inhaler 2 puffs bd.', ['stopped', 'active']],
  ])('%s', (note, expected) => {
    expect(Object.values(statusesOf(note))).toEqual(expected);
  });
});

describe('unusual forms of amounts', () => {
  test.each([
    ['Trazodone 50 mg ON.', 'Trazodone', '50 mg ON'],
    ['Zopiclone 7.5 mg ON, melatonin 2 mg ON', 'Zopiclone', '7.5 mg ON'],
    ['Fostair 200/6 bd', 'Fostair', '200/6 bd'],
    ['Co-amoxiclav 500/125 tds', 'Co-amoxiclav', '500/125 tds'],
    ['Amoxicillin/clavulanate 500/125 bid', 'Amoxicillin/clavulanate', '500/125 bid'],
    ['Testosterone 2% gel daily', 'Testosterone', '2%'],
    ['Progesterone 8% gel daily', 'Progesterone', '8%'],
    ['Hydrocortisone 0.5% ointment bd', 'Hydrocortisone', '0.5%'],
  ])('%s', (note, name, dose) => {
    const { medications } = new EmbeddedEngine().analyzeSync(note);
    expect(medications.find(({ text }) => text === name)?.doses.map(({ text }) => text)).toContain(dose);
  });
});

describe('names of the United Kingdom, Australia and Germany', () => {
  test.each([
    'Marevan',
    'Panadol Osteo',
    'Endone',
    'Somac',
    'Diamicron',
    'Carbocisteine',
    'Hydroxycarbamide',
    'Novaminsulfon',
    'Sando-K',
    'Ferrograd',
    'Colgout',
    'Prostap',
  ])('%s', (name) => {
    expect(statusesOf(`Takes ${name} at home.`)).toEqual({ [name]: 'active' });
  });
});

describe('unlisted reactions', () => {
  test.each([
    [
      'Allergies: NSAIDs (worsening of asthma), plasters (local redness)',
      ['NSAIDs | active | worsening of asthma', 'plasters | active | local redness'],
    ],
    [
      'ALLERGIES\nCefaclor (joint stiffness)\nHay - watery eyes',
      ['Cefaclor | active | joint stiffness', 'Hay | active | watery eyes'],
    ],
    ['Allergic to quinine (purple spots).', ['quinine | active | purple spots']],
    ['Allergies: aspirin (as a child), latex (see letter)', ['aspirin | active', 'latex | active']],
    ['Flucloxacillin allergy label removed after testing.', ['Flucloxacillin | refuted']],
    ['Amoxicillin allergy has been removed from the record.', ['Amoxicillin | refuted']],
    ['Penicillin allergy was delabelled.', ['Penicillin | refuted']],
  ])('%s', (note, expected) => {
    expect(allergiesOf(note)).toEqual(expected);
  });

  test.each(['Paracetamol OTC for headaches.', 'Naproxen over the counter.', 'Uses cetirizine occasionally.'])(
    'taken: %s',
    (note) => {
      expect(Object.values(statusesOf(note))).toEqual(['active']);
    },
  );
});

describe('planned, declined and past treatment', () => {
  test.each([
    ['She will be started on dapagliflozin.', { dapagliflozin: 'planned' }],
    ['Tinzaparin to be commenced after the scan.', { Tinzaparin: 'planned' }],
    ['He is to be commenced on carbimazole.', { carbimazole: 'planned' }],
    ['Not for further chemotherapy.', { chemotherapy: 'not-given' }],
    ['Not for thrombolysis; not for warfarin.', { warfarin: 'not-given' }],
    ['Low threshold for antibiotics.', { antibiotics: 'planned' }],
    ['Recent course of doxycycline for sinusitis.', { doxycycline: 'completed' }],
    ['Will be continued on ramipril.', { ramipril: 'active' }],
  ])('%s', (note, expected) => {
    const found = Object.entries(statusesOf(note)).filter(([name]) => name !== 'thrombolysis');
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  test.each([
    ['Allergies: PCN (hives), statins', ['PCN | active | hives', 'statins | active']],
    ['ALLERGIES: PCN - anaphylaxis', ['PCN | active | anaphylaxis']],
    ['Allergic to PCN.', ['PCN | active']],
  ])('%s', (note, expected) => {
    expect(allergiesOf(note)).toEqual(expected);
  });
});

describe('allergies with one exception, and unlisted names beside known ones', () => {
  test.each([
    ['NKDA except trimethoprim.', ['trimethoprim | active']],
    ['No known allergies apart from latex.', ['latex | active']],
    ['No allergies other than eggs (hives).', ['eggs | active | hives']],
    ['Allergies: codeine, Opsite, penicillin', ['codeine | active', 'Opsite | active', 'penicillin | active']],
    ['Allergies: Micropore, latex', ['Micropore | active', 'latex | active']],
    ['Allergies: penicillin, reviewed with family', ['penicillin | active']],
  ])('%s', (note, expected) => {
    expect(allergiesOf(note)).toEqual(expected);
  });

  test.each([
    ['Topiramate tried without benefit.', { Topiramate: 'historical' }],
    ['Botox and nortriptyline tried previously.', { nortriptyline: 'historical' }],
    ['Fexofenadine tried, no effect.', { Fexofenadine: 'historical' }],
  ])('%s', (note, expected) => {
    expect(statusesOf(note)).toMatchObject(expected);
  });
});
