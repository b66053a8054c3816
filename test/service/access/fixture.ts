import type { Owner } from '../support/stage.ts';

/** Who asks for notes: of a team, of none, of another tenant; and who looks at the trail. */
export const keys = {
  ehr: { roles: ['integration'] },
  heart: { principal: 'heart', roles: ['clinician'], careTeams: ['cardiology'] },
  ward: { principal: 'ward', roles: ['clinician'] },
  nurse: { principal: 'nurse', roles: ['clinician'] },
  auditor: { roles: ['auditor'] },
  south: { tenant: 'south', principal: 'ward', roles: ['clinician'] },
  southAuditor: { tenant: 'south', principal: 'auditor', roles: ['auditor'] },
} satisfies Record<string, Owner>;
export type Name = keyof typeof keys;

export const reason = { reason_code: 'ETREAT', reason_text: 'Found unresponsive in bed 4.' };
