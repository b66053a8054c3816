import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';
import type { KnownPeople } from '@healthcare-ai/clinical-text/engine';
import { phraseWordCount, wordOf } from '@healthcare-ai/clinical-text/text/vocabulary';

const engine = new EmbeddedEngine();
const modes = ['balanced', 'recall-first'] as const;

const known: KnownPeople = {
  patient: {
    names: [{ given: ['William', 'Ned'], family: "O'Marra", also: ['Spud'], former: ['Brill'] }],
    birthDate: '1951-04-03',
    identifiers: [{ category: 'MRN', value: '447-18-82' }],
    phones: ['+44 1632 960 123'],
    emails: ['w.omarra@example.org'],
    addresses: [{ lines: ['8 Quince Tree Walk'], city: 'Bath', postalCode: 'BA2 7XQ' }],
  },
  others: [{ names: [{ given: ['Zoraida'], family: 'Krzewinski-Lee' }] }],
  staff: [{ given: ['Peter'], family: 'Waters' }],
};

describe.each(modes)('known identifiers, %s', (mode) => {
  const hide = (note: string, people: KnownPeople = known) =>
    engine.analyzeSync(note, { mode, known: people }).deidentified;

  test.each([
    ['any case', "pt o'marra here; omarra better. WILLIAM EATS.", ["o'marra", 'omarra', 'WILLIAM']],
    ['nicknames and earlier names', 'Billy came with Mrs Brill. spud is in good form.', ['Billy', 'Brill', 'spud']],
    ['one slip of the pen', 'Zoraide rang. Krzewinksi will visit.', ['Zoraide', 'Krzewinksi']],
    ['a surname that is a word, with a capital inside a sentence', 'Discussed with Waters today.', ['Waters']],
    ['initials before a known surname', 'Signed P. Waters', ['P. Waters']],
    ['numbers however they are spaced', 'record 4471882, also 447 18 82', ['4471882', '447 18 82']],
    ['a telephone number with another prefix', 'on 01632 960123 or 0044 1632 960-123', ['960123', '960-123']],
    ['an e-mail address in capitals', 'W.OMARRA@EXAMPLE.ORG', ['OMARRA']],
    [
      'an address in short and without its type',
      'of 8 Quince Tree Wlk, later 8 quince tree walk, BA27XQ',
      ['8 Quince Tree', '8 quince tree walk', 'BA27XQ'],
    ],
    ['a town that is a word', 'She went home to Bath yesterday.', ['Bath']],
    [
      'the birth date in other forms',
      'dob 3/4/51, born 3rd April 1951, 19510403 on the band, 1951-04-03',
      ['3/4/51', '3rd April 1951', '1951-04-03'],
    ],
  ])('%s', (_, note, hidden) => {
    expect(hidden.filter((word) => hide(note).text.includes(word))).toEqual([]);
  });

  test('words of English that are names stay where English means them', () => {
    const note = 'The waters broke at four. Bath daily. Billing is done and a brilliant result; the will is signed.';
    expect(hide(note).text).toBe(note);
  });

  test('the answer says by pointer which ones the note does not hold, and never gives a value', () => {
    const { known: report } = hide("Mr O'Marra, record 447-18-82, seen by Peter Waters.");
    expect(report).toEqual({
      matches: 3,
      notFound: [
        '/patient/birth_date',
        '/patient/phones/0',
        '/patient/emails/0',
        '/patient/addresses/0',
        '/others/0/names/0',
      ],
    });
  });

  test('umlauts and accents are found as they are typed', () => {
    const people = { patient: { names: [{ given: ['Jürgen'], family: 'Großmüller' }] } };
    expect(hide('grossmueller and Großmuller and JUERGEN', people).text).toBe('[NAME] and [NAME] and [NAME]');
  });
});

test('keep lets stand what a rule guessed, never what is known or has a form of its own', () => {
  const note = 'Zyxomil given to Quexley, 412-555-0143.';
  const { text } = engine.analyzeSync(note, {
    mode: 'recall-first',
    keep: ['Zyxomil', 'Quexley', '412-555-0143'],
    known: { staff: [{ family: 'Quexley' }] },
  }).deidentified;
  expect(text).toBe('Zyxomil given to [NAME], [PHONE].');
});

test('remove hides what no rule would', () => {
  expect(engine.analyzeSync('Moved to blue bay today.', { remove: ['Blue Bay'] }).deidentified.text).toBe(
    'Moved to [OTHER_ID] today.',
  );
});

test.each([
  ['by hyphen or apostrophe, or without', "Seen in Quell's-Yard.", ['quells yard', "Quell's Yard"]],
  ['in the plural', 'Two Zebrons were taken.', ['zebron']],
  ['the longest of several', 'Moved to Blue Bay Annexe.', ['blue', 'blue bay', 'blue bay annexe']],
])('remove finds a phrase %s', (_, note, remove) => {
  expect(engine.analyzeSync(note, { remove }).deidentified.text).toContain('[OTHER_ID]');
  expect(engine.analyzeSync(note, { remove }).deidentified.text).not.toMatch(/quell|zebron|bay|annexe/i);
});

test('the words of a request do not stay in the vocabulary of the process', () => {
  const before = phraseWordCount();
  engine.analyzeSync('Seen by Zyxquibble.', { remove: ['Zyxquibble'] });
  expect(phraseWordCount()).toBe(before);
  expect(wordOf('zyxquibble')).toBeUndefined();
});

describe('a site profile', () => {
  const site = new EmbeddedEngine({
    profile: {
      locale: 'en-GB',
      staff: [{ given: ['Anand'], family: 'Fields' }],
      institutions: ['The Larches'],
      wards: ['Ward 7B'],
      numbers: [{ category: 'MRN', form: 'AA/9999-9' }],
      keep: ['Trundle'],
      remove: ['blue bay'],
    },
  });

  test('hides its staff, wards, institutions and forms of numbers, and keeps its own words', () => {
    const note = 'seen by fields a. on ward 7b of the larches; tag qz/4471-2, blue bay, Trundle score 4.';
    expect(site.analyzeSync(note, { mode: 'recall-first' }).deidentified.text).toBe(
      'seen by fields a. on [INSTITUTION] of [INSTITUTION]; tag [MRN], [OTHER_ID], Trundle score 4.',
    );
    expect(site.analyzeSync('Anand Fields attended; spoke to Fields.').deidentified.text).toBe(
      '[NAME] attended; spoke to [NAME].',
    );
  });

  test('decides the order of dates, and is part of the hash of the rules', () => {
    expect(site.analyzeSync('Seen 03/04/2025.', { dateShiftDays: -280 }).deidentified.text).toBe('Seen 27/06/2024.');
    expect(site.rulePackSha256).not.toBe(engine.rulePackSha256);
    expect(new EmbeddedEngine().rulePackSha256).toBe(engine.rulePackSha256);
  });
});
