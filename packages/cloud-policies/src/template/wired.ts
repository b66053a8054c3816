import type { Fault, Policy } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import { listOf } from '../core/template.ts';
import { wires } from './wires.ts';

/** Every item at a path, whose last key may be `*` for the items of a list. */
function ends(resource: Resource, path: string): { readonly path: string; readonly value: unknown }[] {
  if (!path.endsWith('.*')) return [{ path, value: resource.get(path) }];
  const list = resource.items(path.slice(0, -2));
  return list.length === 0 ? [{ path: path.slice(0, -2), value: undefined }] : list;
}

function* faultsOf(resource: Resource, path: string, types: readonly string[], optional: boolean): Generator<Fault> {
  for (const { path: at, value } of ends(resource, path)) {
    if (value === undefined && optional) continue;
    const found = resource.followAll(value as never);
    if (!found.some(({ type }) => types.includes(type))) {
      const got = resource.render(value as never).slice(0, 80) || 'nothing';
      yield resource.fault(at, `got ${got}; refer to ${types.join(' or ')} of this deployment`);
    }
  }
}

export const wired: Policy = {
  id: 'wired',
  description: 'Resources are joined to resources of this deployment: a literal name is somebody else, or nobody.',
  *check(assembly) {
    for (const resource of assembly.all) {
      for (const [path, type] of Object.entries(wires[resource.type] ?? {})) {
        const types = listOf(type as never).map((name) => `AWS::${String(name).replace(/^\?/, '')}`);
        yield* faultsOf(resource, path, types, String(listOf(type as never)[0]).startsWith('?'));
      }
    }
  },
};
