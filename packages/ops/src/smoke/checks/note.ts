import { randomUUID } from 'node:crypto';
import { type Check, expectThat, NotMade, type SmokeContext } from '../check.ts';
import { headerOf } from '../client.ts';

/** White space, quotes, scripts and an astral character: what a proxy or a wrong encoding would change. */
const noteOf = (id: string) =>
  `Synthetic note of a smoke test, ${id}.\r\n\tNo patient.  "Temp 38,2 \u00b0C"; BP 120/80 \\ \u0394 \u00e4\u00f6\u00fc \u6f22\u5b57 \ud83e\ude7a \n`;

export const note: Check = {
  name: 'note',
  claim: 'a synthetic note comes back byte for byte, and once however often it is sent',
  needsKey: true,
  async run(world) {
    const { client, apiKey } = world;
    const id = randomUUID();
    const patientId = `smoke-${id}`;
    const noteText = noteOf(id);
    const request = {
      method: 'POST',
      apiKey,
      headers: { 'Idempotency-Key': id },
      body: { patient_id: patientId, note_text: noteText },
    } as const;
    const sent = await client.send('/ingest', request);
    if (sent.status === 403) throw new NotMade('the key has no role that may send notes: make one with clinician');
    expectThat(sent.status === 200, `POST /ingest answers ${sent.status}, not 200`);
    const auditId: unknown = sent.json.audit_id;
    expectThat(typeof auditId === 'string' && /^[0-9a-f-]{36}$/.test(auditId), 'POST /ingest gives no audit id');
    expectThat(sent.json.status === 'received', 'POST /ingest does not say that the note was received');
    expectThat(!sent.body.includes('Synthetic note'), 'POST /ingest echoes the note');

    const again = await client.send('/ingest', request);
    expectThat(again.json.audit_id === auditId, 'the same Idempotency-Key stored the note twice');

    const known = { auditId, requestId: headerOf(sent, 'x-request-id') ?? '', patientId, noteText };
    world.sent = { ...known, read: false };
    await readBack(world, known);
    world.sent = { ...known, read: true };
    return `${Buffer.byteLength(noteText)} bytes in and out; audit id ${auditId}`;
  },
};

async function readBack(
  { client, apiKey }: SmokeContext,
  { auditId, patientId, noteText }: { readonly auditId: string; readonly patientId: string; readonly noteText: string },
): Promise<void> {
  const back = await client.send(`/notes/${auditId}`, { apiKey });
  if (back.status === 403) throw new NotMade('stored, but the key has no role that may read notes: give it clinician');
  expectThat(back.status === 200, `GET /notes/{audit_id} answers ${back.status}, not 200`);
  expectThat(back.json.note_text === noteText, 'the note that comes back is another than the one that was sent');
  expectThat(back.json.patient_id === patientId, 'the patient that comes back is another than the one that was sent');
}
