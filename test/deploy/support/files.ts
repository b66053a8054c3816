import { readFileSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';

/** A description as it is in deploy/, or a broken copy of it. */
export type Read = (path: string) => string;

export const shipped: Read = (path) => readFileSync(`deploy/${path}`, 'utf8');

/** Every file as shipped, but for one that is changed: a check that lets it pass checks nothing. */
export const broken =
  (path: string, search: string | RegExp, replacement: string): Read =>
  (asked) => {
    const text = shipped(asked);
    if (asked !== path) return text;
    const changed = text.replace(search, replacement);
    if (changed === text) throw new Error(`${path} has nothing to break at ${search}`);
    return changed;
  };

// Docker and Kubernetes write file modes in octal, as YAML 1.1 does; and `<<` is a merge there.
// biome-ignore lint/suspicious/noExplicitAny: a description of a foreign platform; what is read of it is compared
export const yaml = (text: string): any => parse(text, { merge: true });

// biome-ignore lint/suspicious/noExplicitAny: see above
export const yamlDocuments = (text: string): any[] => parseAllDocuments(text).map((document) => document.toJS());

/** NAME=value lines, as systemd and Compose read them. */
export function variables(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => /^[A-Z_]+=/.test(line));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
