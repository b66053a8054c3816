import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';

/** A test as its file writes it. */
export interface TestTitle {
  /** Path from the root of the repository. */
  readonly file: string;

  /** Titles of the blocks around it and its own, joined by spaces as jest joins them; placeholders stay: `%s`, `$id`, `…`. */
  readonly name: string;

  /** Matches the names that jest gives to the test's cases. */
  readonly pattern: RegExp;
}

interface Title {
  readonly name: string;
  readonly pattern: string;
}

type Node = { readonly [key: string]: unknown };

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Stands in a name for what only running the file can tell. */
const DYNAMIC = '…';

/** Placeholders of `each`: https://jestjs.io/docs/api#testeachtablename-fn-timeout */
const placeholder = /%[psdifjo#$]|\$#|\$[A-Za-z_][\w.]*/g;

function patternOf(text: string, hasRows: boolean): string {
  if (!hasRows) return escaped(text);
  const parts = text.split(placeholder).map((part) => escaped(part.replaceAll('%%', '%')));
  return parts.join('[\\s\\S]*');
}

/** The identifier at which a call such as `describeWith('x', y)` or `test.each(rows)` begins. */
function rootOf(callee: unknown): { readonly root: string; readonly hasRows: boolean } {
  let node = callee;
  let hasRows = false;
  while (isNode(node)) {
    if (node.type === 'Identifier') return { root: String(node.value), hasRows };
    if (node.type === 'MemberExpression') {
      if ((node.property as Node).value === 'each') hasRows = true;
      node = node.object;
    } else if (node.type === 'CallExpression') node = node.callee;
    else if (node.type === 'TaggedTemplateExpression') node = node.tag;
    else break;
  }
  return { root: '', hasRows };
}

function titleOf(argument: unknown, hasRows: boolean): Title | undefined {
  if (!isNode(argument)) return undefined;
  if (argument.type === 'StringLiteral') {
    const text = String(argument.value);
    return { name: text, pattern: patternOf(text, hasRows) };
  }
  if (argument.type !== 'TemplateLiteral') return { name: DYNAMIC, pattern: '[\\s\\S]*' };
  const parts = (argument.quasis as readonly Node[]).map(({ cooked }) => String(cooked));
  return { name: parts.join(DYNAMIC), pattern: parts.map((part) => patternOf(part, hasRows)).join('[\\s\\S]*') };
}

const isBlock = (root: string) => /^describe(With\w*)?$|^maybe\w*$/.test(root);
const isTest = (root: string) => /^(test|it)(With\w*)?$/.test(root);

function* testsBelow(node: unknown, outer: readonly Title[]): Generator<Title> {
  if (Array.isArray(node)) {
    for (const item of node) yield* testsBelow(item, outer);
    return;
  }
  if (!isNode(node)) return;
  if (node.type === 'CallExpression') {
    const { root, hasRows } = rootOf(node.callee);
    const [first, body] = (node.arguments as readonly { readonly expression: unknown }[]).map((it) => it.expression);
    const title = body !== undefined && (isBlock(root) || isTest(root)) ? titleOf(first, hasRows) : undefined;
    // `describeWith('a part', found)` has two arguments as well, and no function among them.
    if (title !== undefined && isNode(body) && /Function|^Identifier$/.test(String(body.type))) {
      const path = [...outer, title];
      if (isTest(root)) {
        const name = path.map((it) => it.name).join(' ');
        yield { name, pattern: path.map((it) => it.pattern).join(' ') };
        return;
      }
      yield* testsBelow(body, path);
      return;
    }
  }
  for (const [key, value] of Object.entries(node)) {
    if (key !== 'span' && key !== 'ctxt') yield* testsBelow(value, outer);
  }
}

/** The tests that a file's text declares. */
export function titlesIn(file: string, text: string): TestTitle[] {
  const { body } = parseSync(text, { syntax: 'typescript', target: 'es2024' });
  return [...testsBelow(body, [])].map(({ name, pattern }) => ({ file, name, pattern: new RegExp(`^${pattern}$`) }));
}

/**
 * Every test below a folder, read from the sources: a test that no run has reached exists all the same.
 *
 * @param root the repository
 */
export function titlesBelow(root: string, folder = 'test'): TestTitle[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
    .flatMap((file) => {
      const path = join(folder, file);
      return titlesIn(path, readFileSync(join(root, path), 'utf8'));
    });
}
