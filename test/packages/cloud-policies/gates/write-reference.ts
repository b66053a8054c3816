import { readFileSync, writeFileSync } from 'node:fs';
import { policies } from '@healthcare-ai/cloud-policies';
import { mutations } from './mutations/index.ts';
import { mutationTables, policyTable, withSection } from './reference.ts';

const path = 'docs/gates.md';
const text = readFileSync(path, 'utf8');
writeFileSync(
  path,
  withSection(withSection(text, 'policies', policyTable(policies)), 'mutations', mutationTables(mutations)),
);
