import { createHmac } from 'node:crypto';
import { clientOf } from '../support/client.ts';
import { audience, createIssuer, issuerUrl, now, type TokenOptions } from '../support/issuer.ts';
import { startStage } from '../support/stage.ts';

const issuer = createIssuer();
const stage = issuer.then(({ jwks }) =>
  startStage({
    keys: { auditor: { roles: ['auditor'] }, ehr: { principal: 'ehr', roles: ['integration'] } },
    env: {
      OIDC_ISSUER: issuerUrl,
      OIDC_AUDIENCE: audience,
      OIDC_JWKS: JSON.stringify(jwks),
      OIDC_MAX_LIFETIME: '3600',
      FAILED_AUTH_RATE_LIMIT: 'off',
    },
  }),
);
afterAll(async () => (await stage).stop());

const token = async (options?: TokenOptions) => (await issuer).token(options);
const withToken = async (text: string) => clientOf((await stage).url, text);
const statusOf = async (text: string) => (await (await withToken(text)).ingest('p-1', 'a note')).status;

test.each(['RS256', 'ES256', 'PS256', 'EdDSA'] as const)(
  '[164.312(d)] a token signed by %s opens the API',
  async (alg) => {
    expect(await statusOf(await token({ alg }))).toBe(200);
  },
);

test.each([null, 'JWT', 'jwt', 'at+jwt', 'application/at+jwt', 'AT+JWT'])(
  'a token of the type %p opens the API',
  async (typ) => {
    expect(await statusOf(await token({ typ }))).toBe(200);
  },
);

test.each(['logout+jwt', 'secevent+jwt', 'dpop+jwt', 'application/logout+jwt', 'JOSE', '', 'at+jwt;x'])(
  'a token of the type %p was issued for something else: 401',
  async (typ) => {
    expect(await statusOf(await token({ typ }))).toBe(401);
  },
);

test.each([
  { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } },
  { typ: 'ID' },
  { typ: 'Logout' },
  { typ: 'Refresh' },
])('a token with the claim %p is no access token: 401', async (claims) => {
  expect(await statusOf(await token({ claims }))).toBe(401);
  expect(await statusOf(await token({ claims: { typ: 'Bearer' } }))).toBe(200);
});

test('a token has one spelling: padding, and other last bits of the signature, are refused', async () => {
  const good = await token({ alg: 'ES256' });
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  // 64 bytes are 86 characters, of which the last one has four unused bits.
  const twin = good.slice(0, -1) + alphabet[alphabet.indexOf(good.at(-1)!) + 1];
  expect(Buffer.from(twin.split('.')[2]!, 'base64url')).toEqual(Buffer.from(good.split('.')[2]!, 'base64url'));

  expect(await statusOf(good)).toBe(200);
  for (const other of [`${good}=`, `${good}==`, twin, `${good}.`]) {
    expect([other === good, await statusOf(other)]).toEqual([false, 401]);
  }
});

test('API keys continue working beside tokens', async () => {
  expect((await (await stage).as('ehr').ingest('p', 'n')).status).toBe(200);
});

test('[164.312(a)(2)(i)] the subject, tenant and roles of the token are who the trail names', async () => {
  const client = await withToken(await token({ claims: { sub: 'auth0|42:dr.jones@example.org' } }));
  const { body } = await client.ingest('p-1', 'a note');

  const { events } = (await (await stage).as('auditor').get(`/audit/events/${body.audit_id}`)).body;

  expect(events[0]).toMatchObject({
    action: 'note.create',
    principal: 'auth0|42:dr.jones@example.org',
    tenant: 'north',
    roles: ['clinician'],
  });
});

test('[164.308(a)(4)(ii)(B)] the roles of a token decide what it may do, and unknown ones grant nothing', async () => {
  const statuses = async (roles: string[]) => {
    const client = await withToken(await token({ claims: { roles } }));
    const ingest = await client.ingest('p-1', 'a note');
    const audit = await client.post('/audit/search', {});
    return [ingest.status, audit.status];
  };

  expect(await statuses(['integration'])).toEqual([200, 403]);
  expect(await statuses(['auditor'])).toEqual([403, 200]);
  expect(await statuses(['root', 'constructor', '__proto__', 'toString'])).toEqual([403, 403]);
  expect(await statuses([])).toEqual([403, 403]);
});

test('the care teams of a token decide which notes it opens, and what is no name of one opens nothing', async () => {
  const ehr = (await stage).as('ehr');
  const note = async (careTeam?: string) =>
    (await ehr.post('/ingest', { patient_id: 'p-1', note_text: 'n', care_team: careTeam })).body.audit_id;
  const [none, heart] = [await note(), await note('cardiology')];
  const statuses = async (care_teams: unknown) => {
    const client = await withToken(await token({ claims: { care_teams } }));
    return [(await client.get(`/notes/${none}`)).status, (await client.get(`/notes/${heart}`)).status];
  };

  expect(await statuses(['cardiology'])).toEqual([200, 200]);
  expect(await statuses(['The Heart Team', 'oncology', 'cardiology'])).toEqual([200, 200]);
  for (const claim of [
    undefined,
    [],
    'cardiology',
    { 0: 'cardiology' },
    ['*'],
    ['Cardiology'],
    [['cardiology']],
    null,
  ]) {
    expect(await statuses(claim)).toEqual([200, 403]);
  }
});

test('a token of another tenant does not read the notes of this one', async () => {
  const { body } = await (await withToken(await token())).ingest('p-1', 'a note');
  const south = await withToken(await token({ claims: { tenant: 'south' } }));

  expect((await south.get(`/notes/${body.audit_id}`)).status).toBe(404);
  expect((await (await withToken(await token())).get(`/notes/${body.audit_id}`)).status).toBe(200);
});

describe('is answered with 401: a token', () => {
  const cases: [string, TokenOptions][] = [
    ['of another issuer', { claims: { iss: 'https://login.example.com/' } }],
    ['without an issuer', { claims: { iss: undefined } }],
    ['for another audience', { claims: { aud: 'another-api' } }],
    ['without an audience', { claims: { aud: undefined } }],
    ['that has expired', { claims: { iat: now() - 700, exp: now() - 60 } }],
    ['that does not expire', { claims: { exp: undefined } }],
    ['that does not say since when', { claims: { iat: undefined } }],
    ['that is not valid yet', { claims: { nbf: now() + 3_000 } }],
    ['issued in the future', { claims: { iat: now() + 3_000, exp: now() + 3_600 } }],
    ['with too long a life', { claims: { exp: now() + 7_200 } }],
    ['issued too long ago, though it has not expired', { claims: { iat: now() - 3_700, exp: now() + 60 } }],
    ['without a subject', { claims: { sub: undefined } }],
    ['with an empty subject', { claims: { sub: '' } }],
    ['with a subject that ends with a space', { claims: { sub: 'Jane Doe ' } }],
    ['with an invisible character in its subject', { claims: { sub: 'dr\u200bjones' } }],
    ['with a filler in its subject', { claims: { sub: 'dr\u3164jones' } }],
    ['with a Braille blank in its subject', { claims: { sub: 'dr\u2800jones' } }],
    ['with a note that is not drawn in its subject', { claims: { sub: 'dr\u{1d159}jones' } }],
    ['with a subject of 257 characters', { claims: { sub: 'a'.repeat(257) } }],
    ['with a line break in its subject', { claims: { sub: 'a\nb' } }],
    ['without a tenant', { claims: { tenant: undefined } }],
    ['with a list of tenants', { claims: { tenant: ['north', 'south'] } }],
    ['without roles', { claims: { roles: undefined } }],
    ['with its roles in an object', { claims: { roles: { clinician: true } } }],
    ['with an unknown key id', { kid: 'other' }],
    ['with the key id of another algorithm', { kid: 'a-ES256' }],
  ];
  test.each(cases)('[API authentication implemented] %s', async (_what, options) => {
    expect(await statusOf(await token(options))).toBe(401);
  });

  test('signed by somebody else under a known key id', async () => {
    const stranger = await createIssuer('a');

    expect(await statusOf(await stranger.token())).toBe(401);
  });

  test('[164.312(d)] whose claims were changed after it was signed', async () => {
    const [head, , signature] = (await token()).split('.');
    const claims = { iss: issuerUrl, aud: audience, sub: 'x', tenant: 'south', roles: ['clinician'], iat: now() };

    expect(await statusOf(`${head}.${encode({ ...claims, exp: now() + 60 })}.${signature}`)).toBe(401);
  });

  test('with each part of it cut, repeated or replaced', async () => {
    const [head = '', claims = '', signature = ''] = (await token()).split('.');
    const forms = [
      `${head}.${claims}.`,
      `${head}.${claims}`,
      `${head}..${signature}`,
      `.${claims}.${signature}`,
      `${head}.${claims}.${signature}.`,
      `${head}.${claims}.${signature.slice(0, -4)}`,
      `${head}.${head}.${signature}`,
      `${encode([1])}.${claims}.${signature}`,
      `${encode({ alg: 'RS256', crit: ['x'], x: 1 })}.${claims}.${signature}`,
      `${encode({ alg: 7 })}.${claims}.${signature}`,
      `${encode({})}.${claims}.${signature}`,
      `${encode({ alg: 'RS256', kid: {} })}.${claims}.${signature}`,
      `${encode({ alg: 'RS256', kid: 'a-RS256', b64: false, crit: ['b64'] })}.${claims}.${signature}`,
      `${encode({ alg: 'ES256', kid: 'a-ES256' })}.${claims}.AAAA`,
      'e30.e30.e30',
      '...',
      '....',
      'a.b.c',
    ];
    for (const form of forms) expect([form, await statusOf(form)]).toEqual([form, 401]);
  });

  test('[164.312(d)] with alg none, in any spelling', async () => {
    const [, claims] = (await token()).split('.');
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '']) {
      expect(await statusOf(`${encode({ alg, kid: 'a-RS256' })}.${claims}.`)).toBe(401);
    }
  });

  test('[164.312(d)] signed by HMAC with the public key, which everybody knows', async () => {
    const [, claims] = (await token()).split('.');
    const { jwks } = await issuer;
    const head = encode({ alg: 'HS256', kid: 'a-RS256', typ: 'JWT' });
    for (const secret of [JSON.stringify(jwks.keys[0]), jwks.keys[0]!.n!, Buffer.from(jwks.keys[0]!.n!, 'base64url')]) {
      const signature = createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url');

      expect(await statusOf(`${head}.${claims}.${signature}`)).toBe(401);
    }
  });

  test('that brings its own key, or says where to find one', async () => {
    const stranger = await createIssuer('b');
    const [, claims, signature] = (await stranger.token()).split('.');
    const own = encode({ alg: 'RS256', jwk: stranger.jwks.keys[0], jku: 'http://127.0.0.1:1/keys' });

    expect(await statusOf(`${own}.${claims}.${signature}`)).toBe(401);
  });
});

test('[164.312(a)(2)(iii)] an expired token is recorded in the trail as expired, others as invalid', async () => {
  const { service, database } = await stage;
  if (database.server === undefined) return;
  const from = new Date().toISOString();
  await service.stop();

  const rows = await database.server.query<{ event: string }>(
    "SELECT event FROM audit_events WHERE action = 'authenticate' AND recorded_at < $1::timestamptz + interval '1 minute'",
    [from],
  );
  const reasons = new Set(rows.map(({ event }) => JSON.parse(event).reason));
  expect(reasons).toEqual(new Set(['expired', 'invalid-token']));
});

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
