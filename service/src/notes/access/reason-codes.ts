/**
 * Why a clinician may break the glass: codes of HL7 v3 ActReason, from its purposes of use and from its reasons for
 * overriding a consent. They stand as they are in FHIR's AuditEvent.purposeOfEvent.
 * https://terminology.hl7.org/CodeSystem-v3-ActReason.html
 */
export const reasonCodes = {
  ETREAT: 'Emergency treatment: care is needed at once.',
  BTG: 'Break the glass: another need of care, for which the clinician has no rights of their own.',
  COC: 'Coordination of care: covering for, or handing over to, another team.',
  OVRER: 'The patient cannot consent, and treatment cannot wait.',
  OVRPJ: 'Professional judgment: access is in the interest of the patient.',
  OVRTPS: 'The safety of a third party is at stake.',
} as const;

export type ReasonCode = keyof typeof reasonCodes;
