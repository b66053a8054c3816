import { Agent, request } from 'node:http';
import { localSigner } from '@healthcare-ai/audit-trail/format/signer';
import type { TrailReport } from '@healthcare-ai/audit-trail/verify/report';
import { Sealer } from '../../../service/src/audit/seal/sealer.ts';
import { readConfig } from '../../../service/src/config/read.ts';
import { ed25519Key } from '../../../service/src/config/settings/values.ts';
import { PostgresqlDatabase } from '../../../service/src/database/postgresql.ts';
import { verifyEmbedded } from './embedded-trail.ts';
import { recordingLog, verifyDatabase } from './sealed-trail.ts';
import type { TestDatabase } from './service.ts';

/** What the database holds, as its owner sees it. */
export interface Trail {
  /** Audit ids of the stored notes. */
  readonly notes: readonly string[];
  /** Audit ids of the events that tell of a note being stored: not of one that was repeated. */
  readonly created: readonly string[];
  /** Chains, each with its events in order. */
  readonly chains: ReadonlyMap<string, readonly TrailEvent[]>;
}

export interface TrailEvent {
  readonly action: string;
  readonly recorded_at: string;
  readonly outcome: string;
  readonly subject?: string;
  readonly reason?: string;
  readonly audit_id?: string;
  readonly tenant?: string;
}

export async function readTrail({ server }: TestDatabase): Promise<Trail> {
  const notes = await server!.query<{ audit_id: string }>('SELECT audit_id FROM notes');
  const rows = await server!.query<{ chain: string; event: string }>(
    'SELECT chain, event FROM audit_events ORDER BY chain, seq',
  );
  const chains = new Map<string, TrailEvent[]>();
  for (const { chain, event } of rows) {
    const events = chains.get(chain) ?? [];
    chains.set(chain, events);
    events.push(JSON.parse(event) as TrailEvent);
  }
  const created = [...chains.values()]
    .flat()
    .filter(({ action, outcome, reason }) => action === 'note.create' && outcome === 'success' && reason === undefined)
    .map(({ audit_id }) => audit_id!);
  return { notes: notes.map(({ audit_id }) => audit_id), created, chains };
}

/** Verifies the trail that the service left in its database; a service that was killed early made no checkpoint. */
export async function verifyAudit({ env, server }: TestDatabase): Promise<TrailReport> {
  if (!server) return verifyEmbedded(env.DATA_DIR!);
  const database = new PostgresqlDatabase({ url: server.ownerUrl(), poolSize: 2, onIdleError: () => {} });
  const signers = [localSigner(ed25519Key.parse(env.AUDIT_SIGNING_KEY))];
  try {
    const { rows } = await database.query({ text: 'SELECT FROM audit_checkpoints LIMIT 1' });
    if (rows.length === 0) {
      const stage = readConfig(env, String, ['database']).STAGE;
      const sealer = new Sealer({ database, signers, stage, log: recordingLog().log, metrics: { report() {} } });
      await sealer.seal({ dueAfter: 0 });
    }
    return await verifyDatabase(database, signers);
  } finally {
    await database.close();
  }
}

export interface ReadNote {
  readonly patient_id: string;
  readonly note_text: string;
}

/** Reads notes back over HTTP, several at a time. */
export async function readNotes(
  url: string,
  token: string,
  auditIds: readonly string[],
): Promise<Map<string, ReadNote | number>> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const found = new Map<string, ReadNote | number>();
  const waiting = [...auditIds];
  const reader = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop())
      found.set(id, await readNote(url, token, id, agent));
  };
  await Promise.all(Array.from({ length: 16 }, reader));
  agent.destroy();
  return found;
}

function readNote(url: string, token: string, auditId: string, agent: Agent): Promise<ReadNote | number> {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${token}` };
    request(`${url}/notes/${auditId}`, { agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')) as ReadNote);
        else resolve(response.statusCode!);
      });
    })
      .on('error', reject)
      .end();
  });
}
