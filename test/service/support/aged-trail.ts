import { randomBytes } from 'node:crypto';
import type { Database } from '../../../service/src/database/database.ts';
import { PostgresqlDatabase } from '../../../service/src/database/postgresql.ts';
import { buildTrail, type Trail } from '../../packages/audit-trail/support/build-trail.ts';
import { type LocalSigner, signerOf } from '../../packages/audit-trail/support/signers.ts';
import type { PostgresServer } from './postgres.ts';
import { runCommand } from './service.ts';

export interface AgedTrail {
  readonly trail: Trail;
  readonly signer: LocalSigner;
  /** For `AUDIT_SIGNING_KEY`. */
  readonly key: string;
  /** The last checkpoint that is older than six years. */
  readonly old: number;
  /** Events under the checkpoints up to `old`. */
  readonly oldEvents: number;
}

const day = 86_400_000;

/** A trail of which about half is older than six years: by hours, so that no test is too late for it. */
export async function agedTrail(
  options: {
    readonly seed?: number;
    readonly checkpoints?: number;
    readonly events?: number;
    readonly old?: number;
  } = {},
): Promise<AgedTrail> {
  const { seed = 1, checkpoints = 10, events = 400, old = 6 } = options;
  const secret = randomBytes(32);
  const signer = signerOf(secret);
  const perCheckpoint = Math.round(events / checkpoints);
  const build = (begin: number, length: number) => {
    const size = { checkpoints: length, events: perCheckpoint * length };
    return buildTrail({ seed, ...size, signer, begin, writers: 3, restart: 0.2, crash: 0.2, interval: day });
  };
  // Both have the same seed, so the second begins like the first, at another time.
  const first = await build(0, old);
  const until = Date.now() - 2192 * day;
  const trail = await build(until - day / 2 - first.end.getTime(), checkpoints);
  const oldEvents = trail.published[old - 1]!.checkpoint.statement.total;
  return { trail, signer, key: secret.toString('base64'), old, oldEvents };
}

/** Password of the roles that `createAged` makes. */
export const agedPassword = 'only-for-this-test-run';

/** Creates a database with an aged trail, for tests that each take a copy. The command makes the roles: `--retention-role keeper`. */
export async function createAged(
  server: PostgresServer,
  name: string,
  trail: Trail,
  roles: readonly string[],
): Promise<void> {
  await server.createDatabase(name);
  const { code, stdout, stderr } = await runCommand(['migrate', ...roles], {
    DATABASE_URL: server.ownerUrl(name),
    SERVICE_ROLE_PASSWORD: agedPassword,
    RETENTION_ROLE_PASSWORD: agedPassword,
  });
  if (code !== 0 || stdout !== '') throw new Error(`migrate failed: ${stderr}`);
  const owner = new PostgresqlDatabase({ url: server.ownerUrl(name), poolSize: 1, onIdleError: () => {} });
  await storeTrail(owner, trail).finally(() => owner.close());
}

/** Puts a trail into a database as if it had been written there. By its owner. */
export async function storeTrail(
  database: Database,
  { published }: Trail,
  sinks: Readonly<Record<string, number>> = { files: published.length },
): Promise<void> {
  const heads = new Map<string, { seq: number; hash: string; ended: boolean }>();
  await database.transaction(async (transaction) => {
    for (const { events, checkpoint } of published) {
      const rows = JSON.stringify(events.map((text) => ({ ...JSON.parse(text), text })));
      await transaction.query({
        text: `INSERT INTO audit_events (chain, seq, hash, recorded_at, tenant, principal, action, outcome, audit_id, patient_ref, event)
               SELECT chain, seq, sha256(convert_to(text, 'UTF8')), recorded_at, tenant, principal, action, outcome, audit_id,
                 decode(rpad(translate(patient_ref, '-_', '+/'), 44, '='), 'base64'), text
               FROM jsonb_to_recordset($1::jsonb) AS e (chain uuid, seq bigint, recorded_at timestamptz, tenant text, principal text,
                 action text, outcome text, audit_id uuid, patient_ref text, text text)`,
        values: [rows],
      });
      for (const { chain, to, head } of checkpoint.heads) {
        const last = events.map((text) => JSON.parse(text)).find((event) => event.chain === chain && event.seq === to);
        heads.set(chain, { seq: to, hash: head, ended: last.action === 'chain.end' });
      }
      const { number, made_at } = checkpoint.statement;
      await transaction.query({
        text: `INSERT INTO audit_checkpoints (number, hash, made_at, record) VALUES ($1, decode($2, 'hex'), $3, $4)`,
        values: [number, checkpoint.hash, made_at, checkpoint.record],
      });
    }
    for (const [chain, { seq, hash, ended }] of heads) {
      await transaction.query({
        text: `INSERT INTO audit_heads (chain, seq, hash, ended) VALUES ($1, $2, decode($3, 'hex'), $4)`,
        values: [chain, seq, hash, ended],
      });
    }
    for (const [sink, number] of Object.entries(sinks)) {
      await transaction.query({
        text: `INSERT INTO audit_publications (sink, number, term) VALUES ($1, $2, 0)`,
        values: [sink, number],
      });
    }
  });
}
