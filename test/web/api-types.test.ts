import { readFileSync } from 'node:fs';
import { apiTypes } from '../../scripts/api-types.ts';

test('the types of the page are those of the OpenAPI document', () => {
  expect(readFileSync('web/src/api/types.ts', 'utf8')).toBe(apiTypes());
});
