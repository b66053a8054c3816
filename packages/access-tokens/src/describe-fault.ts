import type { TokenFault } from './checks.ts';

/** What is wrong with a token, and what to do about it. */
export const faultTexts: Readonly<Record<TokenFault, string>> = {
  'not-a-jwt': 'This is not a signed JWT in compact form. Opaque access tokens cannot be verified here.',
  'unknown-issuer': 'No configured issuer equals the claim iss. Compare them character by character, slashes included.',
  'token-type': 'The header typ is not one of the tokenTypes of the issuer. Send the access token, not the ID token.',
  algorithm: 'The header alg is not one of the algorithms of the issuer. HS256 and none are never accepted.',
  extension: 'The header crit names extensions, and none is supported.',
  'not-an-access-token':
    'This is an ID, logout or refresh token, or the provider issued it for itself. Send the access token.',
  signature: 'No key of the issuer verifies the signature. Check the key set of the issuer and the claim iss.',
  expired: 'The token has expired. Get a new one.',
  'not-yet-valid': 'The token is dated in the future. Compare the clocks of the provider and of the service.',
  lifetime: 'The token lives longer than maxLifetime, or lacks exp or iat. Shorten its life at the provider.',
  audience:
    'The claim aud holds none of the audiences of the issuer. Add the audience at the provider or in the settings.',
  client: 'The token was issued to a client that is not in clientIds.',
  principal: 'No claim of principal holds a usable name: 1 to 256 visible characters.',
  tenant: 'The claim of the tenant is missing, or its map does not name the value.',
  roles:
    'The token has none of the claims of roles. Add a mapper at the provider, or set roles to the claim that it has.',
};
