import type { AuditEvent } from '../../format/event.ts';
import type { DerivedFormat } from './derived-format.ts';
import {
  author,
  type Coding,
  destination,
  type FhirAction,
  fhirActions,
  fhirOutcomes,
  recipient,
  source,
  unknownAction,
} from './fhir-codes.ts';

/**
 * FHIR R4 AuditEvents, one a line, as IHE Basic Audit Log Patterns (BALP) describes them. Names and addresses of
 * patients are not in the trail: a patient is the keyed reference, as a logical reference.
 * https://profiles.ihe.net/ITI/BALP/ and https://hl7.org/fhir/R4/auditevent.html
 */
export const fhirFormat: DerivedFormat = {
  name: 'fhir',
  file: 'audit-events.ndjson',
  schema: 2,
  head: '',
  event: (event, hash) => `${JSON.stringify(fhirAuditEvent(event, hash))}\n`,
};

type Element = Readonly<Record<string, unknown>>;

/** @param hash that of the event's text, in hex: leads back to the proof of it */
export function fhirAuditEvent(event: AuditEvent, hash: string): Element {
  const action = Object.hasOwn(fhirActions, event.action) ? fhirActions[event.action] : unknownAction;
  const profile = profileOf(event, action);
  return {
    resourceType: 'AuditEvent',
    id: `${event.chain}.${event.seq}`,
    meta: profile === undefined ? undefined : { profile: [profile] },
    type: action.type,
    subtype: action.subtype && [action.subtype],
    action: action.action,
    recorded: event.recorded_at,
    outcome: Object.hasOwn(fhirOutcomes, event.outcome) ? fhirOutcomes[event.outcome] : '8',
    outcomeDesc: event.reason,
    agent: agentsOf(event, action),
    source: {
      site: event.tenant,
      observer: observer(event),
      type: [codeOf('security-source-type', '4', 'Application Server')],
    },
    entity: entitiesOf(event, action, hash),
  };
}

/** BALP's profiles are of what succeeded, with a client that is known; a denial claims none of them. */
function profileOf(event: AuditEvent, { profile }: FhirAction): string | undefined {
  const { outcome, source: address, audit_id: auditId, patient_ref: patient } = event;
  if (profile === undefined || outcome !== 'success' || address === undefined) return undefined;
  if (profile !== 'Query' && auditId === undefined) return undefined;
  const name = patient === undefined ? profile : `Patient${profile}`;
  return `https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.${name}`;
}

function agentsOf(event: AuditEvent, action: FhirAction): Element[] {
  // Data flow from the server to the client when something is read; a search flows to the server, as in DICOM.
  const toClient = action.action === 'R';
  const { principal, source: address, roles } = event;
  const client = address !== undefined && {
    type: { coding: [toClient ? destination : source] },
    who: principal === undefined ? { display: address } : who(event),
    requestor: principal === undefined,
    network: { address, type: '2' },
  };
  const user = principal !== undefined && {
    type: { coding: [action.action === 'C' ? author : recipient] },
    role: roles?.map((role) => ({ text: role })),
    who: who(event),
    requestor: true,
    purposeOfUse: purposesOf(event),
  };
  const server = {
    type: { coding: [toClient ? source : destination] },
    who: observer(event),
    requestor: !client && !user,
    // Which process it was; the trail does not know under which name the client reached it.
    network: { address: `urn:uuid:${event.chain}`, type: '5' },
  };
  const disclosedTo = event.v !== 1 &&
    event.recipient !== undefined && {
      type: { coding: [recipient] },
      who: { identifier: { system: 'urn:healthcare-ai:recipient', value: event.recipient } },
      requestor: false,
    };
  return [client, server, user, disclosedTo].filter((agent) => agent !== false);
}

function purposesOf({ v, purpose, break_glass: breakGlass }: AuditEvent): Element[] | undefined {
  const given = v === 1 || purpose === undefined ? [] : [{ coding: [{ system: actReason, code: purpose }] }];
  const purposes = [...given, ...(breakGlass === undefined ? [] : [{ coding: [breakTheGlass] }])];
  return purposes.length === 0 ? undefined : purposes;
}

function entitiesOf(event: AuditEvent, action: FhirAction, hash: string): Element[] {
  const { audit_id: auditId, patient_ref: patient, patient_ref_version: version = 1, request_id: request } = event;
  const entities: (Element | undefined)[] = [
    patient === undefined
      ? undefined
      : {
          what: { type: 'Patient', identifier: { system: `urn:healthcare-ai:patient-ref:${version}`, value: patient } },
          type: codeOf('audit-entity-type', '1', 'Person'),
          role: codeOf('object-role', '1', 'Patient'),
        },
    action.profile === 'Query' ? queryEntity(event) : undefined,
    auditId === undefined
      ? undefined
      : {
          what: {
            type: 'DocumentReference',
            identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${auditId}` },
          },
          type: codeOf('audit-entity-type', '2', 'System Object'),
          role: codeOf('object-role', '4', 'Domain Resource'),
          detail: event.v === 1 || event.version === undefined ? undefined : [versionDetail(event.version)],
        },
    request === undefined
      ? undefined
      : {
          what: { identifier: { value: request } },
          type: {
            system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType',
            code: 'XrequestId',
          },
        },
    other('urn:healthcare-ai:break-glass', event.break_glass),
    other('urn:healthcare-ai:subject', event.subject),
    other('urn:healthcare-ai:audit-event-sha256', hash),
  ];
  return entities.filter((entity) => entity !== undefined);
}

/** What was searched with: the names of the criteria. Their values are not in the trail. */
const queryEntity = ({ method, route, criteria = [] }: AuditEvent): Element => ({
  type: codeOf('audit-entity-type', '2', 'System Object'),
  role: codeOf('object-role', '24', 'Query'),
  query: Buffer.from([method, route, ...criteria].filter((part) => part !== undefined).join(' ')).toString('base64'),
});

const versionDetail = (version: number): Element => ({ type: 'version', valueString: String(version) });

const other = (system: string, value: string | undefined): Element | undefined =>
  value === undefined
    ? undefined
    : { what: { identifier: { system, value } }, type: codeOf('audit-entity-type', '4', 'Other') };

const who = ({ principal, tenant }: AuditEvent): Element => ({
  identifier: {
    system: tenant === undefined ? undefined : `urn:healthcare-ai:tenant:${encodeURIComponent(tenant.toWellFormed())}`,
    value: principal,
  },
});

const observer = ({ chain }: AuditEvent): Element => ({
  type: 'Device',
  identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${chain}` },
  display: 'healthcare-ai',
});

const codeOf = (system: string, code: string, display: string): Coding => ({
  system: `http://terminology.hl7.org/CodeSystem/${system}`,
  code,
  display,
});

const actReason = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
const breakTheGlass: Coding = {
  system: actReason,
  code: 'BTG',
  display: 'break the glass',
};
