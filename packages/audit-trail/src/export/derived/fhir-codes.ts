import type { AuditEvent } from '../../format/event.ts';

export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display: string;
}

const dicom = (code: string, display: string): Coding => ({
  system: 'http://dicom.nema.org/resources/ontology/DCM',
  code,
  display,
});
const interaction = (code: string): Coding => ({
  system: 'http://hl7.org/fhir/restful-interaction',
  code,
  display: code,
});
const participation = (code: string, display: string): Coding => ({
  system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
  code,
  display,
});
const rest: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/audit-event-type',
  code: 'rest',
  display: 'Restful Operation',
};

export const source = dicom('110153', 'Source Role ID');
export const destination = dicom('110152', 'Destination Role ID');
export const author = participation('AUT', 'author (originator)');
export const recipient = participation('IRCP', 'information recipient');

const auditLogUsed = dicom('110101', 'Audit Log Used');
const securityAlert = dicom('110113', 'Security Alert');
const activity = dicom('110100', 'Application Activity');
const authentication = dicom('110114', 'User Authentication');
const attributesChanged = dicom('110137', 'User Security Attributes Changed');

/** How FHIR expresses an action. Codes of DICOM PS3.15 (A.5.3) where it is no RESTful interaction. */
export interface FhirAction {
  readonly type: Coding;
  readonly subtype?: Coding;
  /** FHIR's: C, R, U, D or E. */
  readonly action: 'C' | 'R' | 'U' | 'D' | 'E';
  /** The profile of IHE BALP that it follows when it succeeds; with a patient, the one of that name with `Patient`. */
  readonly profile?: 'Create' | 'Read' | 'Query';
}

export const fhirActions: Readonly<Record<AuditEvent['action'], FhirAction>> = {
  'note.create': { type: rest, subtype: interaction('create'), action: 'C', profile: 'Create' },
  'note.read': { type: rest, subtype: interaction('read'), action: 'R', profile: 'Read' },
  'note.search': { type: rest, subtype: interaction('search'), action: 'E', profile: 'Query' },
  'note.analyze': { type: rest, subtype: interaction('operation'), action: 'E' },
  'note.analysis.read': { type: rest, subtype: interaction('read'), action: 'R', profile: 'Read' },
  'note.summarize': { type: rest, subtype: interaction('operation'), action: 'E' },
  'note.deidentify': { type: rest, subtype: interaction('operation'), action: 'E' },
  'audit.read': { type: auditLogUsed, action: 'R' },
  'audit.search': { type: auditLogUsed, action: 'E' },
  'audit.verify': { type: auditLogUsed, action: 'E' },
  'audit.export': { type: auditLogUsed, action: 'R' },
  'audit.report': { type: auditLogUsed, action: 'R' },
  'audit.expire': { type: auditLogUsed, action: 'D' },
  'audit.restore': { type: auditLogUsed, action: 'C' },
  'break-glass.open': {
    type: securityAlert,
    subtype: dicom('110127', 'Emergency Override Started'),
    action: 'E',
  },
  'break-glass.read': { type: auditLogUsed, action: 'R' },
  'break-glass.search': { type: auditLogUsed, action: 'E' },
  'break-glass.review': { type: auditLogUsed, action: 'E' },
  authenticate: { type: authentication, subtype: dicom('110122', 'Login'), action: 'E' },
  'session.start': { type: authentication, subtype: dicom('110122', 'Login'), action: 'E' },
  'session.end': { type: authentication, subtype: dicom('110123', 'Logout'), action: 'E' },
  request: { type: securityAlert, action: 'E' },
  'key.create': { type: securityAlert, subtype: attributesChanged, action: 'C' },
  'key.list': { type: securityAlert, subtype: attributesChanged, action: 'R' },
  'key.revoke': { type: securityAlert, subtype: attributesChanged, action: 'D' },
  'key.rotate': { type: securityAlert, subtype: attributesChanged, action: 'U' },
  'chain.start': { type: activity, subtype: dicom('110120', 'Application Start'), action: 'E' },
  'chain.end': { type: activity, subtype: dicom('110121', 'Application Stop'), action: 'E' },
};

/** For an action that this version does not know: the trail of a newer service must be readable. */
export const unknownAction: FhirAction = { type: activity, action: 'E' };

/** http://terminology.hl7.org/CodeSystem/audit-event-outcome */
export const fhirOutcomes: Readonly<Record<AuditEvent['outcome'], '0' | '4' | '8'>> = {
  success: '0',
  denied: '4',
  failure: '8',
};
