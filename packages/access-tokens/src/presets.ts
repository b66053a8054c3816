/** A place in the claims of a token, as a JSON Pointer (RFC 6901): claim names hold dots, colons and slashes. */
export type Pointer = `/${string}`;

/** What the tokens of one identity provider look like. */
export interface Preset {
  /** Values of the header `typ`, in lower case and without `application/`; null where the header may lack it. */
  readonly tokenTypes: readonly (string | null)[];

  /** Whether `audiences` must be configured: false where the provider's tokens may carry no audience of the API. */
  readonly needsAudience: boolean;

  /** Claims that name the client to which the provider issued the token; the first that is there counts. */
  readonly clientClaims: readonly Pointer[];

  /** Claims that an access token has and an ID token of the provider has not, with their value; true for any value. */
  readonly requiredClaims: Readonly<Record<Pointer, string | true>>;

  /** Claims that name the principal; the first that is there counts. */
  readonly principalClaims: readonly Pointer[];

  /** Claims that list roles, groups or scopes: an array, or a string separated by spaces. */
  readonly roleClaims: readonly Pointer[];
}

/**
 * The providers whose documentation was read. Shapes of tokens:
 *
 * - Cognito: no `typ`, no `aud` unless a resource is bound, `token_use`.
 *   https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 * - Entra ID: `oid` is the stable id of a user or service principal; `sub` differs per application. An ID token has no
 *   `azp` (v1.0: `appid`). https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 * - Okta: `cid`, `scp` is an array, `uid` is the stable id of a user.
 *   https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/
 * - Keycloak: claim `typ` is `Bearer`, roles are below `realm_access` and `resource_access`.
 *   https://www.keycloak.org/docs/latest/server_admin/
 * - Auth0: two profiles, `typ` JWT with `azp`, or at+jwt with `client_id`.
 *   https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles
 * - AD FS: issuer `http://HOST/adfs/services/trust`, `appid`, often without `sub`.
 *   https://learn.microsoft.com/windows-server/identity/ad-fs/overview/ad-fs-openid-connect-oauth-flows-scenarios
 */
export const presets = {
  standard: {
    tokenTypes: ['at+jwt', 'jwt', null],
    needsAudience: true,
    clientClaims: ['/client_id', '/azp'],
    requiredClaims: {},
    principalClaims: ['/sub'],
    roleClaims: ['/roles'],
  },
  cognito: {
    tokenTypes: ['jwt', null],
    needsAudience: false,
    clientClaims: ['/client_id'],
    requiredClaims: { '/token_use': 'access' },
    principalClaims: ['/sub', '/client_id'],
    roleClaims: ['/cognito:groups', '/scope'],
  },
  entra: {
    tokenTypes: ['jwt'],
    needsAudience: true,
    clientClaims: ['/azp', '/appid'],
    requiredClaims: {},
    principalClaims: ['/oid', '/sub'],
    roleClaims: ['/roles', '/scp', '/groups'],
  },
  okta: {
    tokenTypes: ['at+jwt', 'jwt', null],
    needsAudience: true,
    clientClaims: ['/cid'],
    requiredClaims: { '/cid': true },
    principalClaims: ['/uid', '/sub'],
    roleClaims: ['/groups', '/scp'],
  },
  keycloak: {
    tokenTypes: ['jwt', 'at+jwt'],
    needsAudience: false,
    clientClaims: ['/azp', '/client_id'],
    requiredClaims: { '/typ': 'Bearer' },
    principalClaims: ['/sub'],
    roleClaims: ['/realm_access/roles', '/scope'],
  },
  auth0: {
    tokenTypes: ['jwt', 'at+jwt'],
    needsAudience: true,
    clientClaims: ['/azp', '/client_id'],
    requiredClaims: {},
    principalClaims: ['/sub'],
    roleClaims: ['/permissions', '/scope'],
  },
  adfs: {
    tokenTypes: ['jwt'],
    needsAudience: true,
    clientClaims: ['/appid'],
    requiredClaims: { '/appid': true },
    principalClaims: ['/upn', '/unique_name', '/sub', '/appid'],
    roleClaims: ['/roles', '/role', '/scp'],
  },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as readonly PresetName[];
