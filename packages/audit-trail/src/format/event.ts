/** What was done. FHIR AuditEvent.action maps them: see export/derived/fhir-codes.ts. */
export const auditActions = [
  'note.create',
  'note.read',
  'note.search',
  'note.analyze',
  'note.analysis.read',
  'note.summarize',
  'note.deidentify',
  'audit.read',
  'audit.search',
  'audit.verify',
  'audit.export',
  'audit.report',
  'audit.expire',
  'audit.restore',
  'break-glass.open',
  'break-glass.read',
  'break-glass.search',
  'break-glass.review',
  'authenticate',
  'session.start',
  'session.end',
  'request',
  'key.create',
  'key.list',
  'key.revoke',
  'key.rotate',
  'chain.start',
  'chain.end',
] as const;

export type AuditAction = (typeof auditActions)[number];

export type AuditOutcome = 'success' | 'denied' | 'failure';

/** What is known of an event before it takes its place in a chain. Identifiers only: never a name, a text or a URL. */
export interface AuditEventDraft {
  readonly action: AuditAction;
  readonly outcome: AuditOutcome;
  /** When it happened: ISO 8601, UTC, milliseconds. */
  readonly recordedAt: string;
  /** Who: undefined for the anonymous and for the service itself. */
  readonly principal?: string;
  readonly tenant?: string;
  readonly roles?: readonly string[];
  /** The note it is about. */
  readonly auditId?: string;
  /** The grant by which a clinician went past the care team of a note, or that was opened or looked at. */
  readonly breakGlass?: string;
  /** Whose note: keyed hash of the patient id. */
  readonly patientRef?: Buffer;
  readonly patientRefVersion?: number;
  /** Method and route pattern, such as `GET /notes/{audit_id}`. */
  readonly method?: string;
  readonly route?: string;
  readonly status?: number;
  /** Why it was denied or failed: a code of this service, never the text of an error. */
  readonly reason?: string;
  /** Address that the request came from. */
  readonly source?: string;
  readonly requestId?: string;
  readonly traceId?: string;
  /** How many: results of a search, or denials that one event stands for. */
  readonly count?: number;
  /** Names, never values, of the criteria of a search. */
  readonly criteria?: readonly string[];
  /** Key id that was made or revoked, the session, the chain that this one continues, or the random id of a patient. */
  readonly subject?: string;
  /** Schema 2: why it was accessed or disclosed, a code of http://terminology.hl7.org/ValueSet/v3-PurposeOfUse. */
  readonly purpose?: string;
  /** Schema 2: identifier of who a disclosure went to. */
  readonly recipient?: string;
  /** Schema 2: version of the note. */
  readonly version?: number;
}

/**
 * Schema of an event: its member `v`. Schema 2 adds the optional members of `schema2Members`; an event of schema 1 is
 * written and read as before.
 */
export type EventSchema = 1 | 2;

/** Members of an event, in the order of RFC 8785, and the form of each. */
export const eventMembers = {
  action: 'text',
  audit_id: 'text',
  break_glass: 'text',
  chain: 'text',
  count: 'number',
  criteria: 'texts',
  method: 'text',
  outcome: 'text',
  /** base64url of 32 bytes. */
  patient_ref: 'text',
  patient_ref_version: 'number',
  /** Hash of the previous event, in hex; the first event has a hash of the chain's id. */
  prev_hash: 'text',
  principal: 'text',
  purpose: 'text',
  reason: 'text',
  recipient: 'text',
  recorded_at: 'text',
  request_id: 'text',
  roles: 'texts',
  route: 'text',
  seq: 'number',
  source: 'text',
  status: 'number',
  subject: 'text',
  tenant: 'text',
  trace_id: 'text',
  /** Version of this schema. */
  v: 'number',
  version: 'number',
} as const satisfies Readonly<Record<string, keyof Forms>>;

interface Forms {
  readonly text: string;
  readonly number: number;
  readonly texts: readonly string[];
}

type EventMembers = { readonly [Member in keyof typeof eventMembers]: Forms[(typeof eventMembers)[Member]] };

/** Members that schema 1 does not have. */
export const schema2Members = ['purpose', 'recipient', 'version'] as const satisfies readonly (keyof EventMembers)[];

/** Members that every event has. */
export const requiredMembers = ['action', 'chain', 'outcome', 'prev_hash', 'recorded_at', 'seq', 'v'] as const;

/** An event as it is hashed, stored and exported: one flat object, members in canonical order. */
export type AuditEvent = Partial<EventMembers> &
  Omit<Pick<EventMembers, (typeof requiredMembers)[number]>, 'action' | 'outcome' | 'v'> & {
    readonly action: AuditAction;
    readonly outcome: AuditOutcome;
    readonly v: EventSchema;
  };

/**
 * The canonical text of an event: the members are written in RFC 8785 order, so that the native JSON.stringify does
 * (0.9 us; canonicalJson takes 5). A test compares the two. Schema 1 leaves out what it does not have.
 */
export function eventText(
  draft: AuditEventDraft,
  chain: string,
  seq: number,
  prevHash: string,
  schema: EventSchema = 1,
): string {
  const added: AuditEventDraft | undefined = schema === 1 ? undefined : draft;
  const event: AuditEvent = {
    action: draft.action,
    audit_id: draft.auditId,
    break_glass: draft.breakGlass,
    chain,
    count: draft.count,
    criteria: draft.criteria,
    method: draft.method,
    outcome: draft.outcome,
    patient_ref: draft.patientRef?.toString('base64url'),
    patient_ref_version: draft.patientRefVersion,
    prev_hash: prevHash,
    principal: draft.principal,
    purpose: added?.purpose,
    reason: draft.reason,
    recipient: added?.recipient,
    recorded_at: draft.recordedAt,
    request_id: draft.requestId,
    roles: draft.roles,
    route: draft.route,
    seq,
    source: draft.source,
    status: draft.status,
    subject: draft.subject,
    tenant: draft.tenant,
    trace_id: draft.traceId,
    v: schema,
    version: added?.version,
  };
  return JSON.stringify(event);
}

/** A Map, because a member may be called `constructor`. */
const formOf: ReadonlyMap<string, keyof Forms> = new Map(Object.entries(eventMembers));
const formOf1: ReadonlyMap<string, keyof Forms> = new Map(
  [...formOf].filter(([name]) => !(schema2Members as readonly string[]).includes(name)),
);

/** Whether an event says something that schema 1 has no member for. */
export const needsSchema2 = (event: AuditEvent): boolean =>
  event.v !== 1 && schema2Members.some((member) => event[member] !== undefined);

/**
 * The first member whose form is not the one that the service writes. A forged event may hold anything: a program that
 * shows it must not fail on it. Members that this version does not know may have any form.
 */
export function misshapenMember(event: AuditEvent): string | undefined {
  const known = event.v === 1 ? formOf1 : formOf;
  for (const name in event) {
    const form = known.get(name);
    if (form !== undefined && !hasForm(event[name as keyof AuditEvent], form)) return name;
  }
  return undefined;
}

function hasForm(value: unknown, form: keyof Forms): boolean {
  if (form === 'text') return typeof value === 'string';
  if (form === 'number') return Number.isSafeInteger(value);
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
