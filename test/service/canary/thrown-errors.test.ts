import { eventually } from '../../support/eventually.ts';
import { createCanary } from '../support/canary.ts';
import { clientOf } from '../support/client.ts';
import { createKey, createTestDatabase, runCommand, startProcess } from '../support/service.ts';
import { describeWithPostgres } from '../support/skips.ts';

/** What goes wrong inside, with words in its message: each puts a fault into the database, and takes it out again. */
interface Fault {
  readonly what: string;
  readonly break: string;
  readonly mend: string;
  /** What a note, a look at one, a search, and a look at the trail are answered with meanwhile. */
  readonly statuses: readonly number[];
}

const canary = createCanary();
const raise = (place: string, sqlState: string) =>
  `CREATE OR REPLACE FUNCTION speak() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
     RAISE EXCEPTION '${canary.word(place)} %', NEW USING ERRCODE = '${sqlState}', DETAIL = '${canary.phrase(place)}',
       HINT = '${canary.word(place)}', COLUMN = '${canary.word(place)}', CONSTRAINT = '${canary.word(place)}',
       TABLE = '${canary.word(place)}', SCHEMA = '${canary.word(place)}'; END $$;`;
const trigger = (table: string) =>
  `CREATE TRIGGER speaks BEFORE INSERT ON ${table} FOR EACH ROW WHEN (NEW.tenant = 'north') EXECUTE FUNCTION speak();`;
const noTrigger = (table: string) => `DROP TRIGGER speaks ON ${table};`;

const constraint = canary.word('constraint');
const faults: Fault[] = [
  {
    what: 'a trigger on notes that quotes the row',
    break: raise('trigger on notes', 'P0001') + trigger('notes'),
    mend: noTrigger('notes'),
    statuses: [500, 200, 200, 200],
  },
  {
    what: 'a trigger that quotes the row, with a code of an unavailable database',
    break: raise('unavailable', '57P03') + trigger('notes'),
    mend: noTrigger('notes'),
    statuses: [503, 200, 200, 200],
  },
  {
    what: 'a trigger on the audit trail: nothing is shown whose event cannot be stored',
    break: raise('trigger on events', 'P0001') + trigger('audit_events'),
    mend: noTrigger('audit_events'),
    statuses: [500, 500, 500, 500],
  },
  {
    what: 'a constraint whose name is words',
    break: `ALTER TABLE notes ADD CONSTRAINT "${constraint}" CHECK (length(sealed) < 9) NOT VALID;`,
    mend: `ALTER TABLE notes DROP CONSTRAINT "${constraint}";`,
    statuses: [500, 200, 200, 200],
  },
];

describeWithPostgres()('an error thrown inside', () => {
  const database = createTestDatabase();
  afterAll(async () => (await database).remove());

  test('is answered with 500 or 503 and told by its class and code, never by its words', async () => {
    const { server, env } = await database;
    const key = await createKey(await database, { principal: 'dr-jones', roles: ['clinician', 'auditor'] });
    const service = await startProcess({ env: { ...env, LOG_LEVEL: 'debug' } });
    const client = clientOf(service.url, key);
    const note = (await client.ingest('patient-1', 'a note')).body;
    const statuses: [string, number[]][] = [];
    const texts: string[] = [];
    for (const fault of faults) {
      const mend = await breakDatabase(fault);
      const answers = [
        await client.ingest(canary.word('patient'), canary.phrase('text')),
        await client.get(`/notes/${note.audit_id}`),
        await client.post('/notes/search', { patient_id: canary.phrase('patient') }),
        await client.post('/audit/search', {}),
      ];
      await mend();
      statuses.push([fault.what, answers.map(({ status }) => status)]);
      texts.push(...answers.map(({ text, headers }) => text + JSON.stringify([...headers])));
      // After an answer that left open what was stored, a lane begins again; that takes a moment.
      await eventually('served', async () => (await client.ingest('patient-1', 'afterwards')).status === 200, 100);
    }
    // A row that does not open: what the cipher throws is not reported either.
    await server!.query(`ALTER TABLE notes DISABLE TRIGGER USER`);
    await server!.query('UPDATE notes SET sealed = $1', [
      Buffer.from(`\u0001${canary.word('a row that does not open').repeat(9)}`),
    ]);
    const broken = await client.get(`/notes/${note.audit_id}`);
    await service.stop();

    expect(statuses).toEqual(faults.map(({ what, statuses }) => [what, statuses]));
    expect(broken.status).toBe(500);
    expect(broken.body).toMatchObject({ type: 'urn:healthcare-ai:problem:internal-error', detail: expect.any(String) });
    expect(texts.flatMap((text) => canary.findIn(text))).toEqual([]);
    expect(canary.findIn(service.output() + broken.text)).toEqual([]);
    expect(service.output()).toContain('"error_code":"P0001"');
    // The words did come up from the database: PostgreSQL itself returns them to its client.
    await server!.query(raise('control', 'P0001') + trigger('api_keys'));
    const asked = server!.query("INSERT INTO api_keys VALUES ('000000000000', 'north', 'p', '{}', sha256('x'))");
    const told = await asked.catch((error: Error & { detail: string }) => `${error.message} ${error.detail}`);
    expect(canary.findIn(String(told))).not.toEqual([]);
    await server!.query(noTrigger('api_keys'));
  });

  /** Puts the fault in, and gives back what takes it out. */
  async function breakDatabase(fault: Fault): Promise<() => Promise<void>> {
    const { server } = await database;
    await server!.query(fault.break);
    return async () => {
      await server!.query(fault.mend);
    };
  }
});

describeWithPostgres()('the commands', () => {
  const database = createTestDatabase();
  afterAll(async () => (await database).remove());

  /** In these, WORD and PHRASE stand for canaries. */
  const commands: [string[], Record<string, string>][] = [
    [['WORD'], {}],
    [['--WORD'], {}],
    [['keys', 'WORD'], {}],
    [['keys', 'list', 'WORD'], {}],
    [['keys', 'list', '--tenant', 'PHRASE'], {}],
    [['keys', 'list', '--WORD=1'], {}],
    [['keys', 'create', '--tenant', 'PHRASE', '--principal', 'p', '--role', 'admin'], {}],
    [['keys', 'create', '--tenant', 't', '--principal', 'PHRASE', '--role', 'admin'], {}],
    [['keys', 'create', '--tenant', 't', '--principal', 'p', '--role', 'WORD'], {}],
    [['keys', 'create', '--tenant', 't', '--principal', 'p', '--role', 'admin', '--expires-in-days', 'WORD'], {}],
    [['keys', 'revoke', 'WORD'], {}],
    [['keys', 'revoke', 'PHRASE', 'WORD'], {}],
    [['keys', 'rewrap', 'WORD'], {}],
    [['keys', 'rotate-index', 'WORD'], {}],
    [['migrate', '--service-role', 'PHRASE'], {}],
    [['migrate', 'WORD'], {}],
    [['healthcheck', 'WORD'], {}],
    [['keys', 'list'], { ENCRYPTION_KEY: 'WORD', CORS_ORIGINS: 'PHRASE', STAGE: 'WORD', OIDC_JWKS: '{"keys":"WORD"}' }],
    [['keys', 'list'], { DATABASE_URL: 'mysql://WORD' }],
    [['keys', 'list'], { DATABASE_USER: 'WORD' }],
    [[], { NODE_ENV: 'production', ENCRYPTION_KEY: 'WORD' }],
  ];
  const words = { WORD: canary.word('argument'), PHRASE: canary.phrase('argument') };
  const filled = (text: string) => text.replaceAll(/WORD|PHRASE/g, (name) => words[name as 'WORD' | 'PHRASE']);
  test.each(commands)('%j with %j fails without its words', async (args, env) => {
    const given = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, filled(value)]));

    const ended = await runCommand(args.map(filled), { ...(await database).ownerEnv, ...given });

    expect([1, 2]).toContain(ended.code);
    expect(ended.stderr).not.toBe('');
    expect(canary.findIn(ended.stdout + ended.stderr)).toEqual([]);
  });

  test('and leave none of them in the trail', async () => {
    const rows = await (await database).server!.query('SELECT * FROM audit_events');

    expect(rows.length).toBeGreaterThan(0);
    expect(canary.findIn(JSON.stringify(rows))).toEqual([]);
  });
});
