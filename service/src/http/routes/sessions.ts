import * as z from 'zod';
import { permissions } from '../../identity/roles.ts';
import { type Session, type Sessions, sessionLimits } from '../../identity/sessions.ts';
import { problems } from '../problems.ts';
import type { Operation } from '../route.ts';
import type { sessionResponse } from '../schemas/session.ts';
import { sessionIds, setSessionCookie } from '../session-cookie.ts';

/** Hands a token or an API key in for a session. */
export const startSession = (sessions: Sessions): Operation => ({
  method: 'POST',
  path: '/session',
  permission: undefined,
  action: 'session.start',
  body: z.object({}),
  async handle({ actor, headers, context }) {
    const credential = context.credential!;
    if (!sessions.accepts(credential)) throw problems.signInRequired();
    // A session that the browser already has ends here, so that none stays open unnoticed.
    for (const id of sessionIds(headers.cookie)) {
      const previous = await sessions.find(id);
      if (previous) await sessions.end(previous, 'replaced', actor.event);
    }
    const { id, session } = await sessions.start(actor.principal, credential, { ...actor.event, status: 201 });
    context.headers.push('Set-Cookie', setSessionCookie(id));
    return { status: 201, body: describe(session) };
  },
});

export const endSession = (sessions: Sessions): Operation => ({
  method: 'POST',
  path: '/session/end',
  permission: undefined,
  action: 'session.end',
  body: z.object({ reason: z.literal('idle', 'must be idle, or left out').optional() }),
  async handle({ actor, body, context }) {
    // The page ends the session of a person who has left.
    const { reason = 'signed-out' } = body as { reason?: 'idle' };
    await sessions.end(context.session!, reason, { ...actor.event, status: 204 });
    return { status: 204, body: undefined };
  },
});

/** Who is signed in, what they may do, and until when. Discloses nothing of a patient, so it leaves no event. */
export const whoAmI: Operation = {
  method: 'GET',
  path: '/me',
  permission: undefined,
  action: 'request',
  handle: async ({ context }) => ({ status: 200, body: describe(context.session!) }),
};

const describe = ({ principal, expiresAt }: Session): z.output<typeof sessionResponse> => ({
  principal: principal.name,
  tenant: principal.tenant,
  roles: [...principal.roles],
  permissions: [...new Set(principal.roles.flatMap((role) => permissions[role]))],
  care_teams: [...principal.careTeams],
  expires_at: expiresAt.toISOString(),
  idle_seconds: sessionLimits.idle / 1000,
});
