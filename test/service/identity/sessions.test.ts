import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import { PostgresqlDatabase } from '../../../service/src/database/postgresql.ts';
import { revokeApiKey } from '../../../service/src/identity/api-key-store.ts';
import type { Credential } from '../../../service/src/identity/authenticator.ts';
import type { Principal } from '../../../service/src/identity/roles.ts';
import { acceptsCredential, type Session, Sessions } from '../../../service/src/identity/sessions.ts';
import { createApiKey } from '../support/create-api-key.ts';
import { serviceRole, sharedPostgres } from '../support/shared-postgres.ts';
import { describeWithPostgres } from '../support/skips.ts';

const issuer = 'https://login.example.org/';
const principal: Principal = { name: 'dr-jones', tenant: 'north', roles: ['clinician'], careTeams: ['cardiology'] };
const minute = 60_000;
const hour = 60 * minute;

describeWithPostgres()('[164.312(a)(2)(iii)] a session, by a clock of the test', () => {
  let server: Awaited<ReturnType<typeof sharedPostgres>>;
  let database: PostgresqlDatabase;
  let owner: PostgresqlDatabase;
  let time = Date.parse('2026-03-02T08:00:00Z');
  const events: AuditEventDraft[] = [];

  /** A process of the service: several share the database. */
  const processOf = (issuers = [{ issuer }]) =>
    new Sessions({
      database,
      committer: {
        async change({ change, event }) {
          const result = await database.transaction(change);
          const draft = event(result);
          if (draft) events.push(draft);
          return result;
        },
      },
      accepts: acceptsCredential(issuers),
      now: () => time,
    });
  const sessions = () => processOf();
  const start = async (credential: Partial<Credential> = {}, who = principal) =>
    sessions().start(who, { issuer, expiresAt: new Date(time + 24 * hour), ...credential }, { source: '192.0.2.7' });
  const look = async (id: string, process = sessions()) => {
    const { fault, principal: found } = await process.authenticate(id, () => false);
    return fault ?? found?.name;
  };
  const pass = (ms: number) => {
    time += ms;
  };

  beforeAll(async () => {
    server = await sharedPostgres();
    const open = (url: string) => new PostgresqlDatabase({ url, poolSize: 4, onIdleError: () => {} });
    database = open(server.urlOf(serviceRole.name, serviceRole.password));
    owner = open(server.ownerUrl());
  });
  beforeEach(() => {
    events.length = 0;
  });
  afterAll(async () => {
    await database?.close();
    await owner?.close();
    await server?.remove();
  });

  test('has an id of 256 random bits, another each time', async () => {
    const ids = await Promise.all(Array.from({ length: 50 }, async () => (await start()).id));

    expect(new Set(ids).size).toBe(50);
    expect(ids.every((id) => Buffer.from(id, 'base64url').length === 32)).toBe(true);
  });

  test('ends with its token, to the second', async () => {
    const { id, session } = await start({ expiresAt: new Date(time + 10 * minute) });
    expect(session.expiresAt).toEqual(new Date(time + 10 * minute));

    pass(10 * minute - 1000);
    expect(await look(id)).toBe('dr-jones');
    pass(1000);
    expect(await look(id)).toBe('expired');
    expect(await look(id)).toBe('unknown-session');
  });

  test('ends after 12 hours of use, whatever its token says', async () => {
    const { id } = await start();
    for (let passed = 0; passed < 12 * hour - 10 * minute; passed += 10 * minute) {
      pass(10 * minute);
      expect(await look(id)).toBe('dr-jones');
    }
    pass(10 * minute);

    expect(await look(id)).toBe('expired');
  });

  test('ends when nobody uses it for 15 minutes', async () => {
    const { id } = await start();
    pass(14 * minute);
    expect(await look(id)).toBe('dr-jones');
    pass(15 * minute - 1000);
    expect(await look(id)).toBe('dr-jones');
    pass(15 * minute);

    expect(await look(id)).toBe('idle');
    expect(await look(id)).toBe('unknown-session');
  });

  test('writes its last use every 30 seconds at most', async () => {
    const { id, session } = await start();
    const written = async () =>
      (await server.query('SELECT xmin FROM sessions WHERE id_hash = $1', [session.idHash]))[0];
    const first = await written();
    for (let count = 0; count < 20; count++) await look(id);
    pass(29_000);
    await look(id);
    expect(await written()).toEqual(first);
    pass(1_000);
    await look(id);

    expect(await written()).not.toEqual(first);
  });

  test('ends when its key is revoked, and has the roles that the key has now', async () => {
    const key = await createApiKey(owner, { tenant: 'north', principal: 'me', roles: ['clinician', 'auditor'] });
    const laptop = processOf([]);
    const { id } = await laptop.start({ ...principal, name: 'me' }, { keyId: key.keyId }, {});

    expect((await laptop.authenticate(id, () => false)).principal?.roles).toEqual(['clinician', 'auditor']);
    await owner.query({ text: "UPDATE api_keys SET roles = '{auditor}' WHERE key_id = $1", values: [key.keyId] });
    expect((await laptop.authenticate(id, () => false)).principal?.roles).toEqual(['auditor']);
    await revokeApiKey(owner, key.keyId);

    expect(await look(id, laptop)).toBe('revoked');
  });

  test('ends when its key is gone', async () => {
    const key = await createApiKey(owner, { tenant: 'north', principal: 'me', roles: ['clinician'] });
    const laptop = processOf([]);
    const { id } = await laptop.start(principal, { keyId: key.keyId }, {});
    await owner.query({ text: 'DELETE FROM api_keys WHERE key_id = $1', values: [key.keyId] });

    expect(await look(id, laptop)).toBe('revoked');
  });

  test('ends when its issuer is no longer trusted, and one of a key when an issuer is configured', async () => {
    const { id } = await start();
    expect(await look(id, processOf([{ issuer: 'https://other.example.org/' }]))).toBe('revoked');

    const key = await createApiKey(owner, { tenant: 'north', principal: 'me', roles: ['clinician'] });
    const { id: ofKey } = await processOf([]).start(principal, { keyId: key.keyId }, {});
    expect(await look(ofKey)).toBe('revoked');
  });

  test('that ended in one process has ended in the others at once', async () => {
    const [here, there] = [processOf(), processOf()];
    const { id, session } = await here.start(principal, { issuer }, {});
    expect(await look(id, there)).toBe('dr-jones');

    await here.end(session, 'signed-out');

    expect(await look(id, there)).toBe('unknown-session');
  });

  test('leaves one event when it ends, though every process finds it', async () => {
    const { session } = await start({ expiresAt: new Date(time + minute) });
    pass(minute);

    await Promise.all([processOf(), processOf(), processOf()].map((process) => process.endOverdue()));

    const ends = events.filter(({ action, subject }) => action === 'session.end' && subject === subjectOf(session));
    expect(ends).toEqual([
      {
        action: 'session.end',
        outcome: 'success',
        reason: 'expired',
        principal: 'dr-jones',
        tenant: 'north',
        subject: subjectOf(session),
        recordedAt: new Date(time).toISOString(),
      },
    ]);
  });

  test('is removed within a minute of its end, with the reason, if nobody comes back', async () => {
    const { id: idle } = await start();
    pass(10 * minute);
    const { id: expired } = await start({ expiresAt: new Date(time + 5 * minute) });
    const { id: used } = await start();
    pass(5 * minute);
    events.length = 0;

    await sessions().endOverdue();

    expect(events.map(({ reason }) => reason).sort()).toEqual(expect.arrayContaining(['expired', 'idle']));
    expect(await Promise.all([idle, expired, used].map((id) => look(id)))).toEqual([
      'unknown-session',
      'unknown-session',
      'dr-jones',
    ]);
  });

  test('is looked up from the budget alone for an address that failed too often, unless it is known here', async () => {
    const process = sessions();
    const { id } = await process.start(principal, { issuer }, {});
    await look(id, process);
    const guesses = Array.from({ length: 200 }, (_, count) =>
      process.authenticate(String(count).padStart(43, 'x'), () => true),
    );

    const known = await process.authenticate(id, () => true);
    const faults = (await Promise.all(guesses)).map(({ fault }) => fault);

    expect(known.principal?.name).toBe('dr-jones');
    expect(faults.filter((fault) => fault === 'not-checked').length).toBeGreaterThanOrEqual(140);
  });
});

const subjectOf = ({ idHash }: Session) => idHash.subarray(0, 16).toString('hex');
