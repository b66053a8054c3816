import { existsSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { formatDifferences, fullDiff, ResourceImpact, type TemplateDiff } from '@aws-cdk/cloudformation-diff';
import { loadAssemblies } from '@healthcare-ai/cloud-policies/gates/load';

/** What a change does to one stack. */
export interface StackChange {
  /** Name of the stack. */
  readonly stack: string;

  /** The changes, as `cdk diff` shows them. */
  readonly text: string;

  /** Logical ids by what becomes of them. */
  readonly added: readonly string[];
  readonly updated: readonly string[];
  readonly replaced: readonly string[];
  readonly removed: readonly string[];
}

/** Templates below a folder by the name of their stack. */
function templatesIn(folder: string): Map<string, object> {
  const assemblies = existsSync(folder) ? loadAssemblies(folder) : [];
  return new Map(
    assemblies.flatMap(({ templates }) =>
      templates.map(({ stackName, name, body }) => [stackName ?? name, body] as const),
    ),
  );
}

const replacing = [ResourceImpact.WILL_REPLACE, ResourceImpact.MAY_REPLACE];
const removing = [ResourceImpact.WILL_DESTROY, ResourceImpact.WILL_ORPHAN];

function summarize(stack: string, diff: TemplateDiff): StackChange {
  const ids = (impacts: readonly ResourceImpact[]): string[] => {
    const found: string[] = [];
    diff.resources.forEachDifference((id, change) => {
      if (impacts.includes(change.changeImpact)) found.push(id);
    });
    return found;
  };
  const stream = new PassThrough();
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  formatDifferences(stream, diff);
  stream.end();
  const text = Buffer.concat([...parts, (stream.read() as Buffer | null) ?? Buffer.alloc(0)]).toString();
  return {
    stack,
    text,
    added: ids([ResourceImpact.WILL_CREATE, ResourceImpact.WILL_IMPORT]),
    updated: ids([ResourceImpact.WILL_UPDATE]),
    replaced: ids(replacing),
    removed: ids(removing),
  };
}

/**
 * What becomes of every stack when the templates of `before` are replaced by those of `after`.
 *
 * @param before folder of a synthesized stage; may be missing
 * @param after likewise
 * @returns the stacks that change, in order of name
 */
export function compare(before: string, after: string): StackChange[] {
  const old = templatesIn(before);
  const fresh = templatesIn(after);
  const names = [...new Set([...old.keys(), ...fresh.keys()])].sort();
  return names.flatMap((name) => {
    const diff = fullDiff(old.get(name) ?? {}, fresh.get(name) ?? {});
    return diff.isEmpty ? [] : [summarize(name, diff)];
  });
}
