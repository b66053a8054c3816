import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import type { Request, Response } from 'express';
import * as z from 'zod';
import { type Committer, OverloadedError } from '../audit/committer.ts';
import type { DenialCounter } from '../audit/denial-counter.ts';
import type { Authentication } from '../identity/authenticator.ts';
import { mayDo, type Principal } from '../identity/roles.ts';
import { isUuid } from '../ids/uuid-v7.ts';
import { errorFields, type Logger } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { addressGroup } from './client-address.ts';
import type { Gate } from './gates.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { type FieldError, jsonPointer, type Problem } from './problem.ts';
import { problemOf, problems } from './problems.ts';
import { queryFlag } from './query-parameters.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { readJson } from './read-json.ts';
import type { RequestContext } from './request-context.ts';
import type { Responder } from './respond.ts';
import type { Operation } from './route.ts';
import { nameFaults } from './unknown-names.ts';

export interface PipelineDependencies {
  readonly committer: Committer;
  readonly denials: DenialCounter;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly respond: Responder;
  /** Limits each principal; undefined is no limit. */
  readonly principalLimiter: RateLimiter | undefined;
  /** Limits failed authentications of each IPv4 address and IPv6 /64 network; undefined is no limit. */
  readonly failureLimiter: RateLimiter | undefined;
  /** Largest body, in bytes. */
  readonly bodyLimit: number;
}

/** Maximum number of requests in progress; further ones get 503. */
const mostRunning = 4_096;

/**
 * What every protected request goes through, in this order: authenticate, limit, authorise, read, validate, handle,
 * answer. One function for all of it, so that no route can leave a step out.
 */
export class Pipeline {
  readonly #use: PipelineDependencies;
  #running = 0;

  constructor(dependencies: PipelineDependencies) {
    this.#use = dependencies;
  }

  async run(
    gate: Gate,
    route: Operation,
    request: Request,
    response: Response,
    context: RequestContext,
  ): Promise<void> {
    context.route = gate.prefix + route.path;
    context.action = route.action;
    this.#running += 1;
    try {
      if (this.#running > mostRunning) throw new OverloadedError();
      this.#check(gate, request, context);
      const pending = this.#authenticate(gate, request, context);
      // A client that is known is authenticated without a promise.
      const principal = this.#admit(gate, pending instanceof Promise ? await pending : pending, context);
      // Before authorization: each denial is an event, and no client may flood the trail.
      this.#limit(principal, context);
      if (route.permission && !mayDo(principal, route.permission)) throw problems.forbidden();
      const params = checkedParams(request.params);
      const query = queryOf(request.url);
      const flags = flagsOf(query, route);
      // With the rest of the head, before a client that expects 100 (Continue) sends its body.
      const idempotencyKey = route.documentation?.idempotent ? idempotencyKeyOf(request.headers) : undefined;
      const invite = () => {
        if (!context.expectsContinue) return;
        context.invited = true;
        response.writeContinue();
      };
      const body = route.body && validate(route, await readJson(request, this.#use.bodyLimit, invite));
      const actor = { principal, event: eventOf(context, principal) };
      const { headers } = request;
      const reply = await route.handle({ actor, body, params, flags, query, idempotencyKey, headers, context });
      if ('lines' in reply) await this.#use.respond.lines(response, context, reply);
      else this.#use.respond.json(response, context, reply.status, reply.body);
    } catch (error) {
      await this.#fail(error, response, context);
    } finally {
      this.#running -= 1;
    }
  }

  #check(gate: Gate, request: Request, context: RequestContext): void {
    const problem = gate.check?.(request, context);
    if (!problem) return;
    if (problem.code === 'cross-site') {
      // Counted: a page elsewhere can send as many as it likes through the browsers of others.
      this.#use.denials.add({ action: 'request', reason: problem.code, source: context.source });
    }
    throw problem;
  }

  #authenticate(gate: Gate, request: Request, context: RequestContext): Authentication | Promise<Authentication> {
    const { failureLimiter } = this.#use;
    return gate.authenticate(request, () => failureLimiter?.isExhausted(addressGroup(context.source)) ?? false);
  }

  #admit(gate: Gate, authentication: Authentication, context: RequestContext): Principal {
    const { principal, credential, session, fault, claimed } = authentication;
    if (principal) {
      context.principal = principal;
      context.credential = credential;
      context.session = session;
      return principal;
    }
    const { failureLimiter } = this.#use;
    this.#use.metrics.report('authenticationFailures', 1, fault);
    // Counted, not recorded one by one: an unauthenticated sender must not be able to flood the trail.
    this.#use.denials.add({
      action: 'authenticate',
      reason: fault,
      source: context.source,
      tenant: claimed?.tenant,
      principal: claimed?.name,
    });
    // Who opens the page without a session has guessed at nothing.
    const allowance = gate.isGuess(fault) ? failureLimiter?.take(addressGroup(context.source)) : undefined;
    if (allowance && !allowance.allowed) {
      this.#use.metrics.report('rateLimited', 1, 'address');
      throw problems.rateLimited(allowance.reset);
    }
    // The key may be good: the client tries again.
    if (fault === 'not-checked') throw problems.rateLimited(1);
    throw gate.refusal(fault);
  }

  #limit(principal: Principal, context: RequestContext): void {
    const limiter = this.#use.principalLimiter;
    if (!limiter) return;
    const allowance = limiter.take(`${principal.tenant}|${principal.name}`);
    context.headers.push(...limiter.headers(allowance, 'principal'));
    if (allowance.allowed) return;
    this.#use.metrics.report('rateLimited', 1, 'principal');
    this.#use.denials.add({
      action: 'request',
      reason: 'rate-limited',
      source: context.source,
      tenant: principal.tenant,
      principal: principal.name,
    });
    throw problems.rateLimited(allowance.reset, { recorded: true });
  }

  async #fail(error: unknown, response: Response, context: RequestContext): Promise<void> {
    const known = problemOf(error);
    if (!known) this.#use.log.error('request_failed', { request_id: context.requestId, ...errorFields(error) });
    const problem = known ?? problems.internal();
    await this.#record(problem, context);
    this.#use.respond.problem(response, context, problem);
  }

  /**
   * Records what the request did not record itself. A refusal discloses nothing, so it is answered even if its event
   * cannot be stored; the log then has the failure.
   */
  async #record(problem: Problem, context: RequestContext): Promise<void> {
    if (problem.recorded || !context.principal || problem.status === 503) return;
    try {
      await this.#use.committer.record({
        ...eventOf(context, context.principal),
        action: context.action,
        outcome: problem.status === 403 ? 'denied' : 'failure',
        recordedAt: new Date().toISOString(),
        reason: problem.code,
        status: problem.status,
      });
    } catch (error) {
      this.#use.log.error('audit_write_failed', { request_id: context.requestId, ...errorFields(error) });
    }
  }
}

function queryOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at + 1);
}

function eventOf(
  context: RequestContext,
  principal: Principal,
): Omit<AuditEventDraft, 'action' | 'outcome' | 'recordedAt'> {
  return {
    principal: principal.name,
    tenant: principal.tenant,
    roles: principal.roles,
    method: context.method,
    route: context.route,
    source: context.source,
    requestId: context.requestId,
    traceId: context.traceId,
  };
}

/**
 * Every path parameter of this API is a UUID, in any letter case (RFC 9562, 4); what is not one names nothing.
 *
 * @param params none where the request did not come through Express
 */
function checkedParams(params: Request['params'] | undefined): Readonly<Record<string, string>> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(params ?? {})) {
    const id = String(value).toLowerCase();
    if (!isUuid(id)) throw problems.notFound();
    checked[name] = id;
  }
  return checked;
}

const noFlags: Readonly<Record<string, boolean>> = {};

/** @throws Problem 422 for a parameter that the route does not know, and for a flag that is malformed */
function flagsOf(
  query: string,
  { documentation, unknownNames: others = 'refused' }: Operation,
): Readonly<Record<string, boolean>> {
  if (query === '') return noFlags;
  const flags = Object.keys(documentation?.flags ?? {});
  const names = [...flags, ...(documentation?.paged ? ['cursor'] : [])];
  const given = new URLSearchParams(query);
  const faults = nameFaults([...given.keys()], { names, others }, 'parameter');
  if (faults.length > 0) throw problems.invalidContent(faults);
  return Object.fromEntries(flags.map((name) => [name, queryFlag(given, name)]));
}

function validate({ body: schema, unknownNames: others = 'refused' }: Operation, sent: unknown): unknown {
  const result = schema!.safeParse(sent);
  const faults: FieldError[] = [];
  if (schema instanceof z.ZodObject && typeof sent === 'object' && sent !== null && !Array.isArray(sent)) {
    const names = Object.keys(schema.shape);
    const given = Object.keys(sent);
    if (!given.every((name) => names.includes(name))) faults.push(...nameFaults(given, { names, others }, 'member'));
  }
  if (result.success && faults.length === 0) return result.data;
  for (const { code, path, message } of result.error?.issues ?? []) {
    // Said above, without the names that were sent.
    if (code === 'unrecognized_keys' && path.length === 0) continue;
    faults.push({ pointer: jsonPointer(path), detail: message });
  }
  throw problems.invalidContent(faults);
}
