import { noteRequest, sendAhead } from './api/ahead.ts';
import { matchPath } from './match-path.ts';

/** Runs before the code of the page is there: what it will ask for is on its way meanwhile. */
if (location.pathname !== '/app/signed-out') {
  sendAhead('/me');
  const note = matchPath('/app/notes/:id', location.pathname);
  if (note) sendAhead(noteRequest(note.id!));
}
