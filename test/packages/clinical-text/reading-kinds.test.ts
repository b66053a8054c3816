import { analyze } from '@healthcare-ai/clinical-text';

/** Kinds of errors that a clinician found when reading analyses beside their notes; the sentences are other ones. */
const follow = (note: string) => analyze(note).followUp.map(({ kind, due }) => [kind, due?.text.text].join(' ').trim());
const social = (note: string) => analyze(note).social.map(({ kind, status }) => `${kind} ${status}`);
const devices = (note: string) => analyze(note).devices.map(({ text, status }) => `${text} ${status}`);
const procedures = (note: string) =>
  analyze(note).procedures.map(({ text, status, presence, time }) => [text, status, presence, time].join(' '));
const problems = (note: string) => analyze(note).problems.map(({ text }) => text);

describe('future steps', () => {
  test.each([
    ['Rpt FBC and U&Es in 2/52.', ['test in 2/52']],
    ['Rpt LFTs next week with GP.', ['test next week']],
    ['Removal of sutures at the practice in 7 days.', ['appointment in 7 days']],
    ['Clips out at GP in 10 days.', ['appointment in 10 days']],
    ['Wound check with practice nurse on Friday.', ['appointment friday']],
    ['Impression: indeterminate cyst, repeat MRI in 6 months.', ['imaging in 6 months']],
    ['Stable appearances; repeat ultrasound in a year advised.', ['imaging in a year']],
    ['Testing plan: Repeat ferritin in 3 months.', ['test in 3 months']],
    ['- Next step: Check lipids.', ['test']],
    ['I am going to order an echocardiogram.', ['imaging']],
    ['Thyroid function tests will also be ordered.', ['test']],
    ['Hand clinic Tuesday.', ['appointment tuesday']],
    ['Booked for an MRI in 3/52.', ['imaging in 3/52']],
    ['She is listed for hysteroscopy next month.', ['appointment next month']],
    ['To be discussed at the breast MDT on Thursday.', ['referral thursday']],
    ['For discussion at spinal MDT.', ['referral']],
    ['Next INR check Friday.', ['test friday']],
    ['PLAN\nUltrasound 6/52', ['imaging 6/52']],
    ['F/U: CXR 6/52', ['imaging 6/52']],
    ['PLAN\nBloods tomorrow', ['test tomorrow']],
    ['Plan: increase digoxin to 125 mcg, refer dietitian, review 2/52.', ['referral', 'appointment 2/52']],
    ['PLAN\nStop ibuprofen, repeat U&Es in 1 week, refer physio', ['test in 1 week', 'referral']],
    ['Plan: analgesia, chase MRI, see in clinic in 6 weeks', ['pending-result', 'appointment in 6 weeks']],
    ['Dietitian referral.', ['referral']],
    ['Recommend package of care.', ['referral']],
    ['1. PCP Dr. Lund in 2 weeks\n2. Cardiology in 6 weeks', ['appointment in 2 weeks', 'appointment in 6 weeks']],
    ['Insulin given, repeat potassium at 2100.', ['test']],
    ['New patient neurology clinic, 9 July 2024.', []],
    ['We reviewed this gentleman in clinic today.', []],
    ['NPO, ketorolac 15 mg IV given at 22:10.', []],
    ['NPO from midnight.', ['advice']],
    ['If he relapses, he would be eligible for rituximab.', []],
    ['If he relapses, he should call the ward.', ['return-if']],
    ['Falls clinic referral.', ['referral']],
    ['Repeat CT showed no change.', []],
    ['She presents for follow-up of her asthma.', []],
    ['CHIEF COMPLAINT\nFollow-up of hypertension.', []],
    ['He was told to come in because of a low sodium.', []],
  ])('%s', (note, expected) => {
    expect(follow(note).map((text) => text.toLowerCase())).toEqual(expected);
  });
});

test.each([
  ['Her father was DNR.', []],
  ["Sister's code status: full code.", []],
  ['Wife is at the bedside, DNR confirmed.', ['dnar']],
  ['At the request of her daughter: DNACPR.', ['dnar']],
  ['Per his wife is full code.', ['full']],
])("a relative's code status is not the patient's: %s", (note, expected) => {
  expect(analyze(note).codeStatus.map(({ value }) => value)).toEqual(expected);
});

describe('past habits, and advice to stop a habit', () => {
  test.each([
    ['Intravenous drug use in the past.', ['drugs former']],
    ['Cocaine use 20 years ago.', ['drugs former']],
    ['He was a smoker until 2012.', ['tobacco former']],
    ['She used to smoke 20 a day.', ['tobacco former']],
    ['History of alcohol abuse.', ['alcohol unknown']],
    ['Would like help to quit smoking.', ['tobacco current']],
    ['Advised to stop drinking and quit smoking.', ['tobacco current']],
    ['Nicotine patches to help him quit smoking.', ['tobacco current']],
    ['Quit smoking in 2010.', ['tobacco former']],
    ['Drinks 4 pints at weekends.', ['alcohol current']],
    ['A few cans of lager on Fridays.', ['alcohol current']],
    ['Half a bottle of whisky daily.', ['alcohol current']],
  ])('%s', (note, expected) => {
    expect(social(note).filter((text) => !text.startsWith('alcohol former'))).toEqual(expected);
  });
});

describe('devices and body sites', () => {
  test.each([
    ['Trachea midline.', []],
    ['The mass crosses the midline.', []],
    ['Midline catheter in the left arm.', ['Midline catheter in-situ']],
    ['He will be placed in a cast next week.', ['cast planned']],
    ['Catheter-related infection in June.', []],
    ['PICC-associated thrombosis.', []],
  ])('%s', (note, expected) => {
    expect(devices(note)).toEqual(expected);
  });
});

describe('procedures that are declined or still to be done', () => {
  test.each([
    ['Dialysis was not necessary.', ['Dialysis done absent current']],
    ['Biopsy has not been performed.', ['Biopsy done absent current']],
    ['Referral to physical therapy.', ['physical therapy planned present current']],
    ['Once recovered from surgery he will go home.', ['surgery done present past']],
    ['Works as an x-ray technician.', []],
    ['Would not want dialysis.', ['dialysis refused absent current']],
    ['She does not wish for surgery.', ['surgery refused absent current']],
    ['Not for endoscopy at present.', ['endoscopy cancelled absent current']],
  ])('%s', (note, expected) => {
    expect(procedures(note)).toEqual(expected);
  });
});

describe('words with other meanings are not problems', () => {
  test.each([
    ['What does she take?', []],
    ['Pain every time he does exercise.', ['Pain']],
    ['Body mass index 31.', []],
    ['Negative valgus stress test.', []],
    ['CVA tenderness on the left.', ['CVA tenderness']],
    ['Axillary node dissection.', []],
    ['Works at a Covid testing centre.', []],
    ['Septic screen sent.', []],
    ['Glasgow coma scale 15.', []],
    ['DOE for two weeks.', ['DOE']],
    ['Report by **NAME[AAA], reviewed.', []],
  ])('%s', (note, expected) => {
    expect(problems(note)).toEqual(expected);
  });
});

describe('sites and grades stay with their own problem', () => {
  const attributes = (note: string) =>
    analyze(note).problems.map(({ text, site, severity, side }) =>
      [text, site?.text, severity?.value, side?.value].map((part) => part ?? '-').join(' '),
    );
  test.each([
    ['Chest pain and vomiting.', ['Chest pain Chest - -', 'vomiting - - -']],
    ['Severe right-sided pleuritic chest pain.', ['pleuritic chest pain chest severe right']],
    ['Moderate left-sided facial weakness.', ['facial weakness facial moderate left']],
    ['Redness of the left leg without fever.', ['Redness leg - left', 'fever - - -']],
    ['Marked tachycardia with hypotension.', ['tachycardia - severe -', 'hypotension - - -']],
    ['Right ankle soreness and swelling.', ['soreness ankle - right', 'swelling ankle - right']],
    ['Left knee hyperextension injury.', ['hyperextension knee - left', 'injury knee - left']],
    ['Severe nausea and vomiting.', ['nausea - severe -', 'vomiting - severe -']],
    ['Seen in ear clinic with dizziness.', ['dizziness - - -']],
  ])('%s', (note, expected) => {
    expect(attributes(note)).toEqual(expected);
  });
});

describe('ages and code status in other words', () => {
  test.each(['Betty is a 53 y.o. female.', 'A 53 y/o woman.', 'Seen: 53 y.o. F with gout.'])('%s', (note) => {
    expect(analyze(note).ages.map(({ years }) => years)).toEqual([53]);
    expect(analyze(note).sexes.map(({ value }) => value)).toEqual(['female']);
  });

  test.each([
    ['For active treatment including CPR.', 'full'],
    ['Would want CPR and ITU.', 'full'],
    ['Remains for full active management.', 'full'],
  ])('%s', (note, value) => {
    expect(analyze(note).codeStatus.map((status) => status.value)).toEqual([value]);
  });
});

describe('a summary leaves out polite phrases', () => {
  test.each([
    'The patient understands and agrees with the treatment plan.',
    'All questions were answered to her satisfaction.',
    'He verbalised understanding.',
    'Risks and benefits were discussed at length.',
  ])('%s', (courtesy) => {
    const { sentences } = analyze(`PLAN\nStart ramipril 5 mg.\n${courtesy}`).summary;
    expect(sentences.map(({ text }) => text)).toEqual(['Start ramipril 5 mg.']);
  });
});

describe('headings and microbes are not identifiers', () => {
  test.each(['MSK: full range of movement.', 'Positive for Pneumocystis jirovecii.', 'MSK\nNo deformity.'])(
    '%s',
    (note) => {
      expect(analyze(note).deidentified.text).toBe(note);
    },
  );

  test('an institution as an acronym is an identifier', () => {
    expect(analyze('Treated at MSK last week.').deidentified.text).toBe('Treated at [INSTITUTION] last week.');
  });
});

describe('headings with a dash, after a semicolon, and of operations', () => {
  const labels = (note: string) =>
    analyze(note)
      .sections.filter(({ source }) => source === 'written')
      .map(({ label }) => label);
  test.each([
    ['Examination- tender abdomen\nManagement- rest', ['physical-exam', 'plan']],
    ['Medications- aspirin\nAllergies- nil', ['medications', 'allergies']],
    ['pmh: gout; meds: colchicine; fh: nil', ['past-medical-history', 'medications', 'family-history']],
    ['Procedure: hernia repair\nPost-op plan: mobilise, home tomorrow', ['procedures', 'plan']],
    ['Postoperative instructions: no lifting', ['plan']],
  ])('%s', (note, expected) => {
    expect(labels(note)).toEqual(expected);
  });
});

describe('values of rarer tests reach the summary', () => {
  test.each([
    ['Seen in clinic. Faecal calprotectin 1240. Feels well.', 'Faecal calprotectin 1240.'],
    ['Reviewed. PTH 32 pmol/L today. No symptoms.', 'PTH 32 pmol/L today.'],
    ['Stable. Urine ACR 48 mg/mmol. Continue.', 'Urine ACR 48 mg/mmol.'],
  ])('%s', (note, kept) => {
    expect(analyze(note).summary.sentences.map(({ text }) => text)).toContain(kept);
  });
});
