import type { Policy } from '../core/finding.ts';
import { isLiteral } from '../core/resource.ts';
import { allStatements } from '../core/statements.ts';
import { isRecord, listOf, walk } from '../core/template.ts';

const service = /^Service:[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.com|\$\{AWS::URLSuffix\})$/;
const target = /^\*$|^arn:|\$\{/;

export const iamComplete: Policy = {
  id: 'iam-complete',
  description:
    'Policy documents say something, of real services and resources: an empty or misspelt one protects nothing.',
  *check(assembly) {
    for (const resource of assembly.all.filter(({ type }) => !type.startsWith('AWS::WAFv2::'))) {
      for (const { path, value } of walk(resource.properties)) {
        const named =
          /(^|\.)(\w*PolicyDocument|KeyPolicy|AccessPolicy)$/.test(path) && isRecord(value) && isLiteral(value);
        const statements = named ? listOf(value.Statement) : [];
        if (named && (statements.length === 0 || !statements.every(isRecord)))
          yield resource.fault(path, 'holds no statement that can be read; add one, or remove the policy');
      }
    }
    for (const { kind, resource, path, resources, principals, actions } of allStatements(assembly)) {
      if (actions.length === 0) yield resource.fault(path, 'names no Action; name it');
      if (kind !== 'trust' && resources.length === 0) yield resource.fault(path, 'names no Resource; name it');
      if (kind !== 'identity' && principals.length === 0) yield resource.fault(path, 'names no Principal; name it');
      for (const name of resources.filter((item) => !target.test(item))) {
        yield resource.fault(`${path}.Resource`, `got "${name}", which is no ARN; name the resource`);
      }
      for (const name of principals) {
        if (name.startsWith('Service:') && !service.test(name))
          yield resource.fault(`${path}.Principal`, `got "${name}", which is no AWS service`);
        if (name.startsWith('AWS:') && !/^AWS:(\*$|arn:|\$\{|\d{12}$)/.test(name))
          yield resource.fault(`${path}.Principal`, `got "${name}", which is no principal`);
      }
    }
  },
};
