import type { IncomingMessage } from 'node:http';
import { contract } from '@healthcare-ai/contract';
import type { Authentication, AuthenticationFault, Authenticator } from '../identity/authenticator.ts';
import type { Sessions } from '../identity/sessions.ts';
import type { StartLink } from '../identity/start-link.ts';
import { isJsonInUtf8 } from './media-type.ts';
import type { Problem } from './problem.ts';
import { problems } from './problems.ts';
import type { RequestContext } from './request-context.ts';
import { isSameOrigin } from './same-origin.ts';
import { clearBrowser, sessionIds } from './session-cookie.ts';

/** How the requests of a mount prove who they come from. */
export interface Gate {
  /** Begins the route in events, logs and metrics. */
  readonly prefix: string;

  /**
   * Judges a request before its credential.
   *
   * @returns the problem with which it is refused
   */
  readonly check?: (request: IncomingMessage, context: RequestContext) => Problem | undefined;
  readonly authenticate: (
    request: IncomingMessage,
    doubtful: () => boolean,
  ) => Authentication | Promise<Authentication>;
  /** Whether a fault counts for the limit of its address. */
  readonly isGuess: (fault: AuthenticationFault) => boolean;
  readonly refusal: (fault: AuthenticationFault) => Problem;
}

/** The API: a bearer token and nothing else. */
export const bearerGate = (authenticator: Authenticator): Gate => ({
  prefix: '',
  authenticate: ({ headers }, doubtful) => authenticator.authenticate(headers.authorization, doubtful),
  isGuess: () => true,
  refusal: (fault) => problems.authenticationRequired(fault !== 'missing'),
});

/** The API of the page: its cookie and nothing else, and no request that a page elsewhere can have a browser send. */
export const sessionGate = (sessions: Sessions): Gate => ({
  prefix: contract.pageApi,
  check: pageOnly,
  authenticate: ({ headers }, doubtful) => sessions.authenticate(sessionIds(headers.cookie)[0], doubtful),
  isGuess: (fault) => fault !== 'missing' && fault !== 'expired' && fault !== 'idle',
  refusal: problems.sessionRequired,
});

/** Where a credential is handed in for a session. */
export const handInGate = (authenticator: Authenticator, startLink: StartLink | undefined): Gate => ({
  ...bearerGate(authenticator),
  check: pageOnly,
  authenticate: ({ headers: { authorization } }, doubtful) =>
    startLink?.redeem(authorization) ?? authenticator.authenticate(authorization, doubtful),
});

/** Where a session ends: the browser forgets it, even if it has ended before. */
export const signOutGate = (sessions: Sessions): Gate => ({
  ...sessionGate(sessions),
  prefix: '',
  check(request, context) {
    const problem = pageOnly(request);
    if (!problem) context.headers.push(...clearBrowser);
    return problem;
  },
});

/** A form of another site can send neither JSON nor fetch metadata of its choice. */
function pageOnly(request: IncomingMessage): Problem | undefined {
  if (!isSameOrigin(request)) return problems.crossSite();
  const isChange = request.method !== 'GET' && request.method !== 'HEAD';
  if (isChange && !isJsonInUtf8(request.headers['content-type'] ?? '')) return problems.unsupportedMediaType();
  return undefined;
}
