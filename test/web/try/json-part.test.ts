import { partOf } from '../../../web/src/try/json-part.ts';

const answer = {
  analysis: {
    sections: [],
    phi: [
      { start: 0, end: 2, text: 'a\n      }', category: 'NAME', rule: 'r' },
      { start: 4, end: 6, text: 'b', category: 'MRN', rule: 'r' },
    ],
    v2: {
      problems: [
        { start: 1, id: 'p1', cues: [{ start: 2, id: 'no' }], text: 'first' },
        { start: 5, id: 'p10', cues: [], text: 'second' },
      ],
      medications: [{ start: 9, id: 'm1', replaces: 'p1', steps: [] }],
    },
  },
};
const json = JSON.stringify(answer, null, 2);
const part = (id: string, group: 'problem' | 'drug' | 'identifier') => {
  const found = partOf(json, answer.analysis as never, { id, group });
  return found && JSON.parse(json.slice(found.start, found.end));
};

test('an item is found in the JSON of the answer by its id, whole and alone', () => {
  expect(part('p1', 'problem')).toEqual(answer.analysis.v2.problems[0]);
  expect(part('p10', 'problem')).toEqual(answer.analysis.v2.problems[1]);
  expect(part('m1', 'drug')).toEqual(answer.analysis.v2.medications[0]);
});

test('an identifier is found by its place in the list', () => {
  expect(part('i0', 'identifier')).toEqual(answer.analysis.phi[0]);
  expect(part('i1', 'identifier')).toEqual(answer.analysis.phi[1]);
  expect(part('i2', 'identifier')).toBeUndefined();
});

test('an id that the answer does not have is not found', () => {
  expect(part('p2', 'problem')).toBeUndefined();
});
