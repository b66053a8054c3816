import type { Resource } from '../core/assembly.ts';
import type { Policy, PolicyFault } from '../core/policy.ts';
import { intrinsicOf, isRecord, listOf, type Value } from '../core/template.ts';
import type { Profile } from '../profile/profile.ts';

/** The paths of the properties that are set, list indices as `*`, down to what is no object; intrinsics are values. */
function* propertyPaths(value: Value, path = ''): Generator<string> {
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

export const reviewedProperty = ({ reviewedTypes }: Profile): Policy => ({
  id: 'reviewed-property',
  description:
    'Every property that is set was reviewed for its type: a policy cannot judge a property that it does not know.',
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
});

export const reviewedType = ({ reviewedTypes }: Profile): Policy => ({
  id: 'reviewed-type',
  description: 'Every resource is of a type that was reviewed: policies know only the types that were reviewed.',
  *check(assembly) {
    for (const resource of assembly.all) {
      if (!reviewedTypes.has(resource.type)) {
        yield resource.fault(
          'Type',
          `${resource.type} was never reviewed; write policies for it and add it to reviewed-types.ts`,
        );
      }
    }
  },
});

/** Every item at a path, whose last key may be `*` for the items of a list. */
function ends(resource: Resource, path: string): { readonly path: string; readonly value: Value }[] {
  if (!path.endsWith('.*')) return [{ path, value: resource.get(path) }];
  const list = resource.items(path.slice(0, -2));
  return list.length === 0 ? [{ path: path.slice(0, -2), value: undefined }] : list;
}

function* faultsOf(
  resource: Resource,
  path: string,
  types: readonly string[],
  optional: boolean,
): Generator<PolicyFault> {
  for (const { path: at, value } of ends(resource, path)) {
    if (value === undefined && optional) continue;
    const found = resource.followAll(value);
    if (!found.some(({ type }) => types.includes(type))) {
      const got = resource.render(value).slice(0, 80) || 'nothing';
      yield resource.fault(at, `got ${got}; refer to ${types.join(' or ')} of this deployment`);
    }
  }
}

export const wired = ({ wires }: Profile): Policy => ({
  id: 'wired',
  description: 'Resources are joined to resources of this deployment: a literal name points outside, or nowhere.',
  *check(assembly) {
    for (const resource of assembly.all) {
      for (const [path, type] of Object.entries(wires[resource.type] ?? {})) {
        const types = listOf(type).map((name) => `AWS::${String(name).replace(/^\?/, '')}`);
        yield* faultsOf(resource, path, types, String(listOf(type)[0]).startsWith('?'));
      }
    }
  },
});
