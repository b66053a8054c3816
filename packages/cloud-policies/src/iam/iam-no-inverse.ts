import type { Policy } from '../core/finding.ts';
import { allStatements } from '../core/statements.ts';

const known = ['Sid', 'Effect', 'Action', 'Resource', 'Principal', 'Condition'];

export const iamNoInverse: Policy = {
  id: 'iam-no-inverse',
  description: 'No NotAction, NotResource or NotPrincipal: they allow whatever nobody thought of.',
  *check(assembly) {
    for (const { body, resource, path } of allStatements(assembly)) {
      for (const key of Object.keys(body).filter((name) => !known.includes(name))) {
        yield resource.fault(`${path}.${key}`, `got ${key}; say what is meant with Action, Resource and Principal`);
      }
      if (body.Effect !== 'Allow' && body.Effect !== 'Deny') {
        yield resource.fault(`${path}.Effect`, 'use Allow or Deny');
      }
    }
  },
};
