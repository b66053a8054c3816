import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
// @ts-expect-error the package has no types of its own
import Provider from 'oidc-provider';

/**
 * An issuer that this project did not write: `oidc-provider`, with its own form for signing in, and a public client for
 * the page at the origin of the first argument. Prints its address.
 */
const [, , origin] = process.argv;
const server = createServer();
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
  'sign',
  'verify',
]);
// Without `key_ops`: the provider would publish that the key may only sign.
const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', privateKey);
const audience = 'https://notes.example.org';
const provider = new Provider(issuer, {
  jwks: { keys: [{ kty, crv, x, y, d, kid: crypto.randomUUID(), use: 'sig', alg: 'ES256' }] },
  clients: [
    {
      client_id: 'page',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: [`${origin}/app/signin`],
      post_logout_redirect_uris: [`${origin}/app/signed-out`],
      id_token_signed_response_alg: 'ES256',
    },
  ],
  scopes: ['openid', 'clinician'],
  pkce: { required: () => true },
  clientBasedCORS: (_context: unknown, asking: string) => asking === origin,
  findAccount: (_context: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
  async loadExistingGrant(context: {
    readonly oidc: { readonly session: { readonly accountId: string }; readonly client: { readonly clientId: string } };
  }) {
    // The organisation has consented for its own page.
    const { session, client } = context.oidc;
    const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
    grant.addOIDCScope('openid clinician');
    grant.addResourceScope(audience, 'clinician');
    await grant.save();
    return grant;
  },
  features: {
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => audience,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        audience,
        scope: 'clinician',
        accessTokenFormat: 'jwt',
        accessTokenTTL: 3600,
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
});
server.on('request', provider.callback());
process.stdout.write(`${issuer}\n`);
