import type { StorableKey } from '@healthcare-ai/contract/api-key';
import type { Queryable } from '../database/database.ts';
import { careTeamForm, isCareTeam, maxCareTeams } from './care-teams.ts';
import { isName, isRole, type Principal, type Role, roles } from './roles.ts';

export interface StoredApiKey {
  readonly keyId: string;
  readonly hash: Buffer;
  readonly principal: Principal;
  readonly createdAt: Date;
  readonly expiresAt?: Date;
  readonly revokedAt?: Date;
}

interface Row {
  readonly key_id: string;
  readonly tenant: string;
  readonly principal: string;
  readonly roles: string[];
  readonly care_teams: string[];
  readonly hash: Buffer;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
}

const columns = 'key_id, tenant, principal, roles, care_teams, hash, created_at, expires_at, revoked_at';

export interface KeyOwner {
  readonly tenant: string;
  readonly principal: string;
  readonly roles: readonly string[];

  /**
   * Care teams whose notes the key opens.
   *
   * @default - none: notes of no team
   */
  readonly careTeams?: readonly string[];
}

/** @throws RangeError when a name or a role is not one; the message says what is allowed */
export function requireOwner(owner: KeyOwner): void {
  if (!isName(owner.tenant)) throw new RangeError('the tenant must be 1 to 128 letters, digits and . _ : @ / | -');
  if (!isName(owner.principal))
    throw new RangeError('the principal must be 1 to 128 letters, digits and . _ : @ / | -');
  if (owner.roles.length === 0 || !owner.roles.every(isRole)) {
    throw new RangeError(`the roles must be one or more of ${roles.join(', ')}`);
  }
  const teams = owner.careTeams ?? [];
  if (teams.length > maxCareTeams) throw new RangeError(`a key may name at most ${maxCareTeams} care teams`);
  if (!teams.every(isCareTeam)) throw new RangeError(`a care team ${careTeamForm}`);
}

/**
 * Stores a key that was made already.
 *
 * @throws RangeError as `requireOwner` does
 */
export async function storeApiKey(
  database: Queryable,
  key: StorableKey,
  owner: KeyOwner,
  expiresAt?: Date,
): Promise<void> {
  requireOwner(owner);
  await database.query({
    text: `INSERT INTO api_keys (key_id, tenant, principal, roles, hash, expires_at, care_teams)
           VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    values: [
      ...[key.keyId, owner.tenant, owner.principal, owner.roles, key.hash, expiresAt ?? null],
      [...new Set(owner.careTeams)],
    ],
  });
}

export async function findApiKey(database: Queryable, keyId: string): Promise<StoredApiKey | undefined> {
  const { rows } = await database.query<Row>({
    name: 'find-api-key',
    text: `SELECT ${columns} FROM api_keys WHERE key_id = $1`,
    values: [keyId],
  });
  return rows[0] && stored(rows[0]);
}

/** @param tenant lists the keys of one tenant alone */
export async function listApiKeys(database: Queryable, tenant?: string): Promise<StoredApiKey[]> {
  const { rows } = await database.query<Row>({
    text: `SELECT ${columns} FROM api_keys WHERE $1::text IS NULL OR tenant = $1 ORDER BY created_at, key_id`,
    values: [tenant ?? null],
  });
  return rows.map(stored);
}

/** @returns the key that was revoked, or undefined when no active key has this id */
export async function revokeApiKey(database: Queryable, keyId: string): Promise<StoredApiKey | undefined> {
  const { rows } = await database.query<Row>({
    text: `UPDATE api_keys SET revoked_at = now() WHERE key_id = $1 AND revoked_at IS NULL RETURNING ${columns}`,
    values: [keyId],
  });
  return rows[0] && stored(rows[0]);
}

const stored = (row: Row): StoredApiKey => ({
  keyId: row.key_id,
  hash: row.hash,
  principal: {
    name: row.principal,
    tenant: row.tenant,
    roles: row.roles.filter(isRole) as Role[],
    careTeams: row.care_teams,
  },
  createdAt: row.created_at,
  expiresAt: row.expires_at ?? undefined,
  revokedAt: row.revoked_at ?? undefined,
});
