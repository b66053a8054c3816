import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
// @ts-expect-error the package has no types of its own
import Provider from 'oidc-provider';

/**
 * An issuer that this project did not write: `oidc-provider`, with a machine client that may ask for JWT access tokens
 * of two APIs. Prints its address.
 */
const server = createServer();
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
  'sign',
  'verify',
]);
// Without `key_ops`: the provider would publish that the key may only sign.
const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', privateKey);
const provider = new Provider(issuer, {
  jwks: { keys: [{ kty, crv, x, y, d, kid: crypto.randomUUID(), use: 'sig', alg: 'ES256' }] },
  clients: [
    {
      client_id: 'lab',
      client_secret: 'only-for-this-test-run',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      id_token_signed_response_alg: 'ES256',
    },
  ],
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => 'https://notes.example.org',
      getResourceServerInfo: (_context: unknown, audience: string) => ({
        audience,
        scope: 'notes/write notes/read',
        accessTokenFormat: 'jwt',
        accessTokenTTL: 300,
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
});
server.on('request', provider.callback());
process.stdout.write(`${issuer}\n`);
