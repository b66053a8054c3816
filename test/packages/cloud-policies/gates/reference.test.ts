import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { policies } from '@healthcare-ai/cloud-policies';
import { mutations } from './mutations/index.ts';
import { mutationTables, policyTable, withSection } from './reference.ts';

const page = readFileSync('docs/gates.md', 'utf8');

test('[164.316(b)(2)(iii)] docs/gates.md lists every policy (else: node test/packages/cloud-policies/gates/write-reference.ts)', () => {
  expect(withSection(page, 'policies', policyTable(policies))).toBe(page);
});

test('docs/gates.md lists every mutation and what catches it (else: node test/packages/cloud-policies/gates/write-reference.ts)', () => {
  expect(withSection(page, 'mutations', mutationTables(mutations))).toBe(page);
});

test('every policy has a file of its own, named as it is, and every such file is in the index', () => {
  const files = readdirSync('packages/cloud-policies/src', { recursive: true, encoding: 'utf8' })
    .filter(
      (file) => file.endsWith('.ts') && /^ {2}id: '/m.test(readFileSync(`packages/cloud-policies/src/${file}`, 'utf8')),
    )
    .map((file) => basename(file, '.ts'));

  expect(policies.map(({ id }) => id).sort()).toEqual(files.sort());
});
