import { serviceMetrics } from '../../../lib/policies/alarms/metrics.ts';
import { contract } from '../../../service/src/contract.ts';
import { createEmf } from '../../../service/src/telemetry/emf.ts';

/** Reported by the audit publisher, which is not part of this release: its alarm tells of the silence. */
const announced = ['AuditPublisherLagSeconds'];

test('the metrics that an alarm may watch are those that the service reports to CloudWatch', () => {
  const emf = createEmf({ namespace: contract.metrics.namespace, dimensions: {}, write: () => {} });
  emf.stop();
  const reported = emf.series.map(({ name }) => name);
  const watchable = Object.keys(serviceMetrics).filter((name) => !announced.includes(name));
  expect(reported).toEqual(expect.arrayContaining(watchable));
  expect(reported.filter((name) => announced.includes(name))).toEqual([]);
});
