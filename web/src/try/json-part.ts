import type { Analysis } from '../api/types.ts';
import type { Item } from '../note/items.ts';

export interface JsonPart {
  readonly start: number;
  readonly end: number;
}

/**
 * Where an item stands in the JSON of the answer, which `JSON.stringify` wrote with an indentation of two. Items of version
 * 2 have an id; identifiers are found by their place in `phi`.
 */
export function partOf(
  json: string,
  { phi }: Pick<Analysis, 'phi'>,
  item: Pick<Item, 'id' | 'group'>,
): JsonPart | undefined {
  if (item.group === 'identifier') {
    const index = Number(item.id.slice(1));
    if (phi[index] === undefined) return undefined;
    let at = json.indexOf('\n    "phi": [');
    for (let seen = 0; seen <= index && at >= 0; seen += 1) at = json.indexOf('\n      {', at + 1);
    return at < 0 ? undefined : { start: at + 7, end: json.indexOf('\n      }', at) + 8 };
  }
  // The first name of an id is its own; others refer to it. Within `v2`, for other lists may count alike.
  const own = json.indexOf(`"id": ${JSON.stringify(item.id)},`, json.indexOf('\n    "v2": {'));
  if (own < 0) return undefined;
  const indent = /\n( *)$/.exec(json.slice(Math.max(0, own - 40), own))?.[1]?.length ?? 0;
  const opening = `\n${' '.repeat(indent - 2)}{`;
  const start = json.lastIndexOf(opening, own) + opening.length - 1;
  const closing = `\n${' '.repeat(indent - 2)}}`;
  return { start, end: json.indexOf(closing, own) + closing.length };
}
