import { fhirAuditEvent, fhirFormat } from '@healthcare-ai/audit-trail/export/derived/fhir';
import {
  type AuditAction,
  type AuditEventDraft,
  auditActions,
  eventText,
} from '@healthcare-ai/audit-trail/format/event';
import { parseEvent } from '@healthcare-ai/audit-trail/format/parse-event';

const chain = '78991a6f-88e1-4bdc-abf2-5fc125e6a332';
const hash = 'ab'.repeat(32);
const note = '01a208c6-9208-7b97-aef0-798c34c763d5';

const base: AuditEventDraft = {
  action: 'note.read',
  outcome: 'success',
  recordedAt: '2026-11-23T12:00:00.000Z',
  principal: 'dr-lee',
  tenant: 'north',
  roles: ['clinician'],
  auditId: note,
  patientRef: Buffer.alloc(32, 1),
  patientRefVersion: 2,
  method: 'GET',
  route: '/notes/{audit_id}',
  status: 200,
  source: '10.0.0.7',
  requestId: '01a208c6-9208-7b97-aef0-798c34c763d6',
};

// biome-ignore lint/suspicious/noExplicitAny: a resource of FHIR, looked into
type Resource = any;

const resourceOf = (draft: Partial<AuditEventDraft>): Resource => {
  const event = parseEvent(eventText({ ...base, ...draft }, chain, 7, hash));
  return JSON.parse(JSON.stringify(fhirAuditEvent(event, hash)));
};

const coded = (items: Resource[], code: string): Resource[] =>
  items.filter(({ type }) => type?.code === code || type?.coding?.some((one: Resource) => one.code === code));

/** What FHIR R4 demands of every AuditEvent: https://hl7.org/fhir/R4/auditevent.html */
function expectR4(resource: Resource): void {
  expect(resource.resourceType).toBe('AuditEvent');
  expect(resource.id).toMatch(/^[A-Za-z0-9\-.]{1,64}$/);
  expect(resource.type).toMatchObject({ system: expect.stringMatching(/^http/), code: expect.any(String) });
  expect(resource.recorded).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(['C', 'R', 'U', 'D', 'E']).toContain(resource.action);
  expect(['0', '4', '8', '12']).toContain(resource.outcome);
  expect(resource.source.observer).toBeDefined();
  expect(resource.agent.length).toBeGreaterThan(0);
  expect(resource.agent.filter(({ requestor }: Resource) => requestor === true)).toHaveLength(1);
  for (const { requestor, network } of resource.agent) {
    expect(typeof requestor).toBe('boolean');
    if (network) expect(['1', '2', '3', '4', '5']).toContain(network.type);
  }
  for (const entity of resource.entity) {
    // sev-1: an entity has a name or a query, not both.
    expect(entity.name === undefined || entity.query === undefined).toBe(true);
    if (entity.query) expect(Buffer.from(entity.query, 'base64').toString('base64')).toBe(entity.query);
  }
  expect(JSON.stringify(resource)).not.toMatch(/null|\[\]|\{\}|""/);
}

/**
 * The profiles of IHE Basic Audit Log Patterns: which role the client and the server have, and what must be named.
 * https://profiles.ihe.net/ITI/BALP/
 */
const profiles = [
  ['note.create', 'PatientCreate', 'C', 'create', { client: '110153', server: '110152', user: 'AUT' }],
  ['note.read', 'PatientRead', 'R', 'read', { client: '110152', server: '110153', user: 'IRCP' }],
  ['note.analysis.read', 'PatientRead', 'R', 'read', { client: '110152', server: '110153', user: 'IRCP' }],
  ['note.search', 'PatientQuery', 'E', 'search', { client: '110153', server: '110152', user: 'IRCP' }],
] as const;

describe('a FHIR AuditEvent', () => {
  test.each(auditActions)('has what FHIR R4 demands: %s', (action: AuditAction) => {
    for (const outcome of ['success', 'denied', 'failure'] as const) {
      expectR4(resourceOf({ action, outcome }));
      expectR4(resourceOf({ action, outcome, principal: undefined, roles: undefined, auditId: undefined }));
      expectR4({ ...resourceOf({ action, outcome, principal: undefined, source: undefined, tenant: undefined }) });
    }
  });

  test.each(profiles)('follows the profile of IHE BALP: %s is %s', (action, profile, code, interaction, roles) => {
    const resource = resourceOf({ action, criteria: action === 'note.search' ? ['patient_id'] : undefined });
    expect(resource).toMatchObject({
      meta: { profile: [`https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.${profile}`] },
      type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' },
      subtype: [{ system: 'http://hl7.org/fhir/restful-interaction', code: interaction }],
      action: code,
      outcome: '0',
    });
    const { agent, entity } = resource;
    for (const role of [roles.client, roles.server]) {
      const [one, ...others] = coded(agent, role);
      expect(others).toEqual([]);
      expect(one).toMatchObject({ who: expect.anything(), network: { address: expect.any(String) }, requestor: false });
      expect(one.media).toBeUndefined();
    }
    const [user] = coded(agent, roles.user);
    expect(user).toMatchObject({
      who: { identifier: { value: 'dr-lee' } },
      requestor: true,
      role: [{ text: 'clinician' }],
    });
    expect(user.network).toBeUndefined();

    const [patient, ...more] = coded(entity, '1');
    expect(more).toEqual([]);
    expect(patient).toMatchObject({ role: { code: '1' }, what: { type: 'Patient' } });
    expect(coded(entity, 'XrequestId')[0].what.identifier.value).toBe(base.requestId);
    if (action === 'note.search') {
      const [query] = entity.filter(({ role }: Resource) => role?.code === '24');
      expect(Buffer.from(query.query, 'base64').toString()).toBe('GET /notes/{audit_id} patient_id');
      expect(query.what).toBeUndefined();
    } else {
      const [data] = coded(entity, '2');
      expect(data).toMatchObject({ role: { code: '4' }, what: { identifier: { value: `urn:uuid:${note}` } } });
    }
  });

  test('claims no profile of success for a denial, and none without a known client', () => {
    expect(resourceOf({ outcome: 'denied', reason: 'role' })).toMatchObject({ outcome: '4', outcomeDesc: 'role' });
    expect(resourceOf({ outcome: 'denied' }).meta).toBeUndefined();
    expect(resourceOf({ source: undefined }).meta).toBeUndefined();
    expect(resourceOf({ auditId: undefined }).meta).toBeUndefined();
    expect(resourceOf({ patientRef: undefined }).meta.profile[0]).toMatch(/IHE.BasicAudit.Read$/);
  });

  test('says that the glass was broken as v3 says it', () => {
    const resource = resourceOf({ breakGlass: note });
    const [user] = coded(resource.agent, 'IRCP');
    expect(user.purposeOfUse[0].coding[0]).toMatchObject({
      system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
      code: 'BTG',
    });
  });

  test('leads back to the event that was sealed', () => {
    const values = resourceOf({}).entity.map(({ what }: Resource) => what?.identifier?.value);
    expect(values).toContain(hash);
  });

  test('is made for an action that a newer service writes, too', () => {
    const event = { ...parseEvent(eventText(base, chain, 1, hash)), action: 'constructor' as AuditAction };
    expectR4(JSON.parse(JSON.stringify(fhirAuditEvent(event, hash))));
    expect(fhirFormat.event(event, hash)).toMatch(/^\{.*\}\n$/);
  });
});
