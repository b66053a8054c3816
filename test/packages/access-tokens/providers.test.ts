import { readdirSync, readFileSync } from 'node:fs';
import { presets, readIssuers, TokenVerifier } from '@healthcare-ai/access-tokens';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { type ProviderToken, providerTokens } from './provider-tokens.ts';

const roles = ['integration', 'clinician', 'auditor', 'admin'];
const issued = 1_790_000_000;
const keys = Promise.all(['a', 'b'].map(async (kid) => ({ kid, ...(await generateKeyPair('RS256')) })));

interface Change {
  readonly header?: object;
  /** Replaces claims; undefined removes one. */
  readonly claims?: JWTPayload;
  /** Signs with the key that the issuer never published. */
  readonly withdrawn?: true;
}

async function sign(token: ProviderToken, { header = {}, claims = {}, withdrawn }: Change = {}): Promise<string> {
  const [known, unknown] = await keys;
  const key = withdrawn ? unknown! : known!;
  const payload = JSON.parse(JSON.stringify({ ...token.claims, iat: issued, exp: issued + 600, ...claims }));
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'RS256', kid: key.kid, ...token.header, ...header })
    .sign(key.privateKey);
}

/** The verifier of one provider. @param now seconds since 1970, by default a minute after the token was issued */
async function verifierOf({ preset, claims, settings }: ProviderToken, now = issued + 60, changed: object = {}) {
  const [{ kid, publicKey }] = (await keys) as [Awaited<typeof keys>[number], ...unknown[]];
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256' }] };
  const issuers = readIssuers([{ issuer: claims.iss, preset, keys: { jwks }, ...settings, ...changed }], roles);
  return new TokenVerifier({ issuers, roles, loaderOf: () => async () => ({ jwks, age: 0 }), now: () => now * 1000 });
}

describe.each(providerTokens)('the documented token of $name', (token) => {
  const faultOf = async (change: Change, now?: number) =>
    (await (await verifierOf(token, now)).verify(await sign(token, change))).fault;

  it('is accepted with the preset', async () => {
    const { principal } = await (await verifierOf(token)).verify(await sign(token));

    expect(principal).toEqual({ ...token.principal, tenant: 'north', careTeams: [] });
  });

  it.each<[string, Change, string]>([
    ['of a type for other purposes', { header: { typ: 'logout+jwt' } }, 'token-type'],
    ['of a type that is no text', { header: { typ: null } }, 'token-type'],
    ['with a critical extension', { header: { crit: ['b64'], b64: true } }, 'extension'],
    ['with another key id', { header: { kid: 'z' } }, 'signature'],
    ['of a key that was withdrawn', { withdrawn: true }, 'signature'],
    ['of another issuer', { claims: { iss: 'https://evil.example.org/' } }, 'unknown-issuer'],
    ['of the issuer with a slash more', { claims: { iss: `${token.claims.iss}/` } }, 'unknown-issuer'],
    ['of a logout token', { claims: { events: {} } }, 'not-an-access-token'],
    ['that lives too long', { claims: { exp: issued + 90_000 } }, 'lifetime'],
    ['that never expires', { claims: { exp: undefined } }, 'lifetime'],
  ])('is refused %s', async (_what, change, fault) => {
    expect(await faultOf(change)).toBe(fault);
  });

  it('is refused as an ID token, which Keycloak and Cognito mark, and which others give a nonce', async () => {
    expect(await faultOf({ claims: { nonce: 'n-0S6_WzA2Mj', typ: 'ID', token_use: 'id' } })).toBe(
      'not-an-access-token',
    );
    const marked = token.preset === 'keycloak' || token.preset === 'cognito';
    expect(await faultOf({ claims: { nonce: 'n-0S6_WzA2Mj' } })).toBe(marked ? undefined : 'not-an-access-token');
  });

  it('is refused for another audience, or for another client where it has none', async () => {
    const [fault, claims] =
      'audiences' in token.settings
        ? (['audience', { aud: 'another-api' }] as const)
        : (['client', { azp: 'another', client_id: 'another' }] as const);
    expect(await faultOf({ claims })).toBe(fault);
  });

  it('is refused without a claim that lists roles, and grants nothing for roles that no map names', async () => {
    const none = { roles: undefined, role: undefined, groups: undefined, scp: undefined, scope: undefined };
    const others = { permissions: undefined, realm_access: undefined, resource_access: undefined };
    expect(await faultOf({ claims: { ...none, ...others, 'cognito:groups': undefined } })).toBe('roles');
    const { principal } = await (await verifierOf(token, undefined, { roleMap: { nothing: 'clinician' } })).verify(
      await sign(token),
    );
    expect(principal?.roles).toEqual([]);
  });

  it('is refused after its end, and where the clock of the service is set back before its beginning', async () => {
    expect(await faultOf({}, issued + 606)).toBe('expired');
    expect(await faultOf({}, issued - 60)).toBe('not-yet-valid');
    // Clocks may differ by five seconds.
    expect(await faultOf({}, issued + 604)).toBeUndefined();
    expect(await faultOf({}, issued - 4)).toBeUndefined();
  });

  it('is refused with another algorithm: none, a symmetric one, and one that the issuer does not use', async () => {
    const verifier = await verifierOf(token, undefined, { algorithms: ['ES256'] });
    expect((await verifier.verify(await sign(token))).fault).toBe('algorithm');
    const good = await verifierOf(token);
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const claims = { ...token.claims, iat: issued, exp: issued + 600 };
    const unsecured = `${encode({ alg: 'none', ...token.header })}.${encode(claims)}`;
    expect((await good.verify(`${unsecured}.AAAA`)).fault).toBe('algorithm');
    expect((await good.verify(`${unsecured}.`)).fault).toBe('not-a-jwt');
    const [known] = await keys;
    const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(known!.publicKey)));
    const symmetric = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'a', ...token.header })
      .sign(secret);
    expect((await good.verify(symmetric)).fault).toBe('algorithm');
  });

  it('is refused in every other spelling than the compact form', async () => {
    const good = await verifierOf(token);
    const text = await sign(token);
    const last = text.at(-1)!;
    const twin = String.fromCharCode(last.charCodeAt(0) + 1);
    for (const spelling of [`${text}=`, `${text}==`, ` ${text}`, `${text}.`, `${text}\n`, text.replace('.', '..')]) {
      expect((await good.verify(spelling)).fault).toBe('not-a-jwt');
    }
    // 256 bytes of a signature leave two unused bits in the last character.
    expect(['not-a-jwt', 'signature']).toContain((await good.verify(text.slice(0, -1) + twin)).fault);
  });
});

it('explains every fault of a token at once, and who it would be', async () => {
  const [token] = providerTokens;
  const verifier = await verifierOf(token!);
  const text = await sign(token!, {
    withdrawn: true,
    header: { typ: 'x' },
    claims: { exp: issued, client_id: 'other' },
  });

  const { faults, signature, principal } = await verifier.explain(text);

  expect(faults).toEqual(['token-type', 'signature', 'expired', 'client']);
  expect(signature).toBe('invalid');
  expect(principal).toMatchObject({ tenant: 'north', roles: ['integration'] });
});

describe('the page of each provider', () => {
  const pages = readdirSync('docs/identity');

  it('is there for every preset but the standard one', () => {
    expect(pages).toHaveLength(Object.keys(presets).length - 1);
  });

  it.each(pages)('docs/identity/%s shows settings that the service accepts', (page) => {
    const [, json] = /```json\n([\s\S]*?)```/.exec(readFileSync(`docs/identity/${page}`, 'utf8'))!;
    expect(readIssuers(JSON.parse(json!), roles)).toHaveLength(1);
  });
});

describe('the settings of issuers', () => {
  const good = { issuer: 'https://x', audiences: 'a', keys: { uri: 'https://x/keys' }, tenant: 'north' };

  it.each<[string, unknown, string]>([
    ['no list', {}, 'the list'],
    ['an empty list', [], 'the list'],
    ['an unknown setting', [{ ...good, audience: 'a' }], 'audience'],
    ['an unknown preset', [{ ...good, preset: 'ping' }], '[0].preset'],
    ['no audience', [{ ...good, audiences: undefined }], '[0].audiences is required with the preset standard'],
    ['nothing that binds a token', [{ ...good, audiences: undefined, preset: 'cognito' }], 'audiences or clientIds'],
    ['a claim that is no pointer', [{ ...good, principal: 'sub' }], '[0].principal'],
    ['a role that does not exist', [{ ...good, roleMap: { x: 'root' } }], '[0].roleMap may name'],
    ['a symmetric algorithm', [{ ...good, algorithms: ['HS256'] }], '[0].algorithms'],
    ['an issuer twice', [good, good], '[1].issuer is listed twice'],
    ['two sources of keys', [{ ...good, keys: { uri: 'https://x/keys', file: '/keys' } }], '[0].keys'],
    ['a life of more than a day', [{ ...good, maxLifetime: 86_401 }], '[0].maxLifetime'],
  ])('are refused with %s, and the place is named', (_what, input, place) => {
    expect(() => readIssuers(input, roles)).toThrow(
      expect.objectContaining({ name: 'IssuerSettingsError', message: expect.stringContaining(place) }),
    );
  });
});
