import { analyze } from '@healthcare-ai/clinical-text';
import { toV1 } from '@healthcare-ai/clinical-text/v1/to-v1';

const problemsOf = (note: string) =>
  analyze(note).problems.map(({ text, presence }) => (presence === 'present' ? text : `${text} | ${presence}`));
const allergiesOf = (note: string) =>
  analyze(note).allergies.map(({ text, kind, none, status, reactions }) =>
    [text, none ?? (status === 'active' ? kind : status), ...reactions.map((reaction) => reaction.text)].join(' | '),
  );

test.each([
  ['Non-ST elevation myocardial infarction in March.', ['Non-ST elevation myocardial infarction']],
  ['Non-ST-elevation MI.', ['Non-ST-elevation MI']],
  ['ECG: no ST elevation.', ['ST elevation | absent']],
  ['Abdomen soft, TTP LLQ.', []],
  ['Known TTP, on caplacizumab.', ['TTP']],
])('words that mean something else together: %s', (note, problems) => {
  expect(problemsOf(note)).toEqual(problems);
});

test.each([
  ['Dilated cardiomyopathy (EF 25% in 2021)', undefined],
  ['Asthma (diagnosed in 2011)', '2011'],
  ['Diabetes (type 2 since 2014)', '2014'],
])('the year of a measurement is no onset: %s', (note, onset) => {
  expect(analyze(note).problems[0]?.onset?.value).toBe(onset);
});

describe('a discharge from hospital is no symptom', () => {
  test.each([
    'INTERIM DISCHARGE LETTER',
    'Orthopaedic Discharge Notification',
    'She was comfortable at the time of her discharge.',
    'Histology was outstanding upon discharge.',
    'Aim for discharge at the weekend.',
    'Discharge to a nursing home was agreed.',
    'Medically fit for discharge once stairs are done.',
    'Two weeks after his discharge he went back to work.',
    'We plan to discharge her on Monday.',
    'Weight prior to\ndischarge was 71 kg.',
    'Discharge bloods were normal.',
    'Afebrile on the morning of discharge and keen for discharge.',
  ])('%s', (note) => {
    expect(problemsOf(note).filter((text) => /discharge/i.test(text))).toEqual([]);
  });

  test.each([
    ['Green discharge from the right nostril.', 'discharge'],
    ['The ulcer has a foul discharge on the dressing.', 'discharge'],
    ['ROS: negative for discharge or itching.', 'discharge | absent'],
    ['Soreness due to discharge around the stoma.', 'discharge'],
    ['Urethral discharge noted after discharge from hospital.', 'discharge'],
    ['Discharge: none.', 'Discharge | absent'],
  ])('but fluid that comes out is: %s', (note, symptom) => {
    expect(problemsOf(note).filter((text) => /discharge/i.test(text))).toEqual([symptom]);
  });
});

describe('a list of allergies ends where prose begins', () => {
  test.each([
    [
      'Allergies: Trimethoprim (hives).\n\nWe saw this gentleman in our clinic. Azathioprine has helped. Abdomen was soft.',
      ['Trimethoprim | allergy | hives'],
    ],
    [
      'Allergies: Trimethoprim (hives).\n\nThe abdomen was soft and not tender. Bowels normal. Azathioprine helps.',
      ['Trimethoprim | allergy | hives'],
    ],
    ['ALLERGIES\nLatex\nHOSPITAL DAY 2 - SURGERY\nAbdomen soft', ['Latex | allergy']],
    [
      'ALLERGIES\nCodeine - vomiting\n\nLatex\n\nShe gets hives with naproxen.',
      ['Codeine | allergy | vomiting', 'Latex | allergy', 'naproxen | allergy | hives'],
    ],
  ])('%s', (note, allergies) => {
    expect(allergiesOf(note)).toEqual(allergies);
  });
});

describe('a substance, how it is not tolerated, and the reaction', () => {
  test.each([
    ['Tramadol intolerance: vomiting.', ['Tramadol | intolerance | vomiting']],
    [
      'Allergies\nDiclofenac intolerance - dyspepsia\nErythromycin sensitivity: diarrhoea',
      ['Diclofenac | intolerance | dyspepsia', 'Erythromycin | allergy | diarrhoea'],
    ],
    ['ALLERGIES:\nCefalexin anaphylaxis: collapse\n', ['Cefalexin | allergy | collapse']],
    ['Allergies: simvastatin intolerance: myalgia', ['simvastatin | intolerance | myalgia']],
    ['He has a doxycycline sensitivity with flushing.', ['doxycycline | allergy | flushing']],
    ['Contrast reaction (hypotension) in 2015.', ['Contrast | allergy | hypotension']],
    ['Metoclopramide reaction: oculogyric crisis.', ['Metoclopramide | allergy | oculogyric crisis']],
    ['Latex allergy: blisters.', ['Latex | allergy | blisters']],
    [
      'ALLERGIES:\n1. Enalapril -> cough (intolerance)\n2. Cefalexin -> hives',
      ['Enalapril | intolerance | cough', 'Cefalexin | allergy | hives'],
    ],
    ['Penicillin allergy and simvastatin intolerance.', ['Penicillin | allergy', 'simvastatin | intolerance']],
    [
      'Allergies: atenolol (intolerance), trimethoprim (rash)',
      ['atenolol | intolerance', 'trimethoprim | allergy | rash'],
    ],
    ['No known aspirin intolerance: gastritis was of other cause.', ['aspirin | refuted | gastritis']],
  ])('%s', (note, allergies) => {
    expect(allergiesOf(note)).toEqual(allergies);
  });

  test.each([
    ['a culture', 'Urine culture: E. coli. Nitrofurantoin sensitivity reported by the laboratory.'],
    ['a heading', 'Vancomycin sensitivity: pending'],
  ])('the sensitivity of %s is no allergy', (_, note) => {
    expect(allergiesOf(note)).toEqual([]);
  });

  test('a key before a list of substances is none itself', () => {
    expect(allergiesOf('Antibiotic allergies: penicillin, trimethoprim')).toEqual([
      'penicillin | allergy',
      'trimethoprim | allergy',
    ]);
  });

  test('the reaction is no problem of today', () => {
    expect(analyze('Tramadol intolerance: vomiting.').problems).toMatchObject([
      { text: 'vomiting', reactionTo: 'a1', time: 'past' },
    ]);
  });
});

describe('an order to start again under a condition is a plan', () => {
  test.each([
    ['Resume lisinopril 2.5 mg daily if creatinine is under 130.', 'planned'],
    ['Recommence metformin once renal function recovers.', 'planned'],
    ['Reintroduce spironolactone 12.5 mg when potassium is normal.', 'planned'],
    ['Resume edoxaban when the haematuria has stopped.', 'planned'],
    ['Candesartan to be restarted if creatinine settles.', 'planned'],
    ['If she is dry, restart bumetanide 1 mg.', 'planned'],
    ['Restart bisoprolol 1.25 mg once daily.', 'active'],
    ['Restarted warfarin when the INR was 1.6.', 'active'],
    ['Continue paracetamol 1 g if needed.', 'active'],
  ])('%s', (note, status) => {
    expect(analyze(note).medications[0]?.status).toBe(status);
  });
});

describe('a condition under which the patient comes back or asks for help', () => {
  const conditionsOf = (note: string) =>
    analyze(note).followUp.flatMap(({ kind, what }) => (kind === 'return-if' ? [what.text] : []));

  test.each([
    ['Go back to the emergency room if vision worsens.', ['vision worsens']],
    ['Please phone the ward should the wound leak.', ['the wound leak']],
    ['She was well; she should return to the day unit if the rash spreads.', ['the rash spreads']],
    ['Seek medical help straight away if you are short of breath.', ['you are short of breath']],
    ['Advised to attend the assessment unit if pain recurs.', ['pain recurs']],
    ['Contact the diabetes nurses if glucose stays above 15.', ['glucose stays above 15']],
  ])('%s', (note, conditions) => {
    expect(conditionsOf(note)).toEqual(conditions);
  });

  test.each([
    'He returned to the emergency department because of pain.',
    'Return to the surgical clinic in 6 weeks.',
    'On his return he asked if he could drive.',
    'Repeat potassium in one week and ring him if above 5.5.',
  ])('but not: %s', (note) => {
    expect(conditionsOf(note)).toEqual([]);
  });
});

describe('a current drug that the patient ran out of or missed is interrupted, not stopped', () => {
  const statusesOf = (note: string) =>
    analyze(note).medications.map(({ text, status, presence }) => [text, status, presence].join(' | '));

  test.each([
    ['She had run out of bumetanide ten days before.', 'bumetanide | held | present'],
    ['His carvedilol ran out over the holidays.', 'carvedilol | held | present'],
    ['Missed doses of rivaroxaban at the weekend.', 'rivaroxaban | held | present'],
    ['The sertraline prescription was not refilled in March.', 'sertraline | held | present'],
    ['He did not pick up his ticagrelor.', 'ticagrelor | held | present'],
    ['She has been out of bisoprolol for two days.', 'bisoprolol | held | present'],
    ['She has never run out of levothyroxine.', 'levothyroxine | active | present'],
  ])('%s', (note, status) => {
    expect(statusesOf(note)).toEqual([status]);
  });

  test('version 1 still says that it is not taken', () => {
    const note = 'He ran out of candesartan.';
    expect(toV1(note, analyze(note)).medications).toMatchObject([{ text: 'candesartan', negation: 'negated' }]);
  });
});

describe('the dose before a change that is written after the new one', () => {
  const ordersOf = (note: string) =>
    analyze(note).medications.map(({ text, status, steps, previous }) =>
      [
        text,
        status,
        ...steps.map(({ dose, frequency }) => `${dose?.text.text} ${frequency?.text ?? ''}`.trim()),
        `before: ${previous?.dose?.text.text ?? ''} ${previous?.frequency?.text ?? ''}`.trim(),
      ].join(' | '),
    );

  test.each([
    ['Torsemide 20 mg once daily (increased from 10 mg).', ['Torsemide | changed | 20 mg once daily | before: 10 mg']],
    [
      'Losartan 50 mg daily (reduced from 100 mg daily) and aspirin 81 mg.',
      ['Losartan | changed | 50 mg daily | before: 100 mg daily', 'aspirin | active | 81 mg | before:'],
    ],
    ['Sertraline 100 mg (was 50 mg) every morning.', ['Sertraline | changed | 100 mg every morning | before: 50 mg']],
    [
      'Levothyroxine 125 micrograms od, previously 100 micrograms od.',
      ['Levothyroxine | changed | 125 micrograms od | before: 100 micrograms od'],
    ],
    ['Gabapentin 600 mg tds, up from 300 mg.', ['Gabapentin | changed | 600 mg tds | before: 300 mg']],
    ['Nadolol 40 mg daily (increased from 20 mg to 40 mg).', ['Nadolol | changed | 40 mg daily | before: 20 mg']],
    ['Atenolol increased from 25 mg to 50 mg daily.', ['Atenolol | changed | 50 mg daily | before: 25 mg']],
    [
      'Prednisone 30 mg daily for 5 days, then 20 mg daily.',
      ['Prednisone | active | 30 mg daily | 20 mg daily | before:'],
    ],
    ['Diazepam 5 mg nightly in the past.', ['Diazepam | historical | 5 mg nightly | before:']],
  ])('%s', (note, orders) => {
    expect(ordersOf(note)).toEqual(orders);
  });

  test('version 1 keeps the doses in the order of the note', () => {
    const note = 'Torsemide 20 mg once daily (increased from 10 mg).';
    expect(toV1(note, analyze(note)).medications[0]?.doses.map(({ text }) => text)).toEqual([
      '20 mg once daily',
      '10 mg',
    ]);
  });
});

describe('an order at the beginning of a numbered item is no street and no person', () => {
  const identifiersOf = (note: string) =>
    (['balanced', 'recall-first'] as const).flatMap((mode) => analyze(note, { mode }).phi.map(({ text }) => text));

  test.each([
    'Plan:\n3. Chase histology report\n4. Close the wound in theatre\n5. Place urinary catheter',
    '7. Cross match two units\n8. Grant overnight leave\n9. Mark the operation site',
    '1. Right Side weakness\n2. Visual Field testing\n3. Wound Bank swab',
    'Jobs\n1. Hope to step down tomorrow\n2. Bill the insurer\n3. Will need an interpreter',
  ])('%s', (note) => {
    expect(identifiersOf(note)).toEqual([]);
  });

  test.each([
    ['2. Lives at 8 Chase Road', ['8 Chase Road']],
    ['Moved to 12. Alder Close last month', ['12. Alder Close']],
    ['12. Oak Street', ['12. Oak Street']],
    ['7. Abernathy Walk', ['7. Abernathy Walk']],
    ['1. Grant Miller to call', ['Grant Miller']],
  ])('but these are: %s', (note, identifiers) => {
    expect(identifiersOf(note)).toEqual([...identifiers, ...identifiers]);
  });
});

describe('a surgery of the United Kingdom is a place', () => {
  const proceduresOf = (note: string) => analyze(note).procedures.map(({ text, status }) => `${text} ${status}`);

  test.each([
    'The GP surgery has been informed.',
    'Ring during surgery hours for the result.',
    'The surgery will contact you about the blood test.',
    'Please collect the form from your surgery.',
    'She was seen by the nurse at her doctor’s surgery.',
    'Registered with Mill Lane Surgery since 2019.',
    'Letter sent to the surgery.',
    'Sutures out at the surgery in ten days.',
  ])('%s', (note) => {
    expect(proceduresOf(note).filter((text) => /surgery/i.test(text))).toEqual([]);
  });

  test.each([
    ['She had surgery in 2014.', 'surgery done'],
    ['Plan: surgery next week.', 'surgery planned'],
    ['The surgery will take place on Monday.', 'surgery planned'],
    ['Pain at the surgery site.', 'surgery done'],
    ['The surgery was called off.', 'surgery cancelled'],
    ['Eat nothing before your surgery.', 'surgery done'],
    ['Hip surgery booked for May.', 'surgery planned'],
  ])('but an operation is none: %s', (note, procedure) => {
    expect(proceduresOf(note)).toEqual([procedure]);
  });
});
