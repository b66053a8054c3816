import { serviceMetrics } from '@healthcare-ai/cloud-policies/profile/service-metrics';
import { contract } from '@healthcare-ai/contract';
import { createEmf } from '../../../service/src/telemetry/emf.ts';

test('the metrics that an alarm may watch are those that the service reports to CloudWatch', () => {
  const emf = createEmf({ namespace: contract.metrics.namespace, dimensions: {}, write: () => {} });
  emf.stop();
  const reported = emf.series.map(({ name }) => name);
  expect(reported).toEqual(expect.arrayContaining(Object.keys(serviceMetrics)));
});
