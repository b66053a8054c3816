import { type CryptoKey, exportJWK, generateKeyPair, type JSONWebKeySet, type JWTPayload, SignJWT } from 'jose';

export const issuerUrl = 'https://login.example.org/';
export const audience = 'healthcare-ai';

export interface TokenOptions {
  /** Replace or, with undefined, remove claims of a good token. */
  readonly claims?: JWTPayload;
  /** @default 'RS256' */
  readonly alg?: 'RS256' | 'ES256' | 'PS256' | 'EdDSA';
  /** @default - the id of the algorithm's key; null leaves it out */
  readonly kid?: string | null;
  /** @default 'JWT'; null leaves it out */
  readonly typ?: string | null;
}

/** An OIDC issuer of a test's own: its keys, and tokens that they sign. */
export interface Issuer {
  readonly jwks: JSONWebKeySet;
  /** A token that is good for a clinician of the tenant `north`, but for what the options change. */
  token(options?: TokenOptions): Promise<string>;
}

export async function createIssuer(name = 'a'): Promise<Issuer> {
  const algorithms = ['RS256', 'ES256', 'PS256', 'EdDSA'] as const;
  const keys = new Map<string, CryptoKey>();
  const jwks: JSONWebKeySet = { keys: [] };
  for (const alg of algorithms) {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    keys.set(alg, privateKey);
    jwks.keys.push({ ...(await exportJWK(publicKey)), kid: `${name}-${alg}`, alg, use: 'sig' });
  }
  return {
    jwks,
    token({ claims = {}, alg = 'RS256', kid = `${name}-${alg}`, typ = 'JWT' } = {}) {
      const payload = JSON.parse(JSON.stringify({ ...goodClaims(), ...claims })) as JWTPayload;
      return new SignJWT(payload)
        .setProtectedHeader({ alg, ...(typ === null ? {} : { typ }), ...(kid === null ? {} : { kid }) })
        .sign(keys.get(alg)!);
    },
  };
}

export const now = (): number => Math.floor(Date.now() / 1000);

const goodClaims = (): JWTPayload => ({
  iss: issuerUrl,
  aud: audience,
  sub: 'dr-jones',
  tenant: 'north',
  roles: ['clinician'],
  iat: now(),
  exp: now() + 600,
});
