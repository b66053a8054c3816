import { createContext, useContext } from 'react';
import { api } from '../api/client.ts';
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
  const { value: me, problem, reload } = useLoad('me', (signal) => api.get<Me>('/me', { signal }));
  return { me, problem, reload };
}

/** Ends the session, also on the server. */
export async function signOut(): Promise<void> {
  await fetch('/session/end', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
  location.assign('/app/signed-out');
}
