import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chain } from '@healthcare-ai/audit-trail/format/chain';
import { parseCheckpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import type { AuditAction } from '@healthcare-ai/audit-trail/format/event';
import { localSigner, type Signer } from '@healthcare-ai/audit-trail/format/signer';
import type { TrailReport } from '@healthcare-ai/audit-trail/verify/report';
import { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';
import { verifyStore } from '@healthcare-ai/ops/audit/source/database';
import { insertEvents } from '../../../service/src/audit/insert-events.ts';
import { readSnapshot } from '../../../service/src/audit/read/read-snapshot.ts';
import { readTrail } from '../../../service/src/audit/read/read-trail.ts';
import type { RecentEvents } from '../../../service/src/audit/seal/recent-events.ts';
import type { Database } from '../../../service/src/database/database.ts';
import { PostgresqlDatabase } from '../../../service/src/database/postgresql.ts';
import { eventually } from '../../support/eventually.ts';
import type { PostgresServer } from './postgres.ts';

export const newSigner = (): Signer => localSigner(generateKeyPairSync('ed25519').privateKey);

export const newName = (): string => `trail_${randomBytes(6).toString('hex')}`;

/** A new database of a server, with the schema of this release, opened as its owner. */
export async function newDatabase(server: PostgresServer, name = newName()): Promise<PostgresqlDatabase> {
  await server.createMigrated(name);
  return new PostgresqlDatabase({ url: server.ownerUrl(name), poolSize: 4, onIdleError: () => {} });
}

/** Writes events into chains as lanes do. */
export class Writer {
  readonly chain = new Chain();
  readonly #database: Database;
  readonly #recent: RecentEvents | undefined;

  /** @param recent takes what was committed */
  constructor(database: Database, recent?: RecentEvents) {
    this.#database = database;
    this.#recent = recent;
  }

  async write(count: number, action: AuditAction = 'note.create'): Promise<void> {
    for (let left = count; left > 0; left -= 64) {
      const drafts = Array.from({ length: Math.min(left, 64) }, () => ({
        action: this.chain.seq === 0 && left === count && action === 'note.create' ? ('chain.start' as const) : action,
        outcome: 'success' as const,
        recordedAt: new Date().toISOString(),
      }));
      await this.#database.query(insertEvents(this.chain, this.chain.append(drafts)));
      const events = this.chain.commit();
      this.#recent?.add(this.chain.id, events);
    }
  }
}

/** Verifies records and, in front of each, the events that it covers; events may come more than once. */
export function verifyLines(
  events: readonly string[],
  records: readonly string[],
  signers: readonly Pick<Signer, 'publicKey'>[],
): TrailReport {
  const verifier = new TrailVerifier({ keys: signers.map(({ publicKey }) => publicKey), now: new Date() });
  let at = 0;
  for (const [index, record] of records.entries()) {
    let missing = parseCheckpoint(record).statement.events;
    while (missing > 0 && at < events.length) {
      if (verifier.event(events[at]!, 'events', at + 1)) missing -= 1;
      at += 1;
    }
    verifier.record(record, 'checkpoints', index + 1);
  }
  for (; at < events.length; at++) verifier.unproven(events[at]!, 'events', at + 1);
  return verifier.finish();
}

/** What a folder that the trail is published to holds, and whether it is whole. */
export function verifyFolder(folder: string, signers: readonly Pick<Signer, 'publicKey'>[]): TrailReport {
  return verifyLines(linesOf(folder, 'events'), linesOf(folder, 'checkpoints'), signers);
}

/** Waits until a folder that the trail is published to has so many events of notes that were taken in. */
export async function untilPublished(folder: string, notes: number): Promise<void> {
  const found = () => linesOf(folder, 'events').filter((line) => line.startsWith('{"action":"note.create"')).length;
  await eventually(
    () => `${notes} notes are published, and ${found()} are`,
    () => found() >= notes,
  );
}

/** The lines of the files of a sink, without what a crash left of one. */
export function linesOf(folder: string, kind: 'events' | 'checkpoints'): string[] {
  const names = readdirSync(folder).filter((name) => name.startsWith(`${kind}-`));
  return names.sort().flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1));
}

/**
 * Verifies what a database holds, its columns included, as `ops audit verify` does.
 *
 * @param unproven whether the events that no checkpoint covers are read as well
 */
export async function verifyDatabase(
  database: Database,
  signers: readonly Pick<Signer, 'publicKey'>[],
  unproven = true,
): Promise<TrailReport> {
  const verifier = new TrailVerifier({ keys: signers.map(({ publicKey }) => publicKey), now: new Date() });
  const readAll = () => readSnapshot(database, (snapshot) => readTrail(snapshot, { after: 0, unproven }));
  await verifyStore({ readTrail: readAll }, verifier, () => {});
  return verifier.finish();
}

/** A log that keeps what it is told. */
export function recordingLog() {
  const lines: { readonly level: string; readonly event: string; readonly fields: Record<string, unknown> }[] = [];
  const at =
    (level: string) =>
    (event: string, fields: object = {}) => {
      lines.push({ level, event, fields: { ...fields } });
    };
  return {
    lines,
    events: () => lines.map(({ event }) => event),
    log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), flush: async () => {} },
  };
}
