import { type Check, expectThat, NotMade } from '../check.ts';

interface Event {
  readonly action?: unknown;
  readonly outcome?: unknown;
  readonly request_id?: unknown;
}

export const auditEvent: Check = {
  name: 'audit',
  claim: 'the audit trail has the access to the note, and nothing of its content',
  needsKey: true,
  async run({ client, apiKey, sent }) {
    if (!sent) throw new NotMade('no note was stored');
    const answer = await client.send(`/audit/events/${sent.auditId}`, { apiKey });
    if (answer.status === 403) throw new NotMade('the key has no role that may read the trail: give it auditor');
    expectThat(answer.status === 200, `GET /audit/events/{audit_id} answers ${answer.status}, not 200`);
    const events: readonly Event[] = Array.isArray(answer.json.events) ? answer.json.events : [];
    const done = (action: string) => events.filter((event) => event?.action === action && event.outcome === 'success');
    const created = done('note.create');
    expectThat(created.length > 0, 'the note has no event note.create');
    expectThat(
      created.some((event) => event.request_id === sent.requestId),
      'the event names another request than the one that stored the note',
    );
    expectThat(!sent.read || done('note.read').length > 0, 'the note was read, but the audit trail has no event of it');
    expectThat(
      !answer.body.includes('Synthetic note') && !answer.body.includes(sent.patientId),
      'the trail holds the note or the patient id',
    );
    return `${events.length} events of the note, of the request that stored it`;
  },
};
