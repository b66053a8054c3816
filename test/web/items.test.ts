import type { Analysis, AnalysisV2 } from '../../web/src/api/types.ts';
import { type Item, itemsOf, spoken } from '../../web/src/note/items.ts';
import { fragmentsOf, lookOf } from '../../web/src/note/marks.ts';
import { oneLookOf } from '../../web/src/note/one-look.ts';

type Problem = AnalysisV2['problems'][number];
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
  const text = 'Allergies: penicillin. Codeine intolerance. K 5.9, K 4.1.';
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
    const { allergies } = oneLookOf(analysisOf({ allergies: [penicillin], summary: { sentences, short: [] } }).v2);
    expect(allergies.map(({ lead }) => lead)).toEqual(['Penicillin', 'Codeine intolerance.']);
  });

  test('an allergy of somebody else, or one that was refuted, is not one of the patient', () => {
    const others = [
      { ...penicillin, id: 'a2', subject: 'family' as const },
      { ...penicillin, id: 'a3', status: 'refuted' as const },
    ];
    expect(oneLookOf(analysisOf({ allergies: others }).v2).allergies).toEqual([]);
  });

  test('a value counts by its newest measurement, and the note goes before the usual range', () => {
    const value = (words: string, newest: boolean, note: 'normal' | 'critical' | null) => ({
      text: { start: text.indexOf(words), end: text.indexOf(words) + words.length, text: words },
      newest,
      baseline: false,
      flag_of_note: note && { text: { start: 0, end: 1, text: 'A' }, value: note },
      flag_of_range: { value: 'high', range: [3.5, 5.1], source: 'x' },
    });
    const potassium = (values: unknown[]) =>
      ({
        ...mention(text, 'K 5.9, K 4.1', 't1'),
        name: 'potassium',
        kind: 'lab',
        pending: false,
        values,
      }) as AnalysisV2['tests'][number];
    const abnormal = (values: unknown[]) =>
      oneLookOf(analysisOf({ tests: [potassium(values)] }).v2).abnormal.map((line) => [line.lead, line.abnormal]);

    expect(abnormal([value('5.9', true, null)])).toEqual([['K 5.9', 'high']]);
    expect(abnormal([value('5.9', true, 'critical')])).toEqual([['K 5.9', 'critical']]);
    expect(abnormal([value('5.9', false, 'critical'), value('4.1', true, 'normal')])).toEqual([]);
  });
});
