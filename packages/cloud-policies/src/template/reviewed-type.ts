import type { Policy } from '../core/finding.ts';
import { reviewedTypes } from './reviewed-types.ts';

export const reviewedType: Policy = {
  id: 'reviewed-type',
  description: 'Every resource is of a type that was reviewed: policies know only the types that somebody thought of.',
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
};
