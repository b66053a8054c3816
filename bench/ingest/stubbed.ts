import { randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { contract, maxBodyBytes } from '@healthcare-ai/contract';
import { hashToken, keyIdOf } from '@healthcare-ai/contract/api-key';
import type { Request, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { createApp } from '../../service/src/app.ts';
import { Committer } from '../../service/src/audit/committer.ts';
import { DenialCounter } from '../../service/src/audit/denial-counter.ts';
import { Keyring } from '../../service/src/crypto/keyring.ts';
import { LocalKeyWrapper } from '../../service/src/crypto/local-key-wrapper.ts';
import type { Connection, Database, Queryable, Statement } from '../../service/src/database/database.ts';
import { RateLimiter } from '../../service/src/http/rate-limiter.ts';
import { Readiness } from '../../service/src/http/readiness.ts';
import { ingestRoute } from '../../service/src/http/routes/ingest.ts';
import { connectionLimits, createServer } from '../../service/src/http/server.ts';
import { Authenticator } from '../../service/src/identity/authenticator.ts';
import { NoteAccess } from '../../service/src/notes/access/note-access.ts';
import { NoteService } from '../../service/src/notes/note-service.ts';
import { createLogger } from '../../service/src/telemetry/log.ts';
import { createMetrics } from '../../service/src/telemetry/metrics.ts';

/** The service with a database that takes everything at once and keeps nothing: all of the path but the store. */
const [port, token, limiter = 'none'] = process.argv.slice(2) as [string, string, ('none' | 'own' | 'library')?];
const limit = 1_000_000_000;
const stored: Record<string, unknown>[] = [];

function answer({ text, values }: Statement): Record<string, unknown>[] {
  if (text.startsWith('INSERT INTO data_keys')) {
    const [key_id, purpose, version, wrapped, wrapping_key_id] = values ?? [];
    stored.push({ key_id, purpose, version, wrapped, wrapping_key_id });
  }
  if (text.includes('FROM data_keys'))
    return stored.filter(({ purpose }) => (values![0] as unknown[]).includes(purpose));
  if (text.includes('FROM api_keys')) {
    const hash = hashToken(token);
    return [
      {
        key_id: keyIdOf(token),
        tenant: 'north',
        principal: 'bench',
        roles: ['integration'],
        hash,
        created_at: new Date(),
      },
    ];
  }
  return [];
}

const queryable: Queryable = {
  query: async <Row>(statement: Statement) => ({ rows: answer(statement) as Row[], rowCount: 0 }),
  execute: async () => {},
};
const connection: Connection = {
  ...queryable,
  lost: false,
  onLost: () => {},
  transaction: (work) => work(queryable),
  close: async () => {},
};
const database: Database = {
  ...queryable,
  kind: 'postgresql',
  connect: async () => connection,
  transaction: (work) => work(queryable),
  poolStatus: () => ({ total: 0, idle: 0, waiting: 0 }),
  close: async () => {},
};

const log = createLogger({
  level: 'info',
  format: 'json',
  base: { service: 'healthcare-ai', version: '0', stage: 'bench' },
});
const metrics = createMetrics({ version: '0', stage: 'bench' });
const committer = new Committer({ database, log, metrics, lanes: contract.database.lanes });
await committer.start();
const wrapper = new LocalKeyWrapper(randomBytes(32), [], 'bench');
const keyring = await Keyring.open({ database, wrapper, onError: () => {} });
const access = new NoteAccess({ database, committer });
const notes = new NoteService({ database, committer, keyring, metrics, access });
const app = createApp({
  version: '0',
  routes: [ingestRoute(notes, contract.maxNoteLength, () => {})],
  openApi: () => ({}),
  docs: (_request, _response, next) => next(),
  authenticator: new Authenticator({ database }),
  committer,
  denials: new DenialCounter(),
  log,
  metrics,
  readiness: new Readiness({ database, committer }),
  draining: () => false,
  corsOrigins: [],
  trustedHops: 0,
  principalLimiter: limiter === 'own' ? new RateLimiter({ count: limit, seconds: 60 }) : undefined,
  failureLimiter: undefined,
  bodyLimit: maxBodyBytes(contract.maxNoteLength),
});
const library = rateLimit({
  limit,
  windowMs: 60_000,
  standardHeaders: 'draft-8',
  legacyHeaders: false,
  validate: false,
  keyGenerator: () => 'north|bench',
});
const limited: RequestListener = (request, response) =>
  void library(request as Request, response as Response, () => app(request, response));
const listener = limiter === 'library' ? limited : app;
createServer({ listener, tls: undefined, limits: connectionLimits(0) }).server.listen(Number(port), '127.0.0.1');
// An exit, not a kill: a profile is written at the exit.
process.once('SIGTERM', () => process.exit());
