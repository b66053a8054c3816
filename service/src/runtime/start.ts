import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { maxBodyBytes } from '@healthcare-ai/contract';
import { AnalysisService } from '../analysis/analysis-service.ts';
import { createApp } from '../app.ts';
import { Committer } from '../audit/committer.ts';
import { DenialCounter } from '../audit/denial-counter.ts';
import type { Config } from '../config/read.ts';
import type { RateLimit } from '../config/settings/values.ts';
import { Keyring } from '../crypto/keyring.ts';
import type { Database } from '../database/database.ts';
import { prepareSchema } from '../database/migrate.ts';
import { canChangeAudit } from '../database/service-role.ts';
import { StoredForms } from '../database/stored-forms.ts';
import { createDocs } from '../http/docs/index.ts';
import { buildOpenApi } from '../http/openapi/build-openapi.ts';
import { RateLimiter } from '../http/rate-limiter.ts';
import { Readiness } from '../http/readiness.ts';
import { describeRoutes } from '../http/routes/descriptions.ts';
import { protectedRoutes } from '../http/routes/index.ts';
import { selfSigned } from '../http/self-signed.ts';
import { connectionLimits, createServer, type TlsMaterial } from '../http/server.ts';
import { Authenticator } from '../identity/authenticator.ts';
import { acceptsCredential, Sessions } from '../identity/sessions.ts';
import { StartLink } from '../identity/start-link.ts';
import { BreakGlass } from '../notes/access/break-glass.ts';
import { GrantReviews } from '../notes/access/grant-reviews.ts';
import { NoteAccess } from '../notes/access/note-access.ts';
import { sweepIdempotencyRecords } from '../notes/idempotent-note-writer.ts';
import { NoteLists } from '../notes/note-lists.ts';
import { NoteService } from '../notes/note-service.ts';
import { errorFields, type Logger } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { Background } from './background.ts';
import { openAnalysis } from './open-analysis.ts';
import { openDatabase } from './open-database.ts';
import { openKeyWrapper } from './open-key-wrapper.ts';
import { openPage } from './open-page.ts';
import { openTokenVerifier, trustedIssuers } from './open-token-verifier.ts';
import { openTrail } from './open-trail.ts';

export interface ServiceOptions {
  readonly config: Config;
  readonly version: string;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Folder with the files of the documentation page. */
  readonly docsAssets: string;
  /** Folder with the files of the page at /app; it may be missing. */
  readonly pageFiles: string;
  /** The file whose main function is that of an analysis thread. */
  readonly threadFile: string;
}

export interface RunningService {
  /** Such as `http://127.0.0.1:8000`. */
  readonly url: string;
  /** Whether the page is served at /app. */
  readonly hasPage: boolean;
  /** Signs the owner of a laptop in without a key; undefined elsewhere. */
  readonly startLink: StartLink | undefined;
  readonly database: Database;
  readonly committer: Committer;
  /** Stops as the platforms expect it; resolves when everything that was accepted is stored. */
  stop(): Promise<void>;
}

/**
 * Composes the service and starts listening.
 *
 * @throws SchemaError, UnknownWrappingKeyError, DatabaseUnavailableError, and what `listen` throws
 */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const { config, log } = options;
  const opened = await openDatabase(config, log);
  try {
    const core = await openCore(options, opened.database);
    const { database, committer, analysis, trail } = core;
    let draining = false;
    const api = createApi(options, core, () => draining);
    const background = startBackground(options, core, api);
    const tls = await tlsMaterial(config);
    const limits = connectionLimits(config.TRUST_PROXY_HOPS);
    const { server, connections } = createServer({ listener: api.app, tls, limits });
    background.every(60, 'connection_limits', async () => {
      const cut = Object.entries(connections.takeCut());
      for (const [reason, count] of cut) log.warn('connections_limited', { reason, count });
    });
    analysis.workers.start();
    const { port } = await listen(server, config);
    log.info('listening', {
      host: config.HOST,
      port,
      tls: config.TLS !== 'off',
      version: options.version,
      lanes: core.lanes,
      // For operators: the embedded database has no replicas and no backups.
      database: database.kind === 'pglite' ? 'embedded (not for production)' : 'postgresql',
    });

    return {
      url: `${config.TLS === 'off' ? 'http' : 'https'}://${config.HOST}:${port}`,
      hasPage: api.page?.build !== undefined,
      startLink: api.startLink,
      database,
      committer,
      async stop() {
        const deadline = performance.now() + config.SHUTDOWN_DEADLINE_SECONDS * 1000;
        draining = true;
        analysis.workers.drain();
        await sleep(config.SHUTDOWN_DELAY_SECONDS * 1000);
        const cut = await connections.close(drainTime(config));
        if (cut > 0) log.warn('connections_cut', { count: cut });
        await background.stop();
        await analysis.stop(stopTime(config));
        await api.recordDenials().catch((error: unknown) => log.error('audit_write_failed', errorFields(error)));
        await committer.stop();
        // After the last event: the closing checkpoint covers the ends of the chains.
        await trail.stop(Math.max(1_000, Math.min(10_000, deadline - performance.now() - 1_000)));
        await opened.close();
      },
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** What the API needs: keys, trail, committer and analyses, all on one database. */
async function openCore({ config, log, metrics, threadFile }: ServiceOptions, database: Database) {
  await checkDatabase(database, config, log);
  const forms = await StoredForms.open(database);
  const schema = () => forms.auditSchema;
  const keyring = await Keyring.open({
    database,
    wrapper: await openKeyWrapper(config),
    onError: (error) => log.error('data_key_failed', errorFields(error)),
  });
  const trail = await openTrail({ config, database, log, metrics });
  const { committed: onCommitted, onChained } = trail;
  const lanes = database.kind === 'pglite' ? 1 : config.LANES;
  const committer = new Committer({ database, log, metrics, lanes, onCommitted, onChained, schema });
  // Each connects lanes of its own: together they take as long as one.
  const [analysis] = await Promise.all([
    openAnalysis({ config, database, keyring, log, metrics, threadFile, onCommitted, onChained, schema }),
    committer.start(),
  ]);
  return { database, forms, keyring, trail, committer, analysis, lanes };
}

type Core = Awaited<ReturnType<typeof openCore>>;

function createApi(
  { config, version, log, metrics, docsAssets, pageFiles }: ServiceOptions,
  { database, keyring, trail, committer, analysis }: Core,
  draining: () => boolean,
) {
  const denials = new DenialCounter();
  const access = new NoteAccess({ database, committer });
  const notes = new NoteService({ database, committer, keyring, metrics, access });
  const minutes = config.BREAK_GLASS_MINUTES;
  const onQueued = () => analysis.workers.nudge();
  const routes = protectedRoutes({
    ...{ database, committer, keyring, notes, onQueued },
    noteLists: new NoteLists({ database, committer, keyring, access, notes }),
    analyses: new AnalysisService({ database, committer, keyring, notes, access, log, ...analysis, onQueued }),
    maxNoteLength: config.MAX_NOTE_LENGTH,
    breakGlass: new BreakGlass({ database, committer, keyring, notes, access, minutes }),
    breakGlassLimiter: limiterOf(config.BREAK_GLASS_RATE_LIMIT),
    trailLag: () => trail.lag(),
    grantReviews: new GrantReviews({ database, committer }),
  });
  const issuers = trustedIssuers(config);
  const sessions = new Sessions({ database, committer, accepts: acceptsCredential(issuers) });
  const startLink = database.kind === 'pglite' && config.PAGE_SIGN_IN === 'api-key' ? new StartLink() : undefined;
  const page = openPage(config, pageFiles, sessions, startLink, log);
  const app = createApp({
    version,
    routes,
    openApi: () => buildOpenApi({ routes: describeRoutes(routes), version }),
    docs: createDocs({ assets: docsAssets }),
    authenticator: new Authenticator({ database, tokens: openTokenVerifier(issuers, config) }),
    page,
    committer,
    denials,
    log,
    metrics,
    readiness: new Readiness({ database, committer }),
    draining,
    corsOrigins: config.CORS_ORIGINS,
    trustedHops: config.TRUST_PROXY_HOPS,
    principalLimiter: limiterOf(config.RATE_LIMIT),
    failureLimiter: limiterOf(config.FAILED_AUTH_RATE_LIMIT),
    bodyLimit: maxBodyBytes(config.MAX_NOTE_LENGTH),
  });
  const recordDenials = () => denials.record(new Date(), (event) => committer.record(event));
  return { app, page, sessions, startLink, recordDenials };
}

function startBackground(
  { log, metrics }: ServiceOptions,
  { database, forms, keyring, trail, analysis }: Core,
  { sessions, recordDenials }: Pick<ReturnType<typeof createApi>, 'sessions' | 'recordDenials'>,
): Background {
  const background = new Background(log);
  background.every(60, 'record_denials', recordDenials);
  background.every(60, 'refresh_index_keys', () => keyring.refreshIndexKeys());
  background.every(60, 'refresh_stored_forms', () => forms.refresh());
  background.every(60, 'end_sessions', () => sessions.endOverdue());
  background.every(600, 'sweep_idempotency', () => sweepIdempotencyRecords(database));
  background.every(30, 'analysis_queue_status', () => analysis.measure());
  background.every(30, 'audit_lag', () => trail.measure());
  background.every(10, 'pool_status', async () => {
    const { total, idle, waiting } = database.poolStatus();
    metrics.report('poolConnections', total - idle, 'used');
    metrics.report('poolConnections', idle, 'idle');
    metrics.report('poolWaiting', waiting);
  });
  return background;
}

/** PostgreSQL is migrated by its owner; the service must not run as the owner. */
async function checkDatabase(database: Database, config: Config, log: Logger): Promise<void> {
  await prepareSchema(database);
  if (database.kind === 'pglite' || !(await canChangeAudit(database))) return;
  if (config.production) {
    throw new Error(
      'the database role can change the audit trail: log in as the role created by `migrate --service-role`',
    );
  }
  log.warn('database_role_too_strong', { reason: 'could change the audit trail' });
}

const limiterOf = (setting: RateLimit | 'off'): RateLimiter | undefined =>
  setting === 'off' ? undefined : new RateLimiter(setting);

async function tlsMaterial(config: Config): Promise<TlsMaterial | undefined> {
  if (config.TLS === 'off') return undefined;
  if (config.TLS === 'self-signed') return selfSigned();
  return { cert: readFileSync(config.TLS_CERT_FILE!, 'utf8'), key: readFileSync(config.TLS_KEY_FILE!, 'utf8') };
}

function listen(server: Server, { HOST, PORT }: Config): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(PORT, HOST, 1024, () => resolve(server.address() as AddressInfo));
  });
}

/**
 * How long requests in flight may take after the listener closed, in ms: a part of what is left until the deadline is
 * for the committer, so that clients that do not finish cannot keep the audit chains from being ended.
 */
function drainTime({ SHUTDOWN_DELAY_SECONDS: delay, SHUTDOWN_DEADLINE_SECONDS: deadline }: Config): number {
  const left = Math.max(0, deadline - delay) * 1000;
  return left - Math.min(5_000, left / 4);
}

/** Time for running analyses to finish after the last request, in ms. The others return to the queue. */
const stopTime = (config: Config): number => Math.min(2_000, drainTime(config) / 4);
