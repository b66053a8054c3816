import type { Analysis, AnalysisV2 } from '../../web/src/api/types.ts';
import { type Item, itemsOf, spoken } from '../../web/src/note/items.ts';
import { fragmentsOf, lookOf } from '../../web/src/note/marks.ts';
import { oneLookOf } from '../../web/src/note/one-look.ts';

type Problem = AnalysisV2['problems'][number];
type Test = AnalysisV2['tests'][number];
type Value = Test['values'][number];
type Drug = AnalysisV2['medications'][number];
type Lists = Partial<Pick<AnalysisV2, 'problems' | 'medications' | 'allergies' | 'tests' | 'summary'>>;

const mention = (text: string, words: string, id: string) => {
  const start = text.indexOf(words);
  return {
    id,
    start,
    end: start + words.length,
    text: words,
    section: 0,
    item: 0,
    rules: [],
    confidence: 'high' as const,
    codes: [],
  };
};
const problem = (text: string, words: string, says: Partial<Problem> = {}): Problem => ({
  ...mention(text, words, `p-${words}`),
  kind: 'problem',
  presence: 'present',
  conditional: false,
  generic: false,
  time: 'current',
  subject: 'patient',
  cues: [],
  ...says,
});
const analysisOf = (lists: Lists) =>
  ({
    sections: [{ label: 'assessment', heading: null }],
    phi: [],
    v2: {
      problems: [],
      medications: [],
      allergies: [],
      tests: [],
      procedures: [],
      devices: [],
      social: [],
      code_status: [],
      follow_up: [],
      summary: { sentences: [], short: [] },
      ...lists,
    },
  }) as unknown as Analysis & { readonly v2: AnalysisV2 };
const only = (lists: Lists): Item => itemsOf(analysisOf(lists))[0]!;

describe('what is less than true of the patient now is shown whole', () => {
  const text = 'pneumonia';
  const says = (assertion: Partial<Problem>) => {
    const item = only({ problems: [problem(text, text, assertion)] });
    return { says: item.says, tag: item.tag, framed: item.framed, doubtful: item.doubtful, past: item.past };
  };

  test('what is simply true has nothing', () => {
    expect(says({})).toEqual({ says: [], tag: undefined, framed: false, doubtful: false, past: false });
  });

  test.each<[string, Partial<Problem>, string[], string | undefined, string]>([
    [
      'possible, of the mother',
      { presence: 'possible', subject: 'family' },
      ['possible', 'family'],
      '? · family',
      'framed doubtful',
    ],
    [
      'absent, of the mother',
      { presence: 'absent', subject: 'family' },
      ['absent', 'family'],
      'neg · family',
      'framed',
    ],
    ['unlikely', { presence: 'unlikely' }, ['unlikely'], 'neg?', 'framed doubtful'],
    ['likely, in the past', { presence: 'likely', time: 'past' }, ['likely', 'history'], 'likely', 'doubtful past'],
    ['resolved', { time: 'resolved' }, ['resolved'], 'resolved', 'past'],
    ['absent and only if', { presence: 'absent', conditional: true }, ['absent', 'only if'], 'neg · if', 'framed'],
    ['of a donor', { subject: 'donor' }, ['donor'], 'donor', 'framed'],
  ])('%s', (_, assertion, words, tag, forms) => {
    const found = says(assertion);

    expect(found).toMatchObject({ says: words, tag });
    expect(['framed', 'doubtful', 'past'].filter((form) => found[form as 'past'])).toEqual(forms.split(' '));
  });

  test('and said by the screen reader in the order in which it is shown', () => {
    const item = only({ problems: [problem(text, text, { presence: 'absent', kind: 'symptom' })] });
    expect(spoken(item)).toBe('pneumonia, absent, symptom, assessment');
  });
});

describe('marks', () => {
  const text = 'no heart failure clinic';
  const items = itemsOf(
    analysisOf({
      problems: [
        problem(text, 'heart failure', { presence: 'absent' }),
        problem(text, 'failure', { presence: 'possible' }),
      ],
    }),
  );
  const looks = fragmentsOf(text, items, [])
    .filter((one) => one.items.length > 0)
    .map(lookOf);

  test('of items inside each other show the frame of one, the doubt of the other, and both raised words', () => {
    expect(looks).toHaveLength(2);
    expect(looks[0]).toMatchObject({ framed: 'problem', opens: true, closes: false, doubtful: false, tag: undefined });
    expect(looks[1]).toMatchObject({ framed: 'problem', opens: false, closes: true, doubtful: true, tag: 'neg · ?' });
  });

  test('are widened to whole characters, and the items keep their places', () => {
    const accented = 'fie\u0300vre';
    const [item] = itemsOf(analysisOf({ problems: [{ ...problem(accented, 'fie'), end: 3 }] }));
    const [marked] = fragmentsOf(accented, [item!], []);

    expect(accented.slice(marked!.start, marked!.end)).toBe('fie\u0300');
    expect(item!.end).toBe(3);
  });
});

describe('in one look', () => {
  const text = 'Allergies: penicillin. Codeine intolerance. K 4.1';
  const sentence = (words: string, reasons: AnalysisV2['summary']['sentences'][number]['reasons']) => ({
    start: text.indexOf(words),
    end: text.indexOf(words) + words.length,
    text: words,
    section: 0,
    item: 0,
    reasons,
  });
  const penicillin = {
    ...mention(text, 'penicillin', 'a1'),
    substance: 'penicillin',
    kind: 'allergy',
    category: 'medication',
    none: null,
    reactions: [],
    status: 'active',
    subject: 'patient',
  } as AnalysisV2['allergies'][number];
  const sentences = [sentence('Allergies: penicillin.', ['allergy']), sentence('Codeine intolerance.', ['allergy'])];

  test('a sentence about allergies of which no allergy was read is quoted, and the others are not repeated', () => {
    const { allergies } = oneLookOf(analysisOf({ allergies: [penicillin], summary: { sentences, short: [] } }).v2, '');
    expect(allergies.map(({ lead }) => lead)).toEqual(['Penicillin', 'Codeine intolerance.']);
  });

  test('an allergy of somebody else, or one that was refuted, is not one of the patient', () => {
    const others = [
      { ...penicillin, id: 'a2', subject: 'family' as const },
      { ...penicillin, id: 'a3', status: 'refuted' as const },
    ];
    expect(oneLookOf(analysisOf({ allergies: others }).v2, '').allergies).toEqual([]);
  });

  describe('abnormal values', () => {
    const potassium = (words: string, values: readonly [string, 'high' | 'normal', Partial<Value>?][]) =>
      ({
        ...mention(words, words, words),
        name: 'potassium',
        kind: 'lab',
        pending: false,
        values: values.map(([number, flag, rest], index) => ({
          text: { start: words.indexOf(number), end: words.indexOf(number) + number.length, text: number },
          newest: index === values.length - 1,
          baseline: false,
          flag_of_note: null,
          flag_of_range: { value: flag, range: [3.5, 5.1], source: 'x' },
          ...rest,
        })),
      }) as unknown as Test;
    const critical = { flag_of_note: { text: { start: 0, end: 1, text: 'A' }, value: 'critical' as const } };
    const shown = (...tests: Test[]) =>
      oneLookOf(analysisOf({ tests }).v2, '').abnormal.map(({ name, lines, earlier }) =>
        [name, ...lines.map(({ lead, abnormal }) => [lead, abnormal].join(' ').trim()), earlier].join('|'),
      );

    test('a test counts by its newest value, and what the note says goes before the usual range', () => {
      expect(shown(potassium('K 5.9', [['5.9', 'high']]))).toEqual(['K|5.9 high|0']);
      expect(shown(potassium('K 5.9', [['5.9', 'high', critical]]))).toEqual(['K|5.9 critical|0']);
      expect(
        shown(
          potassium('K 5.9, 4.1', [
            ['5.9', 'high'],
            ['4.1', 'normal'],
          ]),
        ),
      ).toEqual([]);
    });

    test('a test stands once, with a later normal value, under its shortest name, and equal values once', () => {
      const admission = potassium('Potassium 5.9', [['5.9', 'high']]);
      const peak = potassium('K peaked at 6.2', [['6.2', 'high']]);
      const discharge = potassium('K 4.1', [['4.1', 'normal']]);

      expect(shown(admission, admission, peak, discharge)).toEqual(['K|5.9 high|peaked at 6.2 high|4.1|0']);
    });

    test('of one statement the newest value is the last, and a baseline has no flag', () => {
      const older = { newest: false };
      const words = 'K 5.9 (4.1 before, 5.3)';
      const values = potassium(words, [
        ['5.9', 'high', { newest: true }],
        ['4.1', 'normal', older],
        ['5.3', 'high', { ...older, baseline: true }],
      ]);

      expect(shown(values)).toEqual(['K|4.1|baseline 5.3|5.9 high|0']);
    });

    test('of many values the last four are shown, and always an abnormal one', () => {
      const days = [6.1, 6.2, 4.1, 4.2, 4.3, 4.4].map((value) =>
        potassium(`K ${value}`, [[`${value}`, value > 5.1 ? 'high' : 'normal']]),
      );

      expect(shown(...days.slice(0, 5))).toEqual(['K|6.2 high|4.1|4.2|4.3|1']);
      expect(shown(...days)).toEqual(['K|6.2 high|4.2|4.3|4.4|2']);
    });
  });

  test('each drug stands once with its last change, beside what is planned of it', () => {
    const drug = (status: string, name = 'Ramipril') =>
      ({ ...mention(name, name, `${name} ${status}`), name, status, subject: 'patient', steps: [] }) as unknown as Drug;
    const medications = [drug('held'), drug('stopped'), drug('planned'), drug('active'), drug('new', 'NSAIDs')];

    const { drugChanges } = oneLookOf(analysisOf({ medications }).v2, '');
    expect(drugChanges.map(({ name, lines }) => [name, ...lines.map(({ lead }) => lead)].join(' '))).toEqual([
      'new NSAIDs',
      'stopped Ramipril',
      'planned Ramipril',
    ]);
  });

  test('code status has its whole sentence, which can be about somebody else', () => {
    const note = 'Her mother was DNR.';
    const v2 = {
      ...analysisOf({}).v2,
      structure: { items: [{ start: 0, end: note.length, kind: 'sentence' as const }] },
      code_status: [{ ...mention(note, 'DNR', 'c1'), value: 'dnar' as const }],
    };

    expect(oneLookOf(v2, note).codeStatus).toMatchObject([{ lead: 'Do not resuscitate', rest: note }]);
  });

  test('a plan that the note repeats stands once', () => {
    const repeated = ['Continue oxygen.', 'continue oxygen'].map((words, index) => ({
      ...sentence('K 4.1', ['plan']),
      start: index,
      text: words,
    }));
    const { plan } = oneLookOf(analysisOf({ summary: { sentences: repeated, short: [] } }).v2, '');

    expect(plan.map(({ start }) => start)).toEqual([1]);
  });
});
