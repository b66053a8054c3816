import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { AuditAction } from '@healthcare-ai/audit-trail/format/event';
import type { Principal } from '../identity/roles.ts';

/** What is known of a request, for its log line, its metrics and its audit event. Nothing in it is a client's words. */
export interface RequestContext {
  readonly requestId: string;
  readonly traceId: string | undefined;
  readonly method: string;
  /** Address of the client, past the proxies that are believed. */
  readonly source: string;
  readonly started: number;
  /** Route pattern; `*` where no route matched. */
  route: string;
  action: AuditAction;
  principal: Principal | undefined;
  auditId: string | undefined;
  /** Code of the problem that it ended with. */
  reason: string | undefined;
  /** Headers beyond the security headers, as name, value, name, value. */
  headers: string[];
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE']);

export function createContext(request: IncomingMessage, trustedHops: number): RequestContext {
  return {
    requestId: randomUUID(),
    traceId: traceId(request.headers),
    method: methods.has(request.method ?? '') ? request.method! : '_OTHER',
    source: clientAddress(request, trustedHops),
    started: performance.now(),
    route: '*',
    action: 'request',
    principal: undefined,
    auditId: undefined,
    reason: undefined,
    headers: [],
  };
}

/**
 * The trace id of W3C `traceparent`, or of the load balancer's `X-Amzn-Trace-Id`. Only hexadecimal digits of the right
 * number are taken: a header could hold anything.
 */
function traceId(headers: IncomingMessage['headers']): string | undefined {
  const w3c = headers.traceparent;
  if (typeof w3c === 'string') return /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(w3c)?.[1];
  const amazon = headers['x-amzn-trace-id'];
  if (typeof amazon !== 'string') return undefined;
  const root = /(?:^|;)Root=1-([0-9a-f]{8})-([0-9a-f]{24})(?:;|$)/.exec(amazon);
  return root ? root[1]! + root[2]! : undefined;
}

/**
 * Each proxy appends the address that it saw, so with `hops` trusted proxies the client is the entry `hops` from the
 * right; what stands further left, a client can forge. Express's own `req.ip` parses more and says the same.
 */
export function clientAddress(request: IncomingMessage, hops: number): string {
  const peer = plainAddress(request.socket.remoteAddress ?? '');
  const forwarded = request.headers['x-forwarded-for'];
  if (hops === 0 || typeof forwarded !== 'string') return peer;
  const entries = forwarded.split(',');
  const entry = plainAddress((entries[Math.max(0, entries.length - hops)] ?? '').trim());
  // An entry that is no address was not written by a proxy of ours.
  return isAddress(entry) ? entry : peer;
}

const plainAddress = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address);
// `isIP` also takes a zone after '%', which may be any word.
const isAddress = (text: string): boolean => isIP(text) !== 0 && !text.includes('%');
