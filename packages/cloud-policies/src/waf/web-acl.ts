import type { Resource } from '../core/resource.ts';
import { isRecord, listOf, type Value, walk } from '../core/template.ts';

/** One rule of a web ACL. */
export interface WafRule {
  readonly acl: Resource;
  readonly path: string;
  readonly body: { readonly [key: string]: Value };
  readonly name: string;
  readonly priority: number;
}

export function rulesOf(acl: Resource): WafRule[] {
  return acl.items('Rules').map(({ path, value }) => {
    const body = isRecord(value) ? value : {};
    return { acl, path, body, name: String(body.Name), priority: Number(body.Priority) };
  });
}

/** The managed group that a rule brings in, or undefined. */
export function managedGroup(rule: WafRule): { readonly [key: string]: Value } | undefined {
  const statement = isRecord(rule.body.Statement) ? rule.body.Statement : {};
  return isRecord(statement.ManagedRuleGroupStatement) ? statement.ManagedRuleGroupStatement : undefined;
}

/** Whether a rule ends a matching request with a refusal. */
export const blocks = (rule: WafRule): boolean =>
  isRecord(rule.body.Action) && Object.keys(rule.body.Action).join() === 'Block';

/** The labels that a statement looks for. */
export const labelsIn = (statement: Value): string[] =>
  [...walk(statement)].flatMap(({ value }) =>
    isRecord(value) && isRecord(value.LabelMatchStatement) ? [String(value.LabelMatchStatement.Key)] : [],
  );

/**
 * The exact paths that a statement matches, when it is one exact match of the path, or several joined by Or;
 * undefined for any other statement.
 */
export function exactPaths(statement: Value): string[] | undefined {
  if (!isRecord(statement)) return undefined;
  if (isRecord(statement.OrStatement)) {
    const parts = listOf(statement.OrStatement.Statements).map(exactPaths);
    return parts.some((part) => part === undefined) ? undefined : parts.flatMap((part) => part ?? []);
  }
  const match = statement.ByteMatchStatement;
  if (!isRecord(match) || match.PositionalConstraint !== 'EXACTLY') return undefined;
  if (!isRecord(match.FieldToMatch) || match.FieldToMatch.UriPath === undefined) return undefined;
  const transformations = listOf(match.TextTransformations);
  const plain = transformations.every((item) => isRecord(item) && item.Type === 'NONE');
  return plain ? [String(match.SearchString)] : undefined;
}

/** The statement that a NotStatement negates, or undefined. */
export const negated = (statement: Value): Value =>
  isRecord(statement) && isRecord(statement.NotStatement) ? statement.NotStatement.Statement : undefined;
