import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientOf } from '../support/client.ts';
import {
  createKey,
  createTestDatabase,
  type ServiceProcess,
  startProcess,
  type TestDatabase,
} from '../support/service.ts';
import { describeWithNotes, notesFolder } from '../support/skips.ts';
import { verifyAudit } from '../support/trail.ts';

interface RealNote {
  readonly patient_id: string;
  readonly note_text: string;
}

describeWithNotes()('every real note of ACI-Bench', () => {
  let database: TestDatabase;
  let service: ServiceProcess;
  let token: string;
  let notes: RealNote[];

  beforeAll(async () => {
    notes = ['aci-bench-train.jsonl', 'aci-bench-valid.jsonl'].flatMap((file) =>
      readFileSync(join(notesFolder, file), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as RealNote),
    );
    database = await createTestDatabase();
    token = await createKey(database, { roles: ['clinician', 'auditor'] });
    service = await startProcess({ env: database.env });
  });
  afterAll(async () => {
    await service?.stop();
    await database?.remove();
  });

  test('is taken in, read back byte for byte, and has one audit event', async () => {
    const client = clientOf(service.url, token);
    // The set has white space at the ends of many of its notes: that is part of "byte for byte".
    expect(notes.filter(({ note_text }) => note_text !== note_text.trim()).length).toBeGreaterThan(30);
    const receipts = await Promise.all(notes.map(({ patient_id, note_text }) => client.ingest(patient_id, note_text)));
    for (const [index, receipt] of receipts.entries()) {
      expect(receipt.status).toBe(200);
      const { audit_id } = receipt.body;
      const { body: trail } = await client.get(`/audit/events/${audit_id}`);
      expect(trail.events).toHaveLength(1);
      expect(trail.events[0]).toMatchObject({ action: 'note.create', outcome: 'success', audit_id });
      const { body: note } = await client.get(`/notes/${audit_id}`);
      expect(note.patient_id).toBe(notes[index]!.patient_id);
      expect(Buffer.from(note.note_text).equals(Buffer.from(notes[index]!.note_text))).toBe(true);
    }
  });

  test('leaves whole chains', async () => {
    await service.stop();
    expect(await verifyAudit(database)).toMatchObject({ ok: true });
  });
});
