import { createCommand, linkedRoles, missingRoles } from '../../aws/linked-roles.ts';
import { type DoctorCheck, fault, ok } from '../check.ts';

export const serviceLinkedRoles: DoctorCheck = {
  name: 'service-linked roles',
  async run({ context }) {
    const missing = await missingRoles(context);
    if (missing.length === 0) return ok(`${linkedRoles.length} exist`);
    return fault(`missing: ${missing.map(({ role }) => role).join(', ')}`, missing.map(createCommand).join(' && '));
  },
};
