import { controlFamilies } from '@healthcare-ai/compliance/controls/index';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

/** docs/compliance/controls-matrix.md: the controls, as the evidence has them. */
export function matrixDocument(): string {
  const families = controlFamilies.flatMap(({ title, source, controls }) => [
    `## ${title}`,
    '',
    source,
    '',
    '| Control | What this project does | Shown by | Left to the organisation |',
    '| --- | --- | --- | --- |',
    ...controls.map((control) => {
      const { id, demand, how, organisation = '', templates = [], policies = [], code = [], tests = [] } = control;
      const name = id.startsWith('164.') ? `${id} ${control.title}` : id;
      const suite = control.wholeSuite === true ? ['the whole suite'] : [];
      const counted = [
        [templates.length, 'property of the templates', 'properties of the templates'],
        [policies.length, 'policy', 'policies'],
        [code.length, 'file', 'files'],
        [tests.length, 'test', 'tests'],
      ] as const;
      const shown = [
        ...suite,
        ...counted.filter(([count]) => count > 0).map(([count, one, more]) => `${count} ${count === 1 ? one : more}`),
      ];
      return `| ${cell(name)}${demand === undefined ? '' : ` (${demand})`} | ${cell(how)} | ${shown.join(', ')} | ${cell(organisation)} |`;
    }),
    '',
  ]);
  return [
    '# Security controls matrix',
    '',
    '<!-- Written by node test/lib/docs/write-matrix.ts from packages/compliance/src/controls; a test holds it to them. -->',
    '',
    'This is the list. The evidence is made from it: `npm run ops -- evidence --stage prod --results FILE` looks every claim up in',
    'the synthesized templates, the policies, the code and the last results of the tests, writes HTML and JSON with what it',
    'found, and ends with 1 when a claim does not hold. Each build keeps it. Clauses are of 45 CFR Part 164; what is addressable',
    'is not optional (164.306(d)(3)).',
    '',
    ...families,
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
}
