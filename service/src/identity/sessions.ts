import { hash, randomBytes } from 'node:crypto';
import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import type { Committer } from '../audit/committer.ts';
import type { Database } from '../database/database.ts';
import type { Authentication, Credential } from './authenticator.ts';
import { LookUpBudget } from './look-up-budget.ts';
import type { Principal } from './roles.ts';
import {
  findEndedSessions,
  findSession,
  insertSession,
  markSessionSeen,
  removeSession,
  type StoredSession,
} from './session-store.ts';

/** Longest life of a session, and longest time without a request, in ms. 45 CFR 164.312(a)(2)(iii), automatic logoff. */
export const sessionLimits = { life: 12 * 3_600_000, idle: 15 * 60_000 } as const;

/** The last use is written this often at most, in ms: a session may end that much before its idle time is over. */
const useInterval = 30_000;

/** Sessions that this process found lately: their requests are looked up whatever their address did. */
const mostKnown = 10_000;

/** Why a session ended. */
export type SessionEnd = 'signed-out' | 'replaced' | 'expired' | 'idle' | 'revoked';

/** A session that is valid. */
export interface Session {
  readonly idHash: Buffer;
  readonly principal: Principal;
  readonly expiresAt: Date;
}

/** Members of an event that the request of a person has, and the end of a session by itself has not. */
export type SessionEvent = Omit<AuditEventDraft, 'action' | 'outcome' | 'recordedAt'>;

/**
 * An API key is handed in only where no issuer is configured: it belongs to a system, or to the owner of a laptop. The
 * sessions of an issuer that is no longer trusted end.
 */
export const acceptsCredential =
  (issuers: readonly { readonly issuer: string }[]) =>
  ({ keyId, issuer }: Credential): boolean =>
    keyId === undefined ? issuers.some((trusted) => trusted.issuer === issuer) : issuers.length === 0;

export interface SessionsOptions {
  readonly database: Database;
  readonly committer: Pick<Committer, 'change'>;
  /** Whether a session may rest on what was handed in, by the configuration of this process. */
  readonly accepts: (credential: Credential) => boolean;

  /**
   * Wall clock, in ms: several processes judge one session.
   *
   * @default Date.now
   */
  readonly now?: () => number;
}

/**
 * Sessions of the page, for any number of processes on one database. Every request looks its session up, so that one
 * that ended here has ended everywhere.
 */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #now: () => number;
  readonly #budget = new LookUpBudget();
  readonly #known = new Set<string>();

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** Whether a credential may be handed in for a session. */
  accepts(credential: Credential): boolean {
    return this.#options.accepts(credential);
  }

  /** @returns the id, which goes to the browser and is kept nowhere here */
  async start(
    principal: Principal,
    { keyId, issuer, expiresAt }: Credential,
    event: SessionEvent,
  ): Promise<{ readonly id: string; readonly session: Session }> {
    const id = randomBytes(32).toString('base64url');
    const now = this.#now();
    const ends = Math.min(now + sessionLimits.life, expiresAt?.getTime() ?? Number.POSITIVE_INFINITY);
    const session = { idHash: hashOf(id), principal, expiresAt: new Date(ends) };
    const times = { createdAt: new Date(now), seenAt: new Date(now) };
    await this.#options.committer.change({
      change: (transaction) => insertSession(transaction, { ...session, keyId, issuer, ...times }),
      event: () => ({ ...event, ...this.#eventOf(session), action: 'session.start' }),
    });
    return { id, session };
  }

  /**
   * @param doubtful whether the address of the client has failed too often: an id that is not known here is then looked
   *   up from a small budget only
   * @throws DatabaseUnavailableError when the session cannot be looked up: that is no proof that it ended
   */
  async authenticate(id: string | undefined, doubtful: () => boolean): Promise<Authentication> {
    if (id === undefined) return { fault: 'missing' };
    if (!/^[A-Za-z0-9_-]{43}$/.test(id)) return { fault: 'malformed' };
    const idHash = hashOf(id);
    const name = idHash.toString('base64');
    if (!this.#known.has(name) && doubtful() && !(await this.#budget.take())) return { fault: 'not-checked' };
    const session = await findSession(this.#options.database, idHash);
    if (!session) {
      this.#known.delete(name);
      return { fault: 'unknown-session' };
    }
    const reason = this.#endOf(session);
    if (reason !== undefined) {
      this.#known.delete(name);
      await this.end(session, reason);
      return { fault: reason, claimed: session.principal };
    }
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.add(name);
    const now = this.#now();
    if (now - session.seenAt.getTime() >= useInterval) {
      await markSessionSeen(this.#options.database, idHash, new Date(now));
    }
    const { principal } = session;
    return { principal, session };
  }

  /** The session of an id, if it is there: it may have ended. */
  find(id: string): Promise<StoredSession | undefined> {
    return findSession(this.#options.database, hashOf(id));
  }

  /** Ends a session, with one event whichever process is first. */
  async end(session: Session, reason: SessionEnd, event: SessionEvent = {}): Promise<void> {
    await this.#options.committer.change({
      change: (transaction) => removeSession(transaction, session.idHash),
      event: (removed) =>
        removed ? { ...event, ...this.#eventOf(session), action: 'session.end', reason } : undefined,
    });
  }

  /** Ends every abandoned session. Call it each minute. */
  async endOverdue(): Promise<void> {
    const now = this.#now();
    const { database } = this.#options;
    const overdue = await findEndedSessions(database, new Date(now), new Date(now - sessionLimits.idle));
    for (const session of overdue) await this.end(session, this.#endOf(session) ?? 'expired');
  }

  #endOf({ keyRevoked, keyId, issuer, expiresAt, seenAt }: StoredSession): 'revoked' | 'expired' | 'idle' | undefined {
    if (keyRevoked || !this.#options.accepts({ keyId, issuer })) return 'revoked';
    const now = this.#now();
    if (expiresAt.getTime() <= now) return 'expired';
    return seenAt.getTime() + sessionLimits.idle <= now ? 'idle' : undefined;
  }

  #eventOf({ idHash, principal }: Session) {
    return {
      outcome: 'success',
      recordedAt: new Date(this.#now()).toISOString(),
      tenant: principal.tenant,
      principal: principal.name,
      // Joins start and end of a session; the id itself cannot be had from it.
      subject: idHash.subarray(0, 16).toString('hex'),
    } as const;
  }
}

const hashOf = (id: string): Buffer => hash('sha256', id, 'buffer');
