import type { NoteService } from '../../notes/note-service.ts';
import type { Route } from '../route.ts';
import { ingestRoute } from './ingest.ts';
import { noteAuditRoute } from './note-audit.ts';
import { readNoteRoute } from './read-note.ts';
import { type AuditRouteDependencies, searchAuditRoute } from './search-audit.ts';
import { searchNotesRoute } from './search-notes.ts';

export interface RouteDependencies extends AuditRouteDependencies {
  readonly notes: NoteService;
  readonly maxNoteLength: number;
}

/** Every route that needs a permission, the busiest first. */
export const protectedRoutes = (dependencies: RouteDependencies): readonly Route[] => [
  ingestRoute(dependencies.notes, dependencies.maxNoteLength),
  readNoteRoute(dependencies.notes),
  searchNotesRoute(dependencies.notes),
  searchAuditRoute(dependencies),
  noteAuditRoute(dependencies),
];
