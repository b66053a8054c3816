import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';
import type { AnalysisOptions } from '@healthcare-ai/clinical-text/engine';

const engine = new EmbeddedEngine();

type Row = readonly [note: string, hidden: readonly string[], kept?: readonly string[]];

/** By kind: sentences as people outside of the project write them, each wrong before its kind was mended. */
const kinds: Readonly<Record<string, readonly Row[]>> = {
  'particles in small letters': [
    ['Reviewed Mrs ter Beek on the ward, chest clear.', ['Beek'], ['chest clear']],
    ['Consultant: J. de Witte; registrar Dr van den Bosch.', ['Witte', 'Bosch'], ['registrar']],
    ['mr van dijk and ms de la rosa came together.', ['dijk', 'rosa'], ['came together']],
  ],
  'accents of listed names': [
    ['Gearóid Mac Giolla Phádraig asked about Ciarán, who is wheezy.', ['Gearóid', 'Ciarán'], ['wheezy']],
    ['Both Anaïs and Søren were febrile; Anaïs vomited.', ['Anaïs', 'Søren'], ['febrile', 'vomited']],
    ['Message about Fiadh Uí Bhriain: INR 2.4.', ['Fiadh', 'Bhriain'], ['INR 2.4']],
  ],
  'given names that are words': [
    ['Faith was restless. At four Joy denied pain and Robin brought toast.', ['Faith', 'Joy', 'Robin'], ['restless']],
    ['Handover given to Dawn and to Ruby; obs four-hourly.', ['Dawn', 'Ruby'], ['four-hourly']],
    ['0730: Olive c/o headache, paracetamol given, Olive slept.', ['Olive'], ['headache', 'paracetamol']],
    ['Will Sharp attended alone; Will has no allergies.', ['Will Sharp', 'Will has'], ['attended alone']],
    ['Hunter, his brother, and Frank, her uncle, drove here.', ['Hunter', 'Frank'], ['drove here']],
    ['Ms Autumn Rivers smokes; Rivers declines help.', ['Autumn', 'Rivers'], ['smokes', 'declines help']],
    ['Pt Grant Fisher for dressing; pt Rose Baker for bloods.', ['Grant Fisher', 'Rose Baker'], ['bloods']],
  ],
  'short and listed names beside other evidence': [
    ['Known as "Jo". Full name Josephine Ekwueme. Jo walks unaided.', ['"Jo"', 'Jo walks', 'Ekwueme'], ['unaided']],
    ['Children (Maya, Ezekiel and Oluchi) are well.', ['Maya', 'Ezekiel', 'Oluchi'], ['are well']],
    ['Present: Dr Anand, Brzezicka and Mr Lowe.', ['Anand', 'Brzezicka', 'Lowe'], ['Present']],
  ],
  'staff by role': [
    ['Scribe: P. Frost. Reported by: T. Gold.', ['Frost', 'Gold'], ['Scribe']],
    ['Surg reg Okwuosa and night sister Halloran informed.', ['Okwuosa', 'Halloran'], ['informed']],
    ['Custody officer Brannigan and detective Oyewole waited.', ['Brannigan', 'Oyewole'], ['waited']],
    ['Requested by: Mbatha, S.\nReporting: Vandermolen, K.\nNo fracture.', ['Mbatha', 'Vandermolen'], ['No fracture']],
    ['Wife, Dr Marijke Frost, a surgeon, and Dr Kwabena Stone attended.', ['Frost', 'Stone'], ['attended']],
    ['Pt Addison has Addison disease.', ['Pt Addison'], ['Addison disease']],
  ],
  'labels of a name without a colon, and columns': [
    ['Surname BLYTHE  Forename CORDELIA  Sex F', ['BLYTHE', 'CORDELIA'], ['Sex F']],
    ['dictating on patient last name sparks first name wendell period', ['sparks', 'wendell'], ['dictating']],
    [
      '| Surname | First name | Bed |\n|---|---|---|\n| Sparrow | Agatha | 4 |\n| Meadows | Cyril | 5 |',
      ['Sparrow', 'Agatha', 'Meadows', 'Cyril'],
    ],
    ['NAME\tDOB\tDX\nBirdsong Wilma\t3/4/51\tCOPD', ['Birdsong', 'Wilma'], ['COPD']],
    [
      'Patient | Age | Ext\nOctober, Ruby | 44 | 201\nDrug | Dose | Day\nAspirin | 75 | 1',
      ['October', 'Ruby', '201'],
      ['44', 'Aspirin', '75'],
    ],
  ],
  'labels with leaders, and months in Roman figures': [
    ['Hosp. No ........ : KT/19/22087\nWard 4', ['KT/19/22087'], ['Ward 4']],
    ['Reference ______: PL/2/90013. Seen 14.xi.2019.', ['PL/2/90013', '14.xi.2019'], ['Seen']],
    ['D.O.B ..... 30.vii.1958', ['30.vii.1958']],
  ],
  'numbers of other countries and authorities': [
    ['RAMQ TREM 6203 1415, Montréal.', ['TREM 6203 1415', 'Montréal']],
    ['DVLA informed: SMITH 702123 AB9CD.', ['702123', 'AB9CD'], ['informed']],
    ['Visa no. 8831-B, gold card NX 884412.', ['8831-B', '884412']],
    ['SSN ending in 8812, card ending 0093.', ['8812', '0093'], ['ending']],
    ['Lic. no. RN 44120; lic # PA 99311.', ['44120', '99311']],
    ['Path no. 23/S/4410 and lab ref 22-B-7731: benign.', ['23/S/4410', '22-B-7731'], ['benign']],
    ['Platelets W1822 23 114477 transfused without reaction.', ['W1822 23 114477'], ['without reaction']],
  ],
  'plates after a label': [
    ['Struck by a Toyota, plate XKJ 77M (Qld).', ['XKJ 77M'], ['Struck']],
    ['Kfz M-AB 1234, unfallfrei bisher.', ['M-AB 1234'], ['bisher']],
    ['rego 1AB 2CD, rear-ended at lights', ['1AB 2CD'], ['rear-ended']],
  ],
  'addresses of other kinds': [
    ['1270 avenue des Pins, app. 8, Québec', ['1270', 'Pins', 'Québec']],
    ['Re: Aoife, of 7 Gort na Coille, Ennis.', ['Gort na Coille', 'Ennis']],
    ['Lives at RR 2, Box 41, near Orrville.', ['Box 41', 'Orrville'], ['Lives at']],
    ['address 8 the paddocks, market bosworth, cv13 0lt', ['paddocks', 'bosworth', 'cv13 0lt']],
    ['Postcode 4870; zip code 73301, PLZ 8010.', ['4870', '73301', '8010'], ['zip code']],
    ['Collapsed outside Wexcombe, retrieved via Stansted.', ['Wexcombe', 'Stansted'], ['Collapsed', 'retrieved']],
    ['Comes from Fork City, AZ; drinks well water.', ['Fork City'], ['drinks well water']],
    ['Script to the Walgreens on Elm St and to Rite Aid on Oak Ave.', ['Elm St', 'Oak Ave'], ['Script']],
    [
      'Mailing address: PO Box 88, Kenora ON P9N 3X1. Sprain of the wrist.',
      ['Kenora', 'P9N 3X1'],
      ['Sprain of the wrist'],
    ],
  ],
  'institutions of other kinds': [
    ['Resident of Birch Court Care Home.', ['Birch Court'], ['Resident']],
    ['GP at The Limes Surgery; dentist at Mill House Dental Practice.', ['Limes', 'Mill House'], ['dentist']],
    ['Ashgrove Medical Practice sent the letter.', ['Ashgrove'], ['sent the letter']],
    [
      'came from grace memorial by ambulance, then to ridgeview general',
      ['grace memorial', 'ridgeview'],
      ['by ambulance'],
    ],
    ['Attends Fern Hill Primary School and lives in HMP Stonemoor.', ['Fern Hill', 'Stonemoor'], ['lives in']],
    ['Seen at Maplewood MWF for dialysis.', ['Maplewood'], ['MWF']],
  ],
  'telephone numbers of other forms': [
    ['Tel.: 0711 / 278-0 Durchwahl 3301, Fax -3309', ['278-0', '3301', '3309']],
    ['w: 0161 496 0888 x 27, or 212-555-0188 extn 4', ['x 27', 'extn 4'], ['w:']],
    ['Call five five five, oh one four two.', ['five, oh one four two'], ['Call']],
    [
      'medical record number nine oh four four one seven, next patient',
      ['nine oh four four one seven'],
      ['next patient'],
    ],
  ],
  'electronic addresses and handles': [
    ['Write to tess.kilgore[at]example[dot]com please.', ['tess', 'kilgore'], ['please']],
    ['mail: d.marsh (at) example (dot) ie', ['marsh'], []],
    ['his email is barrow dot finch at example dot co dot uk', ['barrow dot finch', 'at example'], ['his email is']],
    ['Bullied on Instagram (@blue.heron_77); Discord user wren4eva.', ['blue.heron_77', 'wren4eva'], ['Bullied']],
    ['TikTok: otterpup2010; skype name m.otter', ['otterpup2010', 'm.otter'], []],
    ['Twitter handle is quietfox, posts about self-harm.', ['quietfox'], ['self-harm']],
  ],
  'dates confirmed by their context': [
    ['LMP 9/4, EDC 14/1/25.', ['9/4', '14/1/25'], ['LMP']],
    ['Fell Mon 3/2 at home; ED on Thurs 6 Feb.', ['3/2', '6 Feb'], ['at home']],
    ['Reviewed 2024.06.11, next 04.09.', ['2024.06.11', '04.09'], ['next']],
  ],
  'names in greetings, rooms, possessives and fields': [
    ['Hi Tom, can you ring Mrs Ahern? Cheers, Bex', ['Tom', 'Ahern', 'Bex'], ['can you ring']],
    ['Hello Jas,\nscan is fine.\nRegards, Flick', ['Jas', 'Flick'], ['scan is fine']],
    ['Rm 3 Poppy - NBM. Bed 9 Lily - for scan.', ['Poppy', 'Lily'], ['NBM', 'for scan']],
    [
      "Hazel's catheter fell out. Scarlett reviewed, then Jade turned at six.",
      ['Hazel', 'Scarlett', 'Jade'],
      ['catheter fell out'],
    ],
    ['Last name= Sharpe; First name= Ilse; Preferred= Izzy', ['Sharpe', 'Ilse', 'Izzy']],
    ['Pt: DANGERFIELD, BEAU  DOB 1/2/60. Ref: NYBERG, ASTRID MD', ['DANGERFIELD', 'BEAU', 'NYBERG', 'ASTRID']],
    ['she lives in cleethorpes and her husband yusef drives', ['cleethorpes', 'yusef'], ['drives']],
    ['Scan by sonographer T. Eze; consultant van Zyl and physio de Wet agree.', ['Eze', 'Zyl', 'Wet'], ['agree']],
    ['Date\tPulse\tNurse\n1/2\t88\tEno\n2/2\t90\tFliss', ['Eno', 'Fliss'], ['88', '90']],
    ['Blessing denied pain; Art Marsh attended with Comfort.', ['Blessing', 'Art Marsh', 'Comfort'], ['denied pain']],
    ['Taxi driver Mehmood carried her to a chair.', ['Mehmood'], ['to a chair']],
  ],
  'houses, quays and German towns': [
    ['Lives at 9b Fisher Quay, Newlyn.', ['Fisher Quay', 'Newlyn'], ['Lives at']],
    ['Flat 3, Wool Hall, Saltaire.', ['Wool Hall', 'Saltaire']],
    ['Moved to 12 Abbey Steps last year.', ['Abbey Steps'], ['last year']],
    ['wohnt Unter den Linden 5, D-53115 Beuel.', ['Linden 5', '53115', 'Beuel']],
    ['Respite at Fern Lodge, then back to Bridge House.', ['Fern Lodge', 'Bridge House'], ['Respite']],
  ],
  'codes after other labels': [
    ['Sensor ID 7K3M2Q, NI QQ 65 43 21 A, mem W7731 55120.', ['7K3M2Q', 'QQ 65 43 21 A', '55120'], ['Sensor']],
    ['Customer no 4410 9921, on Tinder as "marsh_wren9".', ['4410 9921', 'marsh_wren9']],
    ['Posts as u/quiet_kidney77 on Reddit.', ['quiet_kidney77'], ['Posts as']],
  ],
  'ages over 89 confirmed by their context': [
    ['A nonagenarian (93), lives alone.', ['93'], ['lives alone']],
    ['Her brother (94) and mother, 92, are alive; sister (71).', ['94', '92'], ['71']],
    ['Lives to the age of 97; her cousin is also 95.', ['97', '95'], ['cousin']],
    ['94/M, NKDA, from home', ['94/M'], ['NKDA', 'from home']],
    ['F/91 with a cough. 96 female, frail.', ['F/91', '96 female'], ['cough', 'frail']],
  ],
};

describe.each(Object.entries(kinds))('%s', (_, rows) => {
  test.each(
    rows.flatMap((each) =>
      ([{ mode: 'balanced' }, { mode: 'recall-first' }, { dateShiftDays: -371 }] as const).map(
        (options: AnalysisOptions) => [JSON.stringify(options), each[0], options, each] as const,
      ),
    ),
  )('%s: %s', (_options, note, options, [, hidden, kept = []]) => {
    const { text } = engine.analyzeSync(note, options).deidentified;
    expect(hidden.filter((word) => text.includes(word))).toEqual([]);
    expect(kept.filter((word) => !text.includes(word))).toEqual([]);
  });
});

describe('values that reveal the shift are masked beside shifted dates', () => {
  test.each<[note: string, hidden: readonly string[], kept?: readonly string[]]>([
    [
      'Seen 14/02/2024, Valentine’s Day. Fell between Christmas and New Year.',
      ['Valentine', 'Christmas', 'New Year'],
      ['Fell'],
    ],
    ['Reviewed 9 May 2024 after Bank Holiday Monday.', ['Bank Holiday'], ['Monday']],
    ['Beginn 5.3., Ende 19.3.2024, Kontrolle 2.4.', ['Beginn 5.3', 'Kontrolle 2.4'], ['Kontrolle']],
    ['Scan done 20/6; clinic 1 July 2024; VA 20/40.', ['20/6;'], ['20/40']],
    ['Seen 1/3, 1/4, 2/4 and 3/4/2024; pain 3/10.', ['1/4', '2/4'], ['3/10']],
    ['Monday 4th, Wednesday 6th and Friday 8th March 2024.', ['4th', '6th'], ['Wednesday']],
    ['Nov/Dec 2022 chemo, Jul-Aug 23 rest, seen 1 Feb 2024.', ['Nov', 'Jul'], ['chemo', 'rest']],
    ['Day 72 of the year, 2024-072, H1 2024, FY24, 12 March 2024.', ['72', 'H1 2024', 'FY24']],
    [
      'winter 2022/23, the 2022-23 season, mid-2021, since ’98; seen 1 Feb 2024',
      ['2022/23', '2022-23', '2021', '98'],
      ['season'],
    ],
    ['File scan20240312.jpg of 12 March 2024, quarter 2/2024.', ['20240312', '2/2024'], ['File']],
  ])('%s', (note, hidden, kept = []) => {
    const { text } = engine.analyzeSync(note, { dateShiftDays: -707 }).deidentified;
    expect(hidden.filter((word) => text.includes(word))).toEqual([]);
    expect(kept.filter((word) => !text.includes(word))).toEqual([]);
  });
});

describe('clinical words are kept', () => {
  test.each([
    'Barrett oesophagus, Epstein-Barr serology, Salter-Harris II fracture, Gartland 3, Schirmer 4 mm, Dubin-Johnson syndrome.',
    'Ottawa knee rules negative. Thompson squeeze normal. Rheumatology Clinic In Six Weeks. Lauge-Hansen SER2.',
    'Grace period over. Dear Colleague, thanks for the referral. Hi all.  Daisy chain stitch.',
    'Type 2 Diabetes Mellitus. End organ damage absent. Stage 3 Chronic Kidney Disease. Dialysis planned.',
    'May mobilise. Will need a chair. Hope to step down. Mark the site. Rose by 2 points. Grant leave. Bill the insurer.',
    'White male, brown sputum, Iris is normal, Crystal arthropathy, Amber score, Frank haematuria, Rich diet, Ginger tea.',
    'Bypass Surgery done. Cataract Surgery planned. Day Surgery Unit. General Surgery to review. Chest pain at 08:30.',
    'Seen @ 0840 and @clinic; 4 x 33 mm; one two three count; x 14 days; plate and screws; St John ambulance.',
    'T 36.9, 97 % RA, HR 94, 91/60, weight 96 kg, 100/60, 5/5, 6/6, L 4/5, page 94, level 90.',
  ])('%s', (note) => {
    expect(engine.analyzeSync(note, { mode: 'balanced' }).phi.map(({ text }) => text)).toEqual([]);
  });
});

test.each([
  'write to a dot b at c dot',
  'a at b[dot]',
  'lives in',
  'moved to',
  'handle: @',
  'last name',
  'Mr van',
  'Dear',
  'Rm 3 Poppy',
  'fy',
  'day 1 of the',
  'Nov/',
])('a text that ends within a form is read: %s', (note) => {
  for (const mode of ['balanced', 'recall-first'] as const)
    for (const { start, end, text } of engine.analyzeSync(note, { mode }).phi)
      expect(note.slice(start, end)).toBe(text);
});
