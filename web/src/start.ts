import { noteRequest, sendAhead } from './api/ahead.ts';
import type { Session } from './api/types.ts';
import { inSight } from './in-sight.ts';
import { matchPath } from './match-path.ts';

// Runs before the code of the page is loaded: what the page will ask for is on its way meanwhile.
await inSight();
if (location.pathname !== '/app/signed-out') {
  const session = sendAhead<Session>('/me');
  const note = matchPath('/app/notes/:id', location.pathname);
  if (note) {
    session.then(
      ({ permissions }) => {
        if (permissions.includes('note.read')) sendAhead(noteRequest(note.id!));
      },
      () => undefined,
    );
  }
}
