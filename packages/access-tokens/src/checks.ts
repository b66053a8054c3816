import {
  type Claims,
  careTeamsIn,
  claimAt,
  firstString,
  isPrincipalName,
  rolesIn,
  type TokenPrincipal,
  tenantIn,
} from './claims.ts';
import type { IssuerSettings } from './issuer-settings.ts';

/** Why a token is refused. The texts of `describeFault` say what to do. */
export type TokenFault =
  | 'not-a-jwt'
  | 'unknown-issuer'
  | 'token-type'
  | 'algorithm'
  | 'extension'
  | 'not-an-access-token'
  | 'signature'
  | 'expired'
  | 'not-yet-valid'
  | 'lifetime'
  | 'audience'
  | 'client'
  | 'principal'
  | 'tenant'
  | 'roles';

export interface TokenHeader {
  readonly alg?: unknown;
  readonly typ?: unknown;
  readonly kid?: unknown;
  readonly crit?: unknown;
}

/** Clocks of an issuer and of the service may differ by this many seconds. */
export const CLOCK_TOLERANCE = 5;

const compact = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/** Longest token, in characters: Node.js takes 16 kB of headers. */
const TOKEN_LENGTH = 12_288;

/** The header and the claims of a token, before its signature is verified; undefined where it is no JWT. */
export function decode(token: string): { readonly header: TokenHeader; readonly claims: Claims } | undefined {
  if (token.length > TOKEN_LENGTH || !compact.test(token)) return undefined;
  const parts = token.split('.');
  // Base64url has one spelling for the same bytes only: its unused bits must be zero.
  // https://www.rfc-editor.org/rfc/rfc4648#section-3.5
  if (parts.some((part) => Buffer.from(part, 'base64url').toString('base64url') !== part)) return undefined;
  const [header, claims] = parts.slice(0, 2).map((part) => {
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part, 'base64url'));
      const value: unknown = JSON.parse(text);
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : undefined;
    } catch {
      return undefined;
    }
  });
  return header && claims ? { header, claims } : undefined;
}

/** What the header says against a token. */
export function checkHeader({ typ, alg, crit }: TokenHeader, settings: IssuerSettings): TokenFault[] {
  const faults: TokenFault[] = [];
  // No extension is understood here (RFC 7515, 4.1.11), and a JWT must not have `b64` (RFC 7797, 7).
  if (crit !== undefined) faults.push('extension');
  // "application/" may be left out, and case does not count. https://www.rfc-editor.org/rfc/rfc7515#section-4.1.9
  const type =
    typ === undefined ? null : typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : undefined;
  if (!settings.tokenTypes.some((one) => one === type)) faults.push('token-type');
  if (typeof alg !== 'string' || !settings.algorithms.includes(alg)) faults.push('algorithm');
  return faults;
}

/**
 * What the claims say against a token: every fault, so that one explanation names them all.
 *
 * @param now seconds since 1970
 */
export function checkClaims(
  claims: Claims,
  settings: IssuerSettings,
  roles: readonly string[],
  now: number,
): TokenFault[] {
  const faults: TokenFault[] = [];
  if (!isAccessToken(claims, settings)) faults.push('not-an-access-token');
  faults.push(...checkTimes(claims, settings, now));
  const audiences = [claims.aud].flat();
  if (settings.audiences.length > 0 && !settings.audiences.some((name) => audiences.includes(name))) {
    faults.push('audience');
  }
  const client = firstString(claims, settings.clientClaims);
  if (settings.clientIds.length > 0 && (client === undefined || !settings.clientIds.includes(client))) {
    faults.push('client');
  }
  if (!isPrincipalName(firstString(claims, settings.principalClaims))) faults.push('principal');
  if (tenantIn(claims, settings) === undefined) faults.push('tenant');
  if (rolesIn(claims, settings, roles) === undefined) faults.push('roles');
  return faults;
}

/**
 * Claims that only an ID token, a logout token or a refresh token has, of any provider; a token that the client of a
 * page holds for itself must not open the API. https://www.rfc-editor.org/rfc/rfc8725#section-3.11
 */
function isAccessToken(claims: Claims, { requiredClaims }: IssuerSettings): boolean {
  // A provider that marks its access tokens may put claims of an ID token into them: Keycloak before 25 has `nonce`.
  const marked = Object.values(requiredClaims).some((wanted) => wanted !== true);
  const foreign = marked ? ['events'] : ['nonce', 'at_hash', 'c_hash', 's_hash', 'events'];
  if (foreign.some((name) => Object.hasOwn(claims, name))) return false;
  if (claims.token_use !== undefined && claims.token_use !== 'access') return false;
  // Keycloak: Bearer, ID, Refresh, Offline, Logout.
  if (typeof claims.typ === 'string' && !['bearer', 'jwt', 'at+jwt'].includes(claims.typ.toLowerCase())) return false;
  return Object.entries(requiredClaims).every(([place, wanted]) => {
    const value = claimAt(claims, place as `/${string}`);
    return wanted === true ? value !== undefined : value === wanted;
  });
}

/** https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4 to 4.1.6 */
function checkTimes({ exp, iat, nbf }: Claims, { maxLifetime }: IssuerSettings, now: number): TokenFault[] {
  if (!isTime(exp) || !isTime(iat) || (nbf !== undefined && !isTime(nbf))) return ['lifetime'];
  const faults: TokenFault[] = [];
  if (exp <= now - CLOCK_TOLERANCE) faults.push('expired');
  if (iat > now + CLOCK_TOLERANCE || (nbf !== undefined && nbf > now + CLOCK_TOLERANCE)) faults.push('not-yet-valid');
  if (exp - iat > maxLifetime || now - iat > maxLifetime + CLOCK_TOLERANCE) faults.push('lifetime');
  return faults;
}

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** The principal of a token in which `checkClaims` found no fault. */
export const principalOf = (claims: Claims, settings: IssuerSettings, roles: readonly string[]): TokenPrincipal => ({
  name: firstString(claims, settings.principalClaims)!,
  tenant: tenantIn(claims, settings)!,
  roles: rolesIn(claims, settings, roles)!,
  careTeams: careTeamsIn(claims, settings),
});
