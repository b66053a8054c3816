import { createContext, useContext, useEffect } from 'react';
import { sentAhead } from '../api/ahead.ts';
import { api, leave } from '../api/client.ts';
import type { PageConfig, Session } from '../api/types.ts';
import { useLoad } from '../api/use-load.ts';
import { onTabs, tellTabs } from './tabs.ts';

export const SessionContext = createContext<Session | undefined>(undefined);

/** Who is signed in. For components under the shell. */
export function useMe(): Session {
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
  } = useLoad('me', (signal) => sentAhead<Session>('/me') ?? api.get<Session>('/me', { signal }));
  useEffect(
    () =>
      onTabs((change) => {
        const isSame = change.kind === 'started' && change.tenant === me?.tenant && change.principal === me.principal;
        if (isSame) return;
        leave();
        if (change.kind === 'ended') location.replace(change.to);
        else if (me === undefined) location.reload();
        // What one person opened is not for the next one.
        else location.replace('/app/');
      }),
    [me],
  );
  return { me, problem, reload };
}

/** Longest wait for an answer before the page is left, in ms. */
const patience = 3_000;

/** Signs the person out, here and at the identity provider. */
export async function signOut(): Promise<void> {
  const [ended, provider] = await Promise.all([end(), providerOf()]);
  if (!ended) location.replace('/app/signed-out#unconfirmed');
  else if (provider?.mode === 'oidc' && provider.end_session_endpoint !== undefined) {
    location.replace(signOutAddress(provider.end_session_endpoint, provider.client_id));
  } else location.replace('/app/signed-out');
}

/** Ends the session of a person who has left. The provider's own session is not ours to end without them. */
export async function endIdleSession(): Promise<void> {
  await end('idle');
  location.replace(addressOf('idle'));
}

const addressOf = (reason?: 'idle') => `/app/signed-out${reason ? `#${reason}` : ''}`;

/**
 * The page is left whatever the service answers, and soon: nothing of it may stay on the screen, in this tab or another.
 * The request outlives it.
 *
 * @returns whether the service confirmed the end in time
 */
async function end(reason?: 'idle'): Promise<boolean> {
  leave();
  tellTabs({ kind: 'ended', to: addressOf(reason) });
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
  return Promise.race([confirmed, new Promise<boolean>((resolve) => setTimeout(resolve, patience, false))]);
}

/** Where people sign in; undefined where no answer comes. */
async function providerOf(): Promise<PageConfig['sign_in'] | undefined> {
  try {
    const response = await fetch('/app/config.json', { signal: AbortSignal.timeout(patience) });
    return ((await response.json()) as Partial<PageConfig>).sign_in;
  } catch {
    return undefined;
  }
}

/** https://openid.net/specs/openid-connect-rpinitiated-1_0.html; an address with a query is used as it is. */
function signOutAddress(address: string, clientId: string): string {
  const url = new URL(address);
  if (url.search === '') {
    url.searchParams.set('client_id', clientId);
    url.searchParams.set('post_logout_redirect_uri', `${location.origin}/app/signed-out`);
  }
  return url.href;
}
