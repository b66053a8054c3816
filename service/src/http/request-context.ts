import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AuditAction } from '@healthcare-ai/audit-trail/format/event';
import type { Credential } from '../identity/authenticator.ts';
import type { Principal } from '../identity/roles.ts';
import type { Session } from '../identity/sessions.ts';
import { clientAddress } from './client-address.ts';

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
  /** What proved the principal; undefined where a session did. */
  credential: Credential | undefined;
  session: Session | undefined;
  auditId: string | undefined;
  /** Code of the problem that it ended with. */
  reason: string | undefined;
  /** Headers beyond the security headers, as name, value, name, value. */
  headers: string[];
  /** True when the client waits for 100 (Continue) before it sends its body. */
  readonly expectsContinue: boolean;
  /** True once 100 (Continue) was sent. */
  invited: boolean;
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE']);

const expectsContinue = ({ headers, httpVersion }: IncomingMessage): boolean =>
  httpVersion === '1.1' && /(?:^|\W)100-continue(?:$|\W)/i.test(headers.expect ?? '');

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
    credential: undefined,
    session: undefined,
    auditId: undefined,
    reason: undefined,
    headers: [],
    expectsContinue: request.headers.expect !== undefined && expectsContinue(request),
    invited: false,
  };
}

/**
 * The trace id of W3C `traceparent`, or of the load balancer's `X-Amzn-Trace-Id`. Only hexadecimal digits of the right
 * number are taken: a header could hold anything, and zeros alone are no id.
 */
function traceId(headers: IncomingMessage['headers']): string | undefined {
  const w3c = headers.traceparent;
  if (typeof w3c === 'string') return /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/.exec(w3c)?.[1];
  const amazon = headers['x-amzn-trace-id'];
  if (typeof amazon !== 'string') return undefined;
  const root = /(?:^|;)Root=1-([0-9a-f]{8})-([0-9a-f]{24})(?:;|$)/.exec(amazon);
  return root ? root[1]! + root[2]! : undefined;
}
