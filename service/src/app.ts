import type { IncomingMessage, RequestListener } from 'node:http';
import { contract } from '@healthcare-ai/contract';
import cors from 'cors';
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { Pipeline, type PipelineDependencies } from './http/pipeline.ts';
import type { Problem } from './http/problem.ts';
import { problems } from './http/problems.ts';
import type { Readiness } from './http/readiness.ts';
import { createContext, type RequestContext } from './http/request-context.ts';
import { createResponder } from './http/respond.ts';
import type { Route } from './http/route.ts';
import { healthRoutes } from './http/routes/health.ts';
import { securityHeaders } from './http/security-headers.ts';
import { repeatedHeader } from './http/single-headers.ts';
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

  /** @returns whether the request may go on; otherwise it was answered */
  const begin = (request: IncomingMessage, response: Response): boolean => {
    const context = createContext(request, use.trustedHops);
    response.locals = { context };
    response.on('close', () => observe(use, context, response));
    const repeated = repeatedHeader(request.rawHeaders);
    // RFC 9112, 3.2.
    if (request.headers.host === undefined && request.httpVersion === '1.1') refuse(response, problems.noHost());
    else if (repeated !== undefined) refuse(response, problems.repeatedHeader(repeated));
    else return true;
    return false;
  };
  app.use((request, response, next) => {
    if (begin(request, response)) next();
  });
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

  const table = new Map<string, Map<'GET' | 'POST', RequestHandler>>();
  const add = (path: string, method: 'GET' | 'POST', handler: RequestHandler) =>
    table.set(path, (table.get(path) ?? new Map()).set(method, handler));
  for (const route of use.routes) {
    add(route.path, route.method, (request, response) => pipeline.run(route, request, response, contextOf(response)));
  }
  const open = (path: string, answer: (context: RequestContext, response: Response) => unknown) =>
    add(path, 'GET', (_request, response) => {
      const context = contextOf(response);
      context.route = path;
      return answer(context, response) as Promise<void>;
    });
  for (const [path, answer] of healthRoutes(use)) {
    open(path, async (context, response) => {
      const { status, body } = await answer();
      respond.json(response, context, status, body);
    });
  }
  open('/', (context, response) => respond.json(response, context, 200, serviceInfo(use.version)));
  let openApi: Buffer | undefined;
  open('/openapi.json', (context, response) => {
    openApi ??= Buffer.from(JSON.stringify(use.openApi()));
    respond.document(response, context, openApi);
  });

  // Literal paths first: /notes/search is not the note "search", whatever the method.
  const literalFirst = [...table].sort(([a], [b]) => Number(a.includes('{')) - Number(b.includes('{')));
  for (const [pattern, handlers] of literalFirst) {
    const path = pattern.replaceAll(/\{(\w+)\}/g, ':$1');
    for (const [method, handler] of handlers) app[method === 'GET' ? 'get' : 'post'](path, handler);
    const allowed = [...handlers.keys()].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    app.all(path, (_request, response) => {
      contextOf(response).route = pattern;
      refuse(response, problems.methodNotAllowed(allowed));
    });
  }
  app.use('/docs', setHeaders(headers), (request, response, next) => {
    contextOf(response).route = '/docs';
    use.docs(request, response, next);
  });

  app.use((_request, response) => refuse(response, problems.notFound()));
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
      pipeline.run(route, request, response, contextOf(response)).catch((error) => fail(error, response));
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
