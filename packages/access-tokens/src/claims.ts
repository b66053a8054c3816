import type { IssuerSettings } from './issuer-settings.ts';
import { notDrawn } from './not-drawn.ts';
import type { Pointer } from './presets.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** Who a token was issued to, in the terms of the service. */
export interface TokenPrincipal {
  readonly name: string;
  readonly tenant: string;
  readonly roles: readonly string[];
  readonly careTeams: readonly string[];
}

/** The value at a JSON Pointer (RFC 6901) in the claims; undefined if missing. */
export function claimAt(claims: Claims, pointer: Pointer): unknown {
  let value: unknown = claims;
  for (const part of pointer.slice(1).split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** The strings of a claim: an array of them, or one string with spaces between (scopes, RFC 6749 section 3.3). */
function stringsAt(claims: Claims, pointer: Pointer): readonly string[] | undefined {
  const value = claimAt(claims, pointer);
  if (typeof value === 'string') return value.split(' ').filter((part) => part !== '');
  if (!Array.isArray(value)) return undefined;
  return value.filter((item) => typeof item === 'string');
}

/** The first of the claims that is a string. */
export function firstString(claims: Claims, places: readonly Pointer[]): string | undefined {
  for (const place of places) {
    const value = claimAt(claims, place);
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

const mapped = (map: Readonly<Record<string, string>> | undefined, value: string): string | undefined => {
  if (map === undefined) return value;
  return Object.hasOwn(map, value) ? map[value] : undefined;
};

export const tenantIn = (claims: Claims, { tenant }: IssuerSettings): string | undefined => {
  if ('value' in tenant) return tenant.value;
  const value = claimAt(claims, tenant.claim);
  return typeof value === 'string' ? mapped(tenant.map, value) : undefined;
};

/** Our roles in the claims of a token; undefined where it has none of the claims that could list any. */
export function rolesIn(claims: Claims, settings: IssuerSettings, known: readonly string[]): string[] | undefined {
  const lists = settings.roleClaims.map((place) => stringsAt(claims, place)).filter((list) => list !== undefined);
  if (lists.length === 0) return undefined;
  const names = lists.flat().map((value) => mapped(settings.roleMap, value));
  return known.filter((role) => names.includes(role));
}

export function careTeamsIn(claims: Claims, { careTeams }: IssuerSettings): string[] {
  const value = claimAt(claims, careTeams.claim);
  // One string is no list: a sentence must not become the names of teams.
  if (!Array.isArray(value)) return [];
  const names = value.filter((item) => typeof item === 'string').map((item) => mapped(careTeams.map, item));
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** Most characters of the name of a principal. */
export const PRINCIPAL_LENGTH = 256;

const blank = new RegExp(`[${notDrawn}]`, 'u');

/**
 * Whether a text can name a principal in the audit trail: what providers issue (`auth0|42`, `CORP\jane doe`, `-Ab_9`),
 * without characters that a terminal or a reader cannot see, and without spaces at its ends.
 */
export const isPrincipalName = (text: unknown): text is string =>
  typeof text === 'string' &&
  text.length <= PRINCIPAL_LENGTH &&
  /^[^\p{C}\p{Z}](?:(?:[^\p{C}\p{Z}]| )*[^\p{C}\p{Z}])?$/u.test(text) &&
  !blank.test(text) &&
  text.normalize('NFC') === text;
