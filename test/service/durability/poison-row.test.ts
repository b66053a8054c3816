import { clientOf } from '../support/client.ts';
import { makeNote, postNote } from '../support/load.ts';
import {
  createKey,
  createTestDatabase,
  type ServiceProcess,
  startProcess,
  type TestDatabase,
} from '../support/service.ts';
import { describeWithPostgres } from '../support/skips.ts';
import { readNotes, readTrail, verifyAudit } from '../support/trail.ts';

/**
 * The database refuses the notes of one principal, and takes its time for those of another, so that a test can let
 * requests queue up behind it. A sequence is not rolled back: it counts the rows that were tried.
 */
const traps = `
CREATE SEQUENCE tried;
SELECT nextval('tried'); -- before its first value a sequence shows the same last_value as after it
GRANT USAGE ON SEQUENCE tried TO PUBLIC;
CREATE FUNCTION spring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM nextval('tried');
  IF NEW.principal = 'slow' THEN PERFORM pg_sleep(1); END IF;
  IF NEW.principal = 'poison' THEN RAISE EXCEPTION 'refused' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER traps BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION spring();
`;

const good = 40;

describeWithPostgres()('a row that the database refuses, in a group with others', () => {
  let database: TestDatabase;
  let service: ServiceProcess;
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    database = await createTestDatabase();
    for (const principal of ['slow', 'poison', 'good']) {
      tokens[principal] = await createKey(database, { principal, roles: ['clinician', 'auditor'] });
    }
    await database.server!.query(traps);
    service = await startProcess({ env: { ...database.env, LANES: '1' } });
  });

  afterAll(async () => {
    service?.child.kill('SIGKILL');
    await database?.remove();
  });

  const post = (principal: string, withKey: boolean) => {
    const note = makeNote(withKey);
    return { note, reply: postNote(service.url, tokens[principal]!, note) };
  };

  const tried = async (): Promise<number> => {
    const [row] = await database.server!.query<{ last_value: string }>('SELECT last_value FROM tried');
    return Number(row!.last_value);
  };

  test.each([
    ['without keys', false],
    ['with keys', true],
  ])('harms only itself: notes %s', async (_, withKey) => {
    const before = await readTrail(database);
    const triedBefore = await tried();
    // GIVEN keys that are known, and a lane that is busy, so that what follows becomes one group
    for (const token of Object.values(tokens)) {
      await clientOf(service.url, token).post('/notes/search', { patient_id: 'nobody' });
    }
    const slow = post('slow', withKey);
    for (let looks = 0; (await tried()) === triedBefore && looks < 500; looks++);
    // WHEN others arrive, one of them bad
    const sent = Array.from({ length: good + 1 }, (_, index) => post(index === good / 2 ? 'poison' : 'good', withKey));
    const replies = await Promise.all(sent.map(({ reply }) => reply));
    expect((await slow.reply)?.status).toBe(200);
    // THEN the bad one fails, and the others are stored
    const statuses = replies.map((reply) => reply?.status);
    const expected = sent.map((_, index) => (index === good / 2 ? 500 : 200));
    expect(statuses).toEqual(expected);
    expect(replies[good / 2]?.text).not.toMatch(/refused|check/);
    const { notes, created } = await readTrail(database);
    const acknowledged = [...sent, slow].flatMap(({ note }) => note.auditId ?? []).sort();
    expect(acknowledged).toHaveLength(good + 1);
    expect(notes.filter((auditId) => !before.notes.includes(auditId)).sort()).toEqual(acknowledged);
    expect([...created].sort()).toEqual([...notes].sort());
    const found = await readNotes(service.url, tokens.good!, acknowledged);
    for (const { note } of sent) {
      if (note.auditId) expect(found.get(note.auditId)).toMatchObject({ note_text: note.noteText });
    }
    // More rows were tried than were sent: they did share a group, which was refused as a whole first.
    expect((await tried()) - triedBefore).toBeGreaterThan(good + 2);
  });

  test('leaves a record of its failure, and every chain whole', async () => {
    const search = await clientOf(service.url, tokens.poison).post('/audit/search', { principal: 'poison' });
    const failures = search.body.events.filter((event: { outcome: string }) => event.outcome === 'failure');
    expect(failures).toHaveLength(2);
    expect(failures[0]).toMatchObject({ action: 'note.create', status: 500, reason: 'internal-error' });
    expect(await verifyAudit(database)).toMatchObject({ ok: true });
  });
});
