import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metricsTables } from '../../../service/src/telemetry/document.ts';
import { createMetrics } from '../../../service/src/telemetry/metrics.ts';

const file = readFileSync(join(__dirname, '../../../docs/metrics.md'), 'utf8');

test('docs/metrics.md holds the tables that the code describes (else: npm run docs)', () => {
  const tables = metricsTables();

  expect(file).toContain(`${tables.prometheus}\n`);
  expect(file).toContain(`${tables.cloudwatch}\n`);
});

test('docs/metrics.md names every metric that the registry shows, those of the process by their prefix', async () => {
  const metrics = await createMetrics({ version: '0', stage: 'test' }).registry.getMetricsAsJSON();

  for (const { name } of metrics) {
    if (/^(process|nodejs)_/.test(name)) expect(file).toContain(`\`${name.split('_')[0]}_*\``);
    else expect(file).toContain(`\`${name}\``);
  }
});
