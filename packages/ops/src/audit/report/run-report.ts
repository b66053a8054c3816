import type { LocalContext } from '../../context.ts';
import { type CriteriaFlags, criteriaOf } from '../look/criteria.ts';
import { ProgressBar } from '../progress-bar.ts';
import { type AuditTools, withStore } from '../tools.ts';
import { AccessReportBuilder } from './access-report.ts';
import { describeAccess } from './describe-access.ts';

/** Reports who accessed which patient, what was denied and where the glass was broken, in a period. */
export async function runReport(context: LocalContext, tools: AuditTools, flags: CriteriaFlags): Promise<void> {
  const report = await withStore({ tools, command: 'report', now: context.clock.now }, async ({ store, looked }) => {
    const { criteria, names } = await criteriaOf(flags, store, tools, context.signal);
    const { terminal } = tools;
    const bar = new ProgressBar({ terminal, verb: 'Reading', unit: 'events', now: context.clock.now });
    const builder = new AccessReportBuilder();
    try {
      for await (const page of store.findEvents(criteria)) {
        context.signal.throwIfAborted();
        for (const event of page) builder.add(event);
        bar.add(page.length);
      }
      // A client that proved no tenant may have meant this one. Of a patient it asked for nothing.
      const { tenant, from, to, patientRefs } = criteria;
      if (typeof tenant === 'string' && patientRefs === undefined) {
        const failed = { tenant: null, from, to, actions: ['authenticate'] };
        for await (const page of store.findEvents(failed)) {
          context.signal.throwIfAborted();
          for (const event of page) builder.addUnattributed(event);
        }
      }
    } finally {
      bar.end();
    }
    const built = builder.build();
    const [patientRef] = criteria.patientRefs ?? [];
    await looked({ action: 'audit.report', tenant: flags.tenant, criteria: names, count: built.events, patientRef });
    return built;
  });
  const { tenant, from, to } = flags;
  context.output.result({ tenant, from, to, ...report }, describeAccess(report, flags));
}
