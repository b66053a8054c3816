import type { Policy } from '../core/finding.ts';
import { intrinsicOf, isRecord, type Value } from '../core/template.ts';
import { reviewedTypes } from './reviewed-types.ts';

/** The paths of the properties that are set, list indices as `*`, down to what is no object; intrinsics are values. */
export function* propertyPaths(value: Value, path = ''): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* propertyPaths(item, `${path}.*`);
  } else if (isRecord(value) && intrinsicOf(value) === undefined && Object.keys(value).length > 0) {
    for (const [key, item] of Object.entries(value)) yield* propertyPaths(item, path === '' ? key : `${path}.${key}`);
  } else if (path !== '') {
    yield path.replace(/(\.\*)+$/, '');
  }
}

/** Whether a path is one of the reviewed ones, or below one that ends in `.**`. */
export function isReviewed(path: string, reviewed: readonly string[]): boolean {
  return reviewed.some(
    (known) => known === path || (known.endsWith('.**') && `${path}.`.startsWith(known.slice(0, -2))),
  );
}

export const reviewedProperty: Policy = {
  id: 'reviewed-property',
  description:
    'Every property that is set was reviewed for its type: a policy cannot judge what nobody knows is there.',
  *check(assembly) {
    for (const resource of assembly.all) {
      const reviewed = reviewedTypes.get(resource.type);
      if (reviewed === undefined) continue;
      for (const path of new Set(propertyPaths(resource.properties))) {
        if (!isReviewed(path, reviewed)) {
          yield resource.fault(
            path,
            'was never reviewed; leave it out, or think of its abuse and add it to reviewed-types.ts',
          );
        }
      }
    }
  },
};
