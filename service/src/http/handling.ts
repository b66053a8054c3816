import type { IncomingMessage } from 'node:http';
import { contract } from '@healthcare-ai/contract';
import type { Request, RequestHandler, Response } from 'express';
import { errorFields } from '../telemetry/log.ts';
import type { Gate } from './gates.ts';
import { Pipeline, type PipelineDependencies } from './pipeline.ts';
import type { Problem } from './problem.ts';
import { problems } from './problems.ts';
import { createContext, type RequestContext } from './request-context.ts';
import { headFault } from './request-head.ts';
import { createResponder, type Responder } from './respond.ts';
import type { Operation } from './route.ts';
import type { Endpoint } from './route-table.ts';
import { sessionIds } from './session-cookie.ts';

export interface HandlingOptions extends Omit<PipelineDependencies, 'respond'> {
  /** Headers of every answer, as name, value, name, value. */
  readonly headers: readonly string[];
  /** True once the process is stopping. */
  readonly draining: () => boolean;
  /** Proxies in front whose entries in X-Forwarded-For are believed. */
  readonly trustedHops: number;
}

/** What a request carries from its first middleware to its log line. */
type WithContext = { context: RequestContext };

export const contextOf = (response: Response): RequestContext => (response.locals as WithContext).context;

/** The beginning, the refusal and the end that every request has, whichever part of the application answers it. */
export class Handling {
  readonly #options: HandlingOptions;
  readonly #pipeline: Pipeline;
  readonly respond: Responder;

  constructor(options: HandlingOptions) {
    this.#options = options;
    this.respond = createResponder(options);
    this.#pipeline = new Pipeline({ ...options, respond: this.respond });
  }

  /** @returns whether the request continues; otherwise it was answered */
  begin(request: IncomingMessage, response: Response): boolean {
    const context = createContext(request, this.#options.trustedHops);
    response.locals = { context };
    response.on('close', () => observe(this.#options, context, response));
    const fault = headFault(request);
    if (fault) this.refuse(response, fault);
    else if (sessionIds(request.headers.cookie).length > 1) this.refuse(response, problems.repeatedCookie());
    else return true;
    return false;
  }

  run(gate: Gate, operation: Operation, request: Request, response: Response): Promise<void> {
    return this.#pipeline.run(gate, operation, request, response, contextOf(response));
  }

  /** @returns the endpoint of an operation behind a gate */
  endpoint(gate: Gate, operation: Operation): Endpoint {
    const { method, path } = operation;
    return { method, path, handler: (request, response) => this.run(gate, operation, request, response) };
  }

  refuse(response: Response, problem: Problem): void {
    this.respond.problem(response, contextOf(response), problem);
  }

  /** Answers a fault of the program. */
  fail(error: unknown, response: Response): void {
    this.#options.log.error('request_failed', { request_id: contextOf(response).requestId, ...errorFields(error) });
    this.refuse(response, problems.internal());
  }

  readonly notFound: RequestHandler = (_request, response) => this.refuse(response, problems.notFound());

  /** Refuses other methods than GET and HEAD. */
  readonly onlyRead: RequestHandler = ({ method }, response, next) => {
    if (method === 'GET' || method === 'HEAD') next();
    else this.refuse(response, problems.methodNotAllowed(['GET', 'HEAD']));
  };

  /** Refuses the methods that a path does not have. @param prefix where its router is mounted */
  refuseMethod =
    (prefix = '') =>
    (path: string, allowed: readonly string[]): RequestHandler =>
    (_request, response) => {
      contextOf(response).route = prefix + path;
      this.refuse(response, problems.methodNotAllowed(allowed));
    };
}

/** For the few answers that this service does not write itself: preflights, and the files of the documentation. */
export const setHeaders =
  (headers: readonly string[]): RequestHandler =>
  (_request, response, next) => {
    response.setHeader('X-Request-Id', contextOf(response).requestId);
    for (let index = 0; index < headers.length; index += 2) response.setHeader(headers[index]!, headers[index + 1]!);
    next();
  };

const quiet: ReadonlySet<string> = new Set([contract.paths.health, contract.paths.live, contract.paths.ready]);

/** One log line and one measurement a request: the route's pattern, never its URL. */
function observe({ log, metrics }: HandlingOptions, context: RequestContext, response: Response): void {
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
