import type { IncomingMessage, RequestListener } from 'node:http';
import { contract } from '@healthcare-ai/contract';
import cors from 'cors';
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { bearerGate, type Gate, handInGate, sessionGate, signOutGate } from './http/gates.ts';
import type { PageBuild } from './http/page/build.ts';
import { type SignIn, servePage } from './http/page/serve-page.ts';
import { Pipeline, type PipelineDependencies } from './http/pipeline.ts';
import type { Problem } from './http/problem.ts';
import { problems } from './http/problems.ts';
import type { Readiness } from './http/readiness.ts';
import { createContext, type RequestContext } from './http/request-context.ts';
import { headFault } from './http/request-head.ts';
import { createResponder } from './http/respond.ts';
import type { Operation, Route } from './http/route.ts';
import { addEndpoints, type Endpoint } from './http/route-table.ts';
import { healthRoutes } from './http/routes/health.ts';
import { endSession, startSession, whoAmI } from './http/routes/sessions.ts';
import { securityHeaders } from './http/security-headers.ts';
import { sessionIds } from './http/session-cookie.ts';
import type { Authenticator } from './identity/authenticator.ts';
import type { Sessions } from './identity/sessions.ts';
import type { StartLink } from './identity/start-link.ts';
import { errorFields } from './telemetry/log.ts';

export interface AppDependencies extends Omit<PipelineDependencies, 'respond'> {
  readonly version: string;
  readonly routes: readonly Route[];
  readonly readiness: Readiness;
  /** True once the process is stopping. */
  readonly draining: () => boolean;
  /** Origins whose pages may call the API. */
  readonly corsOrigins: readonly string[];
  /** Proxies in front whose entries in X-Forwarded-For are believed. */
  readonly trustedHops: number;
  /** Builds the OpenAPI document; called when it is first requested. */
  readonly openApi: () => unknown;
  /** Serves the documentation page. */
  readonly docs: RequestHandler;
  readonly authenticator: Authenticator;

  /**
   * The page at /app and its sessions.
   *
   * @default - none
   */
  readonly page?: {
    /** Undefined where the page was not built. */
    readonly build: PageBuild | undefined;
    readonly signIn: SignIn;
    readonly sessions: Sessions;
    /** How long broken glass stays open. */
    readonly breakGlassMinutes: number;
    /** Signs the owner of a laptop in without a key; undefined elsewhere. */
    readonly startLink: StartLink | undefined;
  };
}

/** What a request carries from its first middleware to its log line. */
type WithContext = { context: RequestContext };

/** Builds the application. Nothing is started, and nothing is kept outside of it. */
export function createApp(use: AppDependencies): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.set('case sensitive routing', true);

  const headers = securityHeaders();
  const respond = createResponder({ headers, draining: use.draining });
  const pipeline = new Pipeline({ ...use, respond });
  const contextOf = (response: Response): RequestContext => (response.locals as WithContext).context;
  const refuse = (response: Response, problem: Problem): void =>
    respond.problem(response, contextOf(response), problem);
  const bearer = bearerGate(use.authenticator);
  const notFound: RequestHandler = (_request, response) => refuse(response, problems.notFound());
  const onlyRead: RequestHandler = ({ method }, response, next) => {
    if (method === 'GET' || method === 'HEAD') next();
    else refuse(response, problems.methodNotAllowed(['GET', 'HEAD']));
  };

  /** @returns whether the request may go on; otherwise it was answered */
  const begin = (request: IncomingMessage, response: Response): boolean => {
    const context = createContext(request, use.trustedHops);
    response.locals = { context };
    response.on('close', () => observe(use, context, response));
    const fault = headFault(request);
    if (fault) refuse(response, fault);
    else if (sessionIds(request.headers.cookie).length > 1) refuse(response, problems.repeatedCookie());
    else return true;
    return false;
  };
  app.use((request, response, next) => {
    if (begin(request, response)) next();
  });

  const runs =
    (gate: Gate) =>
    (operation: Operation): Endpoint => ({
      method: operation.method,
      path: operation.path,
      handler: (request, response) => pipeline.run(gate, operation, request, response, contextOf(response)),
    });
  const refuseMethod =
    (prefix: string) =>
    (path: string, allowed: readonly string[]): RequestHandler =>
    (_request, response) => {
      contextOf(response).route = prefix + path;
      refuse(response, problems.methodNotAllowed(allowed));
    };

  if (use.page) {
    const { sessions, startLink, ...page } = use.page;
    const api = express.Router({ caseSensitive: true });
    addEndpoints(api, [whoAmI, ...use.routes].map(runs(sessionGate(sessions))), refuseMethod(contract.pageApi));
    app.use(contract.pageApi, api, notFound);
    app.use('/app', servePage({ ...page, version: use.version, headers, contextOf }), onlyRead, notFound);
    const endpoints = [
      runs(handInGate(use.authenticator, startLink))(startSession(sessions)),
      runs(signOutGate(sessions))(endSession(sessions)),
    ];
    addEndpoints(app, endpoints, refuseMethod(''));
    app.use('/session', notFound);
  }
  // Behind the page and its sessions: no page of another origin may read those.
  if (use.corsOrigins.length > 0) {
    // `cors` answers OPTIONS itself.
    app.options('{*path}', setHeaders(headers));
    app.use(
      cors({
        origin: [...use.corsOrigins],
        methods: ['GET', 'POST'],
        allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key'],
        exposedHeaders: ['Idempotency-Replayed', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'],
        maxAge: 600,
      }),
    );
  }

  const open = (path: string, answer: (context: RequestContext, response: Response) => unknown): Endpoint => ({
    method: 'GET',
    path,
    handler(_request, response) {
      const context = contextOf(response);
      context.route = path;
      return answer(context, response) as Promise<void>;
    },
  });
  let openApi: Buffer | undefined;
  const openEndpoints = [
    ...[...healthRoutes(use)].map(([path, answer]) =>
      open(path, async (context, response) => {
        const { status, body } = await answer();
        respond.json(response, context, status, body);
      }),
    ),
    open('/', (context, response) => respond.json(response, context, 200, serviceInfo(use.version))),
    open('/openapi.json', (context, response) => {
      openApi ??= Buffer.from(JSON.stringify(use.openApi()));
      respond.document(response, context, openApi);
    }),
  ];
  addEndpoints(app, [...use.routes.map(runs(bearer)), ...openEndpoints], refuseMethod(''));
  app.use('/docs', setHeaders(headers), (request, response, next) => {
    contextOf(response).route = '/docs';
    use.docs(request, response, next);
  });
  app.use('/docs', onlyRead);

  app.use(notFound);
  const fail = (error: unknown, response: Response) => {
    use.log.error('request_failed', { request_id: contextOf(response).requestId, ...errorFields(error) });
    refuse(response, problems.internal());
  };
  app.use(((error, _request, response, _next) => {
    const status = (error as { status?: unknown }).status;
    // The router's own faults, such as a path that does not decode, are the client's.
    if (typeof status === 'number' && status >= 400 && status < 500) refuse(response, problems.notFound());
    else fail(error, response);
  }) satisfies ErrorRequestHandler);

  // Express and its router cost as much as the whole of node:http (`npm run bench`): what is posted to an exact path goes
  // past them. CORS is a middleware of Express, so with it everything goes through.
  const direct = use.corsOrigins.length > 0 ? [] : use.routes.filter(isPostToExactPath);
  const routeOf = new Map(direct.map((route) => [route.path, route]));
  return (incoming, outgoing) => {
    const route = incoming.method === 'POST' ? routeOf.get(incoming.url!) : undefined;
    const [request, response] = [incoming as Request, outgoing as Response];
    if (!route) app(request, response);
    else if (begin(request, response)) {
      pipeline.run(bearer, route, request, response, contextOf(response)).catch((error) => fail(error, response));
    }
  };
}

const isPostToExactPath = ({ method, path }: Route): boolean => method === 'POST' && !path.includes('{');

/** For the few answers that this service does not write itself: preflights, and the files of the documentation. */
const setHeaders =
  (headers: readonly string[]): RequestHandler =>
  (_request, response, next) => {
    response.setHeader('X-Request-Id', (response.locals as WithContext).context.requestId);
    for (let index = 0; index < headers.length; index += 2) response.setHeader(headers[index]!, headers[index + 1]!);
    next();
  };

const quiet: ReadonlySet<string> = new Set([contract.paths.health, contract.paths.live, contract.paths.ready]);

/** One log line and one measurement a request: the route's pattern, never its URL. */
function observe({ log, metrics }: AppDependencies, context: RequestContext, response: Response): void {
  const seconds = (performance.now() - context.started) / 1000;
  // 499 is nginx's for a client that went away before its answer.
  const status = response.writableFinished ? response.statusCode : 499;
  metrics.report('httpRequestDuration', seconds, context.method, context.route, String(status));
  log[quiet.has(context.route) ? 'debug' : 'info']('http_request', {
    request_id: context.requestId,
    trace_id: context.traceId,
    method: context.method,
    route: context.route,
    status,
    duration_ms: Math.round(seconds * 100_000) / 100,
    tenant: context.principal?.tenant,
    principal: context.principal?.name,
    audit_id: context.auditId,
    reason: context.reason,
  });
}

const serviceInfo = (version: string) => ({
  service: 'healthcare-ai',
  version,
  description: 'Ingests clinical notes durably and keeps an audit trail of every access.',
  documentation: '/docs',
  openapi: '/openapi.json',
  health: contract.paths.health,
});
