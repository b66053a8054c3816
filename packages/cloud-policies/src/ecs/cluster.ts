import type { Policy } from '../core/finding.ts';
import { isRecord } from '../core/template.ts';

export const cluster: Policy = {
  id: 'cluster',
  description: 'Clusters publish container insights: the task and memory alarms live on them.',
  *check(assembly) {
    for (const item of assembly.resources('AWS::ECS::Cluster')) {
      const insights = item
        .items('ClusterSettings')
        .find(({ value }) => isRecord(value) && value.Name === 'containerInsights');
      const value = isRecord(insights?.value) ? insights.value.Value : undefined;
      if (!['enabled', 'enhanced'].includes(String(value))) {
        yield item.fault('ClusterSettings', `containerInsights: got ${String(value)}; use enhanced`);
      }
    }
  },
};
