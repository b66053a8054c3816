import { hasColumns } from '../../../web/src/text/columns.ts';

test.each([
  ['blanks', 'Sodium    148 H   145\nPotassium  3.1 L   3.4\r\nLactate    4.1 H   2.2', true],
  ['tabs', 'Na\t148\tH\nK\t3.1\tL\nCr\t3.2\tH', true],
  ['bars', '| Drug | Dose |\n|---|---|\n| Aspirin | 81 mg |', true],
  ['one line of names and numbers', 'Name: Ann  MRN: 1  DOB: 1951\nAdmitted: May 3  Discharged: May 8\nWard 3', false],
  [
    'two blanks after each full stop',
    'No fever.  No cough.  No rash.\nWell.  Eats.  Walks.\nHome.  Today.  By car.',
    false,
  ],
])('a table is found by its columns: %s', (_, text, expected) => {
  expect(hasColumns(text)).toBe(expected);
});
