import type { ControlFamily } from './control.ts';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

const counted = (number: number, one: string, several: string) =>
  number === 0 ? [] : [`${number} ${number === 1 ? one : several}`];

/** docs/compliance/controls-matrix.md. */
export function controlsMatrix(families: readonly ControlFamily[]): string {
  const parts = families.flatMap(({ title, source, controls }) => [
    `## ${title}`,
    '',
    source,
    '',
    '| Control | What this project does | Shown by | Left to the organisation |',
    '| --- | --- | --- | --- |',
    ...controls.map((control) => {
      const { id, demand, how, organisation = '', policies = [], code = [], tested, see = [], wholeSuite } = control;
      const name = control.title === undefined ? id : `${id} ${control.title}`;
      const shown = [
        ...(wholeSuite === true ? ['the whole suite'] : []),
        ...counted(policies.length, 'policy', 'policies'),
        ...counted(code.length, 'file', 'files'),
        ...(tested === true ? ['tests'] : []),
        ...(see.length > 0 ? [`tests of ${see.join(', ')}`] : []),
      ];
      return `| ${cell(name)}${demand === undefined ? '' : ` (${demand})`} | ${cell(how)} | ${shown.join(', ')} | ${cell(organisation)} |`;
    }),
    '',
  ]);
  return [
    '# Security controls matrix',
    '',
    '<!-- Written by npm run docs from packages/compliance/src/controls; a test compares them. -->',
    '',
    '`npm run ops -- evidence --stage prod --results FILE` compares every row with the policies, the code and the last test',
    'results, writes HTML and JSON, and exits with 1 when a row fails. A test belongs to a row when its title names it:',
    "`it('[164.312(b)] ...')`. Clauses are of 45 CFR Part 164; addressable does not mean optional (164.306(d)(3)).",
    '',
    ...parts,
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
}
