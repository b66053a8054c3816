import type { Policy } from '../core/finding.ts';
import { show } from '../core/template.ts';
import { metricsOf } from './alarm-metrics.ts';

/** Heartbeats: their silence is the fault. */
const heartbeats =
  /^(SuccessPercent|HealthyHostCount|RunningTaskCount|DatabaseUp|AuditPublisherLagSeconds|NumberOfBackupJobsCompleted)$/;

export const alarmMissingData: Policy = {
  id: 'alarm-missing-data',
  description: 'Every alarm says what silence means; the silence of a heartbeat is a breach.',
  *check(assembly) {
    for (const alarm of assembly.resources('AWS::CloudWatch::Alarm')) {
      const heartbeat = metricsOf(alarm).some(({ name }) => heartbeats.test(name));
      const allowed = heartbeat ? ['breaching'] : ['notBreaching', 'breaching'];
      const given = alarm.get('TreatMissingData');
      if (!allowed.includes(String(given)))
        yield alarm.fault('TreatMissingData', `got ${show(given)}; use ${allowed.join(' or ')}`);
    }
  },
};
