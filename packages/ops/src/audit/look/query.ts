import type { StoredEvent } from '@healthcare-ai/audit-trail/store';
import type { LocalContext } from '../../context.ts';
import { type AuditTools, withStore } from '../tools.ts';
import { type CriteriaFlags, criteriaOf } from './criteria.ts';
import { eventLine } from './event-line.ts';

/** Shows the events to which the criteria apply, oldest first. */
export async function queryEvents(
  context: LocalContext,
  tools: AuditTools,
  flags: CriteriaFlags & { readonly limit: number },
): Promise<void> {
  const { found, more } = await withStore(
    { tools, command: 'query', now: context.clock.now },
    async ({ store, looked }) => {
      const { criteria, names } = await criteriaOf(flags, store, tools, context.signal);
      const events: StoredEvent[] = [];
      for await (const page of store.findEvents(criteria)) {
        context.signal.throwIfAborted();
        events.push(...page);
        if (events.length > flags.limit) break;
      }
      const shown = events.slice(0, flags.limit);
      const [patientRef] = criteria.patientRefs ?? [];
      await looked({ action: 'audit.search', tenant: flags.tenant, criteria: names, count: shown.length, patientRef });
      return { found: shown, more: events.length > flags.limit };
    },
  );
  for (const event of found) context.output.row(event, eventLine(event));
  context.output.progress(
    more
      ? `Stopped after ${flags.limit} events; there are more: a shorter period, or a larger --limit`
      : `${found.length} events`,
  );
}
