import type { Queryable } from '../database/database.ts';
import { isRole, type Principal, type Role } from './roles.ts';

/** A session as it is stored. The id is known to the browser alone; the table has its SHA-256. */
export interface StoredSession {
  readonly idHash: Buffer;
  readonly principal: Principal;
  readonly keyId?: string;
  readonly issuer?: string;
  readonly createdAt: Date;
  /** Last use, to within the interval at which it is written. */
  readonly seenAt: Date;
  readonly expiresAt: Date;
  /** Whether the API key of the session was revoked, or is gone. Its expiry is in `expiresAt`. */
  readonly keyRevoked: boolean;
}

interface Row {
  readonly id_hash: Buffer;
  readonly tenant: string;
  readonly principal: string;
  readonly roles: string[];
  readonly care_teams: string[];
  readonly key_id: string | null;
  readonly issuer: string | null;
  readonly created_at: Date;
  readonly seen_at: Date;
  readonly expires_at: Date;
  readonly key_revoked: boolean;
}

/** Roles and care teams of a key are those that it has now, so that a change of the key ends no later than its cache. */
const select = `SELECT s.id_hash, s.tenant, s.principal, coalesce(k.roles, s.roles) AS roles,
       coalesce(k.care_teams, s.care_teams) AS care_teams, s.key_id, s.issuer, s.created_at, s.seen_at, s.expires_at,
       s.key_id IS NOT NULL AND (k.key_id IS NULL OR k.revoked_at IS NOT NULL) AS key_revoked
  FROM sessions s LEFT JOIN api_keys k ON k.key_id = s.key_id`;

export async function insertSession(database: Queryable, session: Omit<StoredSession, 'keyRevoked'>): Promise<void> {
  const { principal } = session;
  await database.query({
    text: `INSERT INTO sessions (id_hash, tenant, principal, roles, care_teams, key_id, issuer, created_at, seen_at, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      ...[session.idHash, principal.tenant, principal.name, principal.roles, principal.careTeams],
      ...[session.keyId ?? null, session.issuer ?? null, session.createdAt, session.seenAt, session.expiresAt],
    ],
  });
}

export async function findSession(database: Queryable, idHash: Buffer): Promise<StoredSession | undefined> {
  const { rows } = await database.query<Row>({
    name: 'find-session',
    text: `${select} WHERE s.id_hash = $1`,
    values: [idHash],
  });
  return rows[0] && stored(rows[0]);
}

/** Every session that has ended by itself or with its key: at `now`, or unused since `idleSince`. */
export async function findEndedSessions(database: Queryable, now: Date, idleSince: Date): Promise<StoredSession[]> {
  const { rows } = await database.query<Row>({
    text: `${select} WHERE s.expires_at <= $1 OR s.seen_at <= $2
                OR (s.key_id IS NOT NULL AND (k.key_id IS NULL OR k.revoked_at IS NOT NULL))
            ORDER BY s.expires_at LIMIT 1000`,
    values: [now, idleSince],
  });
  return rows.map(stored);
}

export async function markSessionSeen(database: Queryable, idHash: Buffer, now: Date): Promise<void> {
  await database.query({
    name: 'mark-session-seen',
    text: 'UPDATE sessions SET seen_at = $2 WHERE id_hash = $1 AND seen_at < $2',
    values: [idHash, now],
  });
}

/** @returns whether there was such a session: of several processes that remove one, a single one did */
export async function removeSession(database: Queryable, idHash: Buffer): Promise<boolean> {
  const { rowCount } = await database.query({ text: 'DELETE FROM sessions WHERE id_hash = $1', values: [idHash] });
  return rowCount > 0;
}

/** @returns how many sessions of the principal were removed */
export async function removeSessionsOf(database: Queryable, tenant: string, principal: string): Promise<number> {
  const { rowCount } = await database.query({
    text: 'DELETE FROM sessions WHERE tenant = $1 AND principal = $2',
    values: [tenant, principal],
  });
  return rowCount;
}

const stored = (row: Row): StoredSession => ({
  idHash: row.id_hash,
  principal: {
    name: row.principal,
    tenant: row.tenant,
    roles: row.roles.filter(isRole) as Role[],
    careTeams: row.care_teams,
  },
  keyId: row.key_id ?? undefined,
  issuer: row.issuer ?? undefined,
  createdAt: row.created_at,
  seenAt: row.seen_at,
  expiresAt: row.expires_at,
  keyRevoked: row.key_revoked,
});
