import type { Policy } from '../core/finding.ts';
import { isStateful } from './retained.ts';

export const terminationProtection: Policy = {
  id: 'termination-protection',
  description: 'Stacks that hold data cannot be deleted by mistake. (Known from the manifest; not judged without one.)',
  *check(assembly) {
    for (const template of assembly.templates) {
      if (template.terminationProtection !== false) continue;
      const held = Object.values(template.body.Resources ?? {}).find(({ Type }) => isStateful(Type));
      if (held !== undefined) {
        yield {
          template: template.name,
          resource: '',
          property: '',
          message: `holds ${held.Type} without termination protection; set terminationProtection`,
        };
      }
    }
  },
};
