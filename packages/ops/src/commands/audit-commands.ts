import type { AuditTools } from '../audit/tools.ts';
import type { ContextOf, LocalContextOf } from '../program.ts';

/** What the commands below `audit` are made with. */
export interface AuditCommands {
  readonly tools: AuditTools;
  readonly contextOf: ContextOf;
  readonly localOf: LocalContextOf;
}
