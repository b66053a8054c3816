import { createCommand, linkedRolesOf, missingRoles } from '../../aws/linked-roles.ts';
import { type DoctorCheck, fault, ok } from '../check.ts';

export const serviceLinkedRoles: DoctorCheck = {
  name: 'service-linked roles',
  async run({ context }) {
    const needed = linkedRolesOf(context);
    const missing = await missingRoles(context, needed);
    if (missing.length === 0) return ok(`${needed.length} exist`);
    return fault(`missing: ${missing.map(({ role }) => role).join(', ')}`, missing.map(createCommand).join(' && '));
  },
};
