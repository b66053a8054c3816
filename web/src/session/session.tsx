import { createContext, useContext } from 'react';
import { sentAhead } from '../api/ahead.ts';
import { api, leave } from '../api/client.ts';
import { useLoad } from '../api/use-load.ts';

/** Who is signed in. */
export interface Me {
  readonly principal: string;
  readonly tenant: string;
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  readonly care_teams: readonly string[];
  readonly expires_at: string;
  readonly idle_seconds: number;
}

export const SessionContext = createContext<Me | undefined>(undefined);

/** Who is signed in. For components under the shell. */
export function useMe(): Me {
  const me = useContext(SessionContext);
  if (me === undefined) throw new Error('useMe is for components under the shell.');
  return me;
}

/** Asks who is signed in. Without a session, the client goes to the sign-in page. */
export function useSessionLoad() {
  const {
    value: me,
    problem,
    reload,
  } = useLoad('me', (signal) => sentAhead<Me>('/me') ?? api.get<Me>('/me', { signal }));
  return { me, problem, reload };
}

/** Signs the person out, here and at the identity provider. */
export async function signOut(): Promise<void> {
  const config = await fetch('/app/config.json').then(
    (response) => response.json() as Promise<{ readonly sign_in: EndSession }>,
    () => undefined,
  );
  const ended = await end();
  const provider = config?.sign_in;
  if (provider?.end_session_endpoint !== undefined) location.replace(signOutAddress(provider));
  else location.replace(`/app/signed-out${ended ? '' : '#unconfirmed'}`);
}

/** Ends the session of a person who has left. The provider's own session is not ours to end without them. */
export async function endIdleSession(): Promise<void> {
  await end('idle');
  location.replace('/app/signed-out#idle');
}

/**
 * The page is left whatever the service answers, and soon: nothing of it may stay on the screen. The request outlives it.
 *
 * @returns whether the service confirmed the end in time
 */
async function end(reason?: 'idle'): Promise<boolean> {
  leave();
  const confirmed = fetch('/session/end', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ reason }),
    keepalive: true,
    // 401: it has ended before.
  }).then(
    ({ status }) => status === 204 || status === 401,
    () => false,
  );
  return Promise.race([confirmed, new Promise<boolean>((resolve) => setTimeout(resolve, 3_000, false))]);
}

interface EndSession {
  readonly end_session_endpoint?: string;
  readonly client_id?: string;
}

/** https://openid.net/specs/openid-connect-rpinitiated-1_0.html; an address with a query is used as it is. */
function signOutAddress({ end_session_endpoint: address, client_id: clientId }: EndSession): string {
  const url = new URL(address!);
  if (url.search === '') {
    url.searchParams.set('client_id', clientId!);
    url.searchParams.set('post_logout_redirect_uri', `${location.origin}/app/signed-out`);
  }
  return url.href;
}
