import { hash } from 'node:crypto';
import { type Answer, clientOf } from '../support/client.ts';
import { audience, createIssuer, issuerUrl, now } from '../support/issuer.ts';
import { PageClient } from '../support/page-client.ts';
import { runCommand } from '../support/service.ts';
import { startStage } from '../support/stage.ts';

const corsOrigin = 'https://app.example.org';
const stage = startStage({
  keys: {
    clinician: { principal: 'dr-jones', roles: ['clinician'], careTeams: ['cardiology'] },
    auditor: { roles: ['auditor'] },
  },
  env: { PAGE_SIGN_IN: 'api-key', CORS_ORIGINS: JSON.stringify([corsOrigin]), FAILED_AUTH_RATE_LIMIT: 'off' },
});
afterAll(async () => (await stage).stop());

type Name = 'clinician' | 'auditor';
const signedIn = async (name: Name = 'clinician'): Promise<PageClient> => {
  const { url, tokens } = await stage;
  const page = new PageClient(url);
  expect((await page.signIn(tokens[name])).status).toBe(201);
  return page;
};
const note = async (): Promise<string> =>
  (await (await stage).as('clinician').ingest('patient-1', 'BP 120/80')).body.audit_id;
const events = async (criteria: object) =>
  (await (await stage).as('auditor').post('/audit/search', criteria)).body.events as Record<string, unknown>[];
const problemOf = ({ body }: Answer) => body.type.split(':').at(-1);

describe('handing in an API key', () => {
  test('gives a cookie that no script can read, no other site sends, and no sibling domain can set', async () => {
    const { url, tokens } = await stage;

    const answer = await new PageClient(url).signIn(tokens.clinician);

    expect(answer.status).toBe(201);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-Http-hai=[A-Za-z0-9_-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
    );
    expect(answer.body).toEqual({
      principal: 'dr-jones',
      tenant: 'north',
      roles: ['clinician'],
      permissions: expect.arrayContaining(['note.read', 'break-glass.open']),
      care_teams: ['cardiology'],
      expires_at: expect.stringMatching(/Z$/),
      idle_seconds: 900,
    });
    const hours = (Date.parse(answer.body.expires_at) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(11.9);
    expect(hours).toBeLessThanOrEqual(12);
  });

  test('stores the SHA-256 of the id and not the id', async () => {
    const { database } = await stage;
    if (!database.server) return;
    const page = await signedIn();
    const id = page.cookie!.split('=')[1]!;

    const rows = await database.server.query<{ id_hash: Buffer; row: string }>(
      'SELECT id_hash, s::text AS row FROM sessions s',
    );

    expect(rows.map(({ id_hash }) => id_hash.toString('hex'))).toContain(hash('sha256', id));
    const dump = rows.map(({ row }) => row).join();
    expect(dump).not.toContain(id);
  });

  test('needs the credential in Authorization: not in the body, not in the cookie, not in the query', async () => {
    const { url, tokens } = await stage;
    const page = await signedIn();

    const byCookie = await page.send('/session', { method: 'POST' });
    const byBody = await new PageClient(url).send('/session', { method: 'POST', body: { key: tokens.clinician } });
    const byQuery = await new PageClient(url).send(`/session?key=${tokens.clinician}`, { method: 'POST' });

    expect([byCookie.status, byBody.status, byQuery.status]).toEqual([401, 401, 401]);
  });

  test('answers a wrong key with 401 and gives no cookie', async () => {
    const { url, tokens } = await stage;

    const answer = await new PageClient(url).signIn(`${tokens.clinician.slice(0, -3)}AAA`);

    expect(answer.status).toBe(401);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });
});

describe('a session', () => {
  test('opens the same routes under /app/api, and the event has their path', async () => {
    const page = await signedIn();
    const auditId = await note();

    const read = await page.send(`/app/api/notes/${auditId}`);
    const found = await page.send('/app/api/notes/search', { method: 'POST', body: { patient_id: 'patient-1' } });
    const [event] = await events({ action: 'note.read', audit_id: auditId });

    expect(read.body.note_text).toBe('BP 120/80');
    expect(found.status).toBe(200);
    expect(event).toMatchObject({ principal: 'dr-jones', route: '/app/api/notes/{audit_id}', outcome: 'success' });
  });

  test('gives the roles of its key and no more', async () => {
    const page = await signedIn('auditor');
    const auditId = await note();

    expect((await page.me()).body).toMatchObject({ roles: ['auditor'], care_teams: [] });
    expect((await page.send(`/app/api/notes/${auditId}`)).status).toBe(403);
    expect((await page.send('/app/api/audit/search', { method: 'POST' })).status).toBe(200);
  });

  test('is accepted under /app/api and nowhere else', async () => {
    const page = await signedIn();
    const auditId = await note();

    const read = await page.send(`/notes/${auditId}`);
    const search = await page.send('/notes/search', { method: 'POST', body: { patient_id: 'patient-1' } });
    const path = await page.send(`/app/api/../../notes/${auditId}`);

    expect([read.status, search.status, path.status]).toEqual([401, 401, 404]);
  });

  test('is the only credential there: a bearer token opens nothing', async () => {
    const { url, tokens } = await stage;
    const auditId = await note();
    const headers = { Authorization: `Bearer ${tokens.clinician}` };

    const answer = await new PageClient(url).send(`/app/api/notes/${auditId}`, { headers });

    expect(answer.status).toBe(401);
    expect(problemOf(answer)).toBe('authentication-required');
  });

  test('that is sent twice is 400, on every path', async () => {
    const page = await signedIn();
    const Cookie = `${page.cookie}; ${page.cookie}`;

    const answers = [
      await page.me({ Cookie }),
      await page.send('/session/end', { method: 'POST', headers: { Cookie } }),
      await page.send('/health', { headers: { Cookie } }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
    expect((await page.me()).status).toBe(200);
  });

  test('is one beside other cookies', async () => {
    const page = await signedIn();

    expect((await page.me({ Cookie: `a=b; ${page.cookie}; __Host-hai=x` })).status).toBe(200);
  });

  test.each([0, 1, 43, 4_000])('whose id has %d characters that nobody was given is unknown', async (length) => {
    const { url } = await stage;
    const id = 'A'.repeat(length);

    expect((await new PageClient(url, `__Host-Http-hai=${id}`).me()).status).toBe(401);
  });
});

describe('[164.312(d)] a request from elsewhere is refused though it has the cookie', () => {
  const forged: Record<string, Record<string, string | undefined>> = {
    'another site': { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example.org' },
    'a sibling subdomain': { 'Sec-Fetch-Site': 'same-site', Origin: 'https://intranet.example.org' },
    'an origin that CORS allows': { 'Sec-Fetch-Site': 'cross-site', Origin: corsOrigin },
    'an address that was typed in': { 'Sec-Fetch-Site': 'none' },
    'a program that says nothing': { 'Sec-Fetch-Site': undefined },
    'an old browser on another origin': { 'Sec-Fetch-Site': undefined, Origin: 'https://evil.example.org' },
    'an old browser on the same host without TLS': {
      'Sec-Fetch-Site': undefined,
      Origin: 'http://notes.example.org',
      Host: 'notes.example.org',
    },
    'a sandboxed frame': { 'Sec-Fetch-Site': undefined, Origin: 'null' },
  };

  test.each(Object.entries(forged))('%s', async (_name, headers) => {
    const page = await signedIn();
    const auditId = await note();

    const answers = [
      await page.me(headers),
      await page.send(`/app/api/notes/${auditId}`, { headers }),
      await page.send('/app/api/ingest', {
        method: 'POST',
        body: { patient_id: 'p', note_text: 'forged' },
        headers,
      }),
      await page.send('/session/end', { method: 'POST', headers }),
      await page.signIn((await stage).tokens.auditor, headers),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect(answers.map(problemOf)).toEqual(Array(5).fill('cross-site'));
    expect(answers.map(({ headers: sent }) => sent.get('set-cookie'))).toEqual(Array(5).fill(null));
    expect(answers.map(({ headers: sent }) => sent.get('access-control-allow-origin'))).toEqual(Array(5).fill(null));
    expect((await page.me()).body.principal).toBe('dr-jones');
  });

  test.each([
    ['https://notes.example.org', 'notes.example.org'],
    ['https://notes.example.org:8443', 'notes.example.org:8443'],
    ['http://127.0.0.1:8000', '127.0.0.1:8000'],
    ['http://localhost:8000', 'localhost:8000'],
  ])('and one of a browser without fetch metadata on %s is taken', async (origin, host) => {
    const page = await signedIn();

    expect((await page.me({ 'Sec-Fetch-Site': undefined, Origin: origin, Host: host })).status).toBe(200);
  });

  test.each([undefined, 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=b'])(
    'a change with the content type %p is 415, also where the route takes no body',
    async (type) => {
      const page = await signedIn();
      const auditId = await note();
      const headers = { 'Content-Type': type ?? '' };

      const answers = [
        await page.send('/app/api/ingest', { method: 'POST', headers }),
        await page.send(`/app/api/notes/${auditId}/analysis`, { method: 'POST', headers }),
        await page.send('/session/end', { method: 'POST', headers }),
      ];

      expect(answers.map(({ status }) => status)).toEqual([415, 415, 415]);
    },
  );

  test('has no CORS headers, and a preflight is a method like others', async () => {
    const page = await signedIn();
    const headers = { Origin: corsOrigin, 'Access-Control-Request-Method': 'POST' };

    const answers = [
      await page.send('/app/api/ingest', { method: 'OPTIONS', headers }),
      await page.send('/session', { method: 'OPTIONS', headers }),
      await page.send('/session/none', { headers }),
      await page.send('/app/api/none', { headers }),
      await page.send('/app/config.json', { headers }),
    ];
    const elsewhere = await page.send('/ingest', { method: 'OPTIONS', headers });

    expect(answers.map(({ status }) => status)).toEqual([405, 405, 404, 404, 200]);
    for (const { headers: sent } of answers) {
      expect([...sent.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    expect(elsewhere.headers.get('access-control-allow-origin')).toBe(corsOrigin);
  });
});

describe('[164.312(a)(2)(iii)] a session ends', () => {
  test('when the person signs out: the cookie goes, the browser is cleared, and the id opens nothing any more', async () => {
    const page = await signedIn();

    const answer = await page.signOut();
    const replayed = await page.me();
    const again = await page.signOut();

    expect(answer.status).toBe(204);
    expect(answer.text).toBe('');
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-Http-hai=; Max-Age=0; Path=\/; Secure; HttpOnly/);
    expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"');
    expect(replayed.status).toBe(401);
    // Its answer clears the browser all the same.
    expect(again.status).toBe(401);
    expect(again.headers.get('clear-site-data')).toBe('"cache", "storage"');
  });

  test('when another begins in the same browser, whose id nobody knew before', async () => {
    const page = await signedIn();
    const first = page.cookie;

    await page.signIn((await stage).tokens.auditor);

    expect(page.cookie).not.toBe(first);
    expect((await page.me()).body.roles).toEqual(['auditor']);
    expect((await new PageClient((await stage).url, first).me()).status).toBe(401);
  });

  test('and an id that somebody planted before is never taken over', async () => {
    const { url, tokens } = await stage;
    const planted = `__Host-Http-hai=${'P'.repeat(43)}`;
    const victim = new PageClient(url, planted);

    await victim.signIn(tokens.clinician);

    expect(victim.cookie).not.toBe(planted);
    expect((await new PageClient(url, planted).me()).status).toBe(401);
  });

  test('each with one event, of who, when, where from and why', async () => {
    const from = new Date().toISOString();
    const page = await signedIn();
    await page.signIn((await stage).tokens.clinician);
    await page.signOut();

    const started = await events({ from, action: 'session.start' });
    const ended = await events({ from, action: 'session.end' });

    expect(ended.map(({ reason }) => reason)).toEqual(['signed-out', 'replaced']);
    expect(ended.map(({ subject }) => subject)).toEqual(started.map(({ subject }) => subject));
    expect(started).toHaveLength(2);
    for (const event of [...started, ...ended]) {
      expect(event).toMatchObject({
        outcome: 'success',
        principal: 'dr-jones',
        tenant: 'north',
        source: '127.0.0.1',
        route: event.reason === 'signed-out' ? '/session/end' : '/session',
        subject: expect.stringMatching(/^[0-9a-f]{32}$/),
        request_id: expect.any(String),
      });
    }
  });
});

test('reading who is signed in leaves no event', async () => {
  const page = await signedIn();
  const from = new Date().toISOString();
  await page.me();

  expect(await events({ from, principal: 'dr-jones' })).toEqual([]);
});

test('nothing of a session reaches the log', async () => {
  const { service } = await stage;
  const page = await signedIn();
  await page.me();
  await page.signOut();

  expect(service.output()).toContain('"route":"/app/api/me"');
  expect(service.output()).not.toContain(page.cookie!.split('=')[1]);
});

test('the API answers without the page as before: no cookie is set', async () => {
  const { url, tokens } = await stage;

  const { headers } = await clientOf(url, tokens.clinician).ingest('p', 'n');

  expect(headers.get('set-cookie')).toBeNull();
});

test('an operator ends every session of a person', async () => {
  const { database } = await stage;
  if (database.kind === 'embedded') return;
  const [first, second, other] = [await signedIn(), await signedIn(), await signedIn('auditor')];
  const end = (principal: string) =>
    runCommand(['sessions', 'end', '--tenant', 'north', '--principal', principal], database.env);

  const ended = await end('dr-jones');
  const again = await end('dr-jones');

  expect([ended.code, ended.stdout]).toEqual([0, expect.stringMatching(/^ended \d+ sessions\n$/)]);
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('the person has no session')]);
  expect([await first.me(), await second.me(), await other.me()].map(({ status }) => status)).toEqual([401, 401, 200]);
  const [event] = await events({ action: 'session.end', principal: 'dr-jones' });
  expect(event).toMatchObject({ outcome: 'success', reason: 'revoked', route: 'sessions' });
});

describe('where an identity provider is configured', () => {
  const provider = createIssuer();
  const withIssuer = (async () =>
    startStage({
      keys: { clinician: { roles: ['clinician'] }, auditor: { roles: ['auditor'] } },
      env: {
        OIDC_ISSUER: issuerUrl,
        OIDC_AUDIENCE: audience,
        OIDC_JWKS: JSON.stringify((await provider).jwks),
        PAGE_SIGN_IN: JSON.stringify({
          authorizationEndpoint: 'https://login.example.org/authorize',
          tokenEndpoint: 'https://login.example.org/token',
          clientId: 'page',
          scope: 'openid notes',
        }),
      },
    }))();
  afterAll(async () => (await withIssuer).stop());

  test('a token is handed in, and the session ends with it', async () => {
    const page = new PageClient((await withIssuer).url);
    const exp = now() + 300;

    const answer = await page.signIn(await (await provider).token({ claims: { exp, care_teams: ['cardiology'] } }));

    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      principal: 'dr-jones',
      roles: ['clinician'],
      care_teams: ['cardiology'],
      expires_at: new Date(exp * 1000).toISOString(),
    });
    expect(
      (await page.send('/app/api/ingest', { method: 'POST', body: { patient_id: 'p', note_text: 'n' } })).status,
    ).toBe(200);
  });

  test('an API key still opens the API, and no session: the refusal is an event', async () => {
    const { url, tokens, as } = await withIssuer;
    const from = new Date().toISOString();

    const answer = await new PageClient(url).signIn(tokens.clinician);
    const { events: found } = (await as('auditor').post('/audit/search', { from, action: 'session.start' })).body;

    expect(answer.status).toBe(403);
    expect(problemOf(answer)).toBe('sign-in-required');
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(found).toEqual([
      expect.objectContaining({ principal: 'clinician', outcome: 'denied', reason: 'sign-in-required', status: 403 }),
    ]);
  });

  test('the configuration of the page says where to sign in, to everybody', async () => {
    const { status, headers, body } = await clientOf((await withIssuer).url).get('/app/config.json');

    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      version: expect.any(String),
      sign_in: {
        mode: 'oidc',
        authorization_endpoint: 'https://login.example.org/authorize',
        token_endpoint: 'https://login.example.org/token',
        client_id: 'page',
        scope: 'openid notes',
      },
      idle_minutes: 15,
      break_glass_minutes: 60,
    });
  });
});

describe('a service without the page', () => {
  const closed = startStage({ keys: { clinician: { roles: ['clinician'] } }, env: { PAGE_SIGN_IN: 'off' } });
  afterAll(async () => (await closed).stop());

  test('has no sessions either', async () => {
    const { url, tokens } = await closed;
    const page = new PageClient(url);

    expect((await page.signIn(tokens.clinician)).status).toBe(404);
    expect((await page.me()).status).toBe(404);
    expect((await page.send('/app/config.json')).status).toBe(404);
  });
});
