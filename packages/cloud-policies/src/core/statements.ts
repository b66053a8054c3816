import type { Assembly, Resource } from './assembly.ts';
import { isRecord, listOf, recordOf, type Value, walk } from './template.ts';

/** Subject of a policy document: what its holder may do, who may use a resource, or who may take a role. */
export type DocumentKind = 'identity' | 'resource' | 'trust';

/** One statement of one policy document, anywhere in a template. */
export interface Statement {
  readonly resource: Resource;
  readonly kind: DocumentKind;
  readonly path: string;
  readonly body: { readonly [key: string]: Value };
  readonly allows: boolean;
  readonly actions: readonly string[];

  /** Rendered: references are `${template/LogicalId.Attribute}`. */
  readonly resources: readonly string[];

  /** Rendered, `type:value`, e.g. `AWS:*` and `Service:logs.amazonaws.com`; `*` is written `AWS:*`. */
  readonly principals: readonly string[];

  readonly condition: { readonly [operator: string]: Value };
}

const identityTypes = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::User', 'AWS::IAM::Group'];

function kindOf(resource: Resource, path: string): DocumentKind {
  if (resource.type === 'AWS::IAM::Role') return path.startsWith('AssumeRolePolicyDocument') ? 'trust' : 'identity';
  return identityTypes.includes(resource.type) || resource.type === 'AWS::SSO::PermissionSet' ? 'identity' : 'resource';
}

/** The document that a string holds, as AWS::Logs::ResourcePolicy takes it: JSON, perhaps with references inside. */
function parsed(text: string): Value {
  if (!/^\s*\{.*"Statement"/s.test(text)) return undefined;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

function principalsOf(value: Value, resource: Resource): string[] {
  if (!isRecord(value)) return value === undefined ? [] : [`AWS:${resource.render(value)}`];
  return Object.entries(value).flatMap(([type, names]) =>
    listOf(names).map((name) => `${type}:${resource.render(name)}`),
  );
}

function statement(resource: Resource, path: string, body: { readonly [key: string]: Value }): Statement {
  return {
    resource,
    kind: kindOf(resource, path),
    path,
    body,
    allows: body.Effect !== 'Deny',
    actions: listOf(body.Action).map((action) => resource.render(action)),
    resources: listOf(body.Resource).map((item) => resource.render(item)),
    principals: principalsOf(body.Principal, resource),
    condition: recordOf(body.Condition),
  };
}

/** Every statement of every policy document of a resource, found by shape, so that no new type is overlooked. */
export function* statementsOf(resource: Resource): Generator<Statement> {
  for (const { path, value } of walk(resource.properties)) {
    const isJoin = isRecord(value) && ('Fn::Join' in value || 'Fn::Sub' in value);
    const document = typeof value === 'string' || isJoin ? parsed(resource.render(value)) : value;
    if (!isRecord(document) || !('Statement' in document)) continue;
    // WAF rules have a `Statement` too, which is no policy.
    if (resource.type.startsWith('AWS::WAFv2::')) continue;
    // A masking policy has statements of another kind; log-group-masked judges them.
    if (resource.type === 'AWS::Logs::LogGroup') continue;
    const list = listOf(document.Statement);
    for (const [index, body] of list.entries()) {
      if (isRecord(body)) yield statement(resource, `${path}.Statement.${index}`, body);
    }
  }
}

const findStatements = (assembly: Assembly): readonly Statement[] =>
  assembly.all.flatMap((resource) => [...statementsOf(resource)]);

/** Every statement of every policy document of an assembly. */
export const allStatements = (assembly: Assembly): readonly Statement[] => assembly.once(findStatements);

/** The values of a condition key, any operator whose name holds `operator`, rendered. */
export function conditionValues(from: Statement, key: string, operator = ''): string[] {
  return Object.entries(from.condition).flatMap(([name, keys]) =>
    name.toLowerCase().includes(operator.toLowerCase())
      ? Object.entries(recordOf(keys))
          .filter(([given]) => given.toLowerCase() === key.toLowerCase())
          .flatMap(([, values]) => listOf(values).map((value) => from.resource.render(value)))
      : [],
  );
}
