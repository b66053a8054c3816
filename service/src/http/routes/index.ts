import type { AnalysisService } from '../../analysis/analysis-service.ts';
import type { BreakGlass } from '../../notes/access/break-glass.ts';
import type { GrantReviews } from '../../notes/access/grant-reviews.ts';
import type { NoteLists } from '../../notes/note-lists.ts';
import type { NoteService } from '../../notes/note-service.ts';
import type { RateLimiter } from '../rate-limiter.ts';
import type { Route } from '../route.ts';
import { analyzeNoteRoute } from './analyze-note.ts';
import { analyzeTextRoute } from './analyze-text.ts';
import { auditVerificationRoute, type VerificationRouteDependencies } from './audit-verification.ts';
import { breakGlassRoute } from './break-glass.ts';
import { deidentifyRoute } from './deidentify.ts';
import { exportAuditRoute } from './export-audit.ts';
import { ingestRoute } from './ingest.ts';
import { noteAuditRoute } from './note-audit.ts';
import { readAnalysisRoute } from './read-analysis.ts';
import { readBreakGlassRoute } from './read-break-glass.ts';
import { readNoteRoute } from './read-note.ts';
import { reviewBreakGlassRoute, searchBreakGlassRoute } from './review-break-glass.ts';
import { type AuditRouteDependencies, searchAuditRoute } from './search-audit.ts';
import { searchNotesRoute } from './search-notes.ts';
import { summarizeRoute } from './summarize.ts';

export interface RouteDependencies extends AuditRouteDependencies, VerificationRouteDependencies {
  readonly notes: NoteService;
  readonly noteLists: NoteLists;
  readonly analyses: AnalysisService;
  /** Called when the analysis of a note was queued. */
  readonly onQueued: () => void;
  readonly maxNoteLength: number;
  readonly breakGlass: BreakGlass;
  /** Limits how often a principal breaks the glass; undefined is no limit. */
  readonly breakGlassLimiter: RateLimiter | undefined;
  readonly grantReviews: GrantReviews;
}

/** Every route that needs a permission, the busiest first. */
export const protectedRoutes = (dependencies: RouteDependencies): readonly Route[] => [
  ingestRoute(dependencies.notes, dependencies.maxNoteLength, dependencies.onQueued),
  readNoteRoute(dependencies.notes, dependencies.analyses),
  searchNotesRoute(dependencies.noteLists),
  summarizeRoute(dependencies.analyses, dependencies.maxNoteLength),
  analyzeNoteRoute(dependencies.analyses),
  readAnalysisRoute(dependencies.analyses),
  deidentifyRoute(dependencies.analyses, dependencies.maxNoteLength),
  analyzeTextRoute(dependencies.analyses, dependencies.maxNoteLength),
  breakGlassRoute(dependencies.breakGlass, dependencies.breakGlassLimiter),
  readBreakGlassRoute(dependencies.breakGlass),
  searchBreakGlassRoute(dependencies.grantReviews),
  reviewBreakGlassRoute(dependencies.grantReviews),
  searchAuditRoute(dependencies),
  noteAuditRoute(dependencies),
  auditVerificationRoute(dependencies),
  exportAuditRoute(dependencies),
];
