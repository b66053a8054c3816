import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import { UnavailableError } from '../unavailable-error.ts';
import type { Authentication } from './authenticator.ts';
import { careTeamsIn } from './care-teams.ts';
import { remoteKeySet } from './remote-key-set.ts';
import { isName, isRole } from './roles.ts';

export interface JwtOptions {
  readonly issuer: string;
  readonly audience: string;
  /** The issuer's keys, or where to fetch them. */
  readonly jwks: JSONWebKeySet | URL;
  readonly tenantClaim: string;
  readonly rolesClaim: string;
  readonly careTeamsClaim: string;
  /** Longest life of a token, in seconds. */
  readonly maxLifetime: number;
}

export interface JwtVerifier {
  verify(token: string): Promise<Authentication>;
}

/** Asymmetric signatures alone: with HS* whoever can verify could also sign. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA'];

/** Verifies OIDC JWTs with `jose`. */
export function createJwtVerifier(options: JwtOptions): JwtVerifier {
  const keys = options.jwks instanceof URL ? remoteKeySet({ url: options.jwks }) : createLocalJWKSet(options.jwks);
  return {
    async verify(token) {
      try {
        const { payload, protectedHeader } = await jwtVerify(token, keys, {
          issuer: options.issuer,
          audience: options.audience,
          algorithms,
          requiredClaims: ['sub', 'exp', 'iat'],
          maxTokenAge: options.maxLifetime,
          clockTolerance: 5,
        });
        if (!isAccessToken(protectedHeader.typ, payload)) return { fault: 'invalid-token' };
        const tenant = payload[options.tenantClaim];
        const claimedRoles = payload[options.rolesClaim];
        if (!isName(payload.sub) || !isName(tenant) || !Array.isArray(claimedRoles)) return { fault: 'invalid-token' };
        if (payload.exp! - payload.iat! > options.maxLifetime) return { fault: 'invalid-token' };
        const careTeams = careTeamsIn(payload[options.careTeamsClaim]);
        return { principal: { name: payload.sub, tenant, roles: claimedRoles.filter(isRole), careTeams } };
      } catch (error) {
        if (!isAboutToken(error)) throw new UnavailableError('the key set of the issuer', 'JWKS');
        return { fault: error instanceof errors.JWTExpired ? 'expired' : 'invalid-token' };
      }
    },
  };
}

/**
 * Whether a token was issued to call an API. Issuers sign other tokens with the same keys, such as logout tokens and
 * security events: they are told apart by the type in the header (RFC 8725, 3.11; RFC 9068), by the claim `events`
 * (RFC 8417), and by Keycloak in a claim `typ`.
 */
function isAccessToken(type: string | undefined, { events, typ }: JWTPayload): boolean {
  if (type !== undefined && !/^(application\/)?(at\+jwt|jwt)$/i.test(type)) return false;
  return events === undefined && (typ === undefined || !['ID', 'Logout', 'Refresh', 'Offline'].includes(String(typ)));
}

/** A key set that cannot be had says nothing about the token. For an answer that is none jose has no class of its own. */
function isAboutToken(error: unknown): boolean {
  const keySet = [errors.JWKSTimeout.code, errors.JWKSInvalid.code, errors.JOSEError.code];
  return error instanceof errors.JOSEError && !keySet.includes(error.code);
}
