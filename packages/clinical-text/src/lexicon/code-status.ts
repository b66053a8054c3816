import { phrases } from './words.ts';

/** What is to be done, or left undone, if the patient gets worse. */
export const codeStatuses = {
  full: phrases(`
    full code, full-code, for full resuscitation, for resuscitation, for cpr, for full escalation, full escalation, full active treatment, for full active treatment, full resuscitation, for all active treatment, for active treatment including cpr, would want cpr, wants cpr, wishes cpr, full active management, for full active management, for itu, for icu, for hdu, attempt cpr, full treatment
  `),
  dnar: phrases(`
    dnr, dnar, dnacpr, no code, not for cpr, not for resus, not for resuscitation, not for attempted resuscitation, do not resuscitate, do not attempt resuscitation, do not attempt cpr, no cpr, not for attempted cpr, dnr/dni, dnar/dni, dnr and dni, nfr, not for full resuscitation, allow natural death, and order,
    no chest compressions, no resuscitation, dnacpr in place, dnacpr form, dnr order, not for cardiopulmonary resuscitation, not to be resuscitated
  `),
  'no-intubation': phrases(
    'dni, do not intubate, not for intubation, no intubation, not for invasive ventilation, not for ventilation, niv ceiling, ceiling niv, ceiling of niv, for niv as ceiling, no mechanical ventilation',
  ),
  'ward-based': phrases(`
    ward-based care, ward based care, ward-based care only, ward based ceiling, ward-based ceiling, ward level care, ward-level care, ward ceiling, ceiling of care ward, ceiling of care ward based, not for itu, not for icu, not for hdu, not for itu/hdu, not for escalation, not for itu escalation, not for hdu/itu,
    not for critical care, not for intensive care, not for dialysis, ward based treatment, ward level treatment, ward-based treatment, ward based measures, ward level of care, not for icu admission, no escalation
  `),
  comfort: phrases(`
    comfort care, comfort measures, comfort measures only, cmo, comfort only, comfort care only, comfort-focused care, symptom control only, best supportive care, end of life care, eol care, eolc, for palliation, palliative care only, hospice, hospice care, palliative approach, withdrawal of care, withdraw treatment, fast track discharge,
    terminal care, last days of life
  `),
} as const;
/** A key before the value: "Code status: limited". */
export const codeStatusKeys: readonly string[] = phrases(`
  code status, resuscitation, resuscitation status, resus status, resus, dnacpr, ceiling of care, ceilings of care, ceiling of treatment, escalation status, treatment escalation plan, escalation plan, tep, goals of care, advance directive, advance care plan, molst, polst, respect form, treatment escalation
`);
