import { metricDefinitions } from './catalogue.ts';
import { datadogPrefix } from './dogstatsd.ts';
import { createEmf } from './emf.ts';
import type { MetricDefinition } from './metric-definition.ts';

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const code = (text: string): string => `\`${text}\``;

/** The tables of docs/metrics.md: `npm run docs` writes them, and a test compares them with the file. */
export function metricsTables(): { readonly prometheus: string; readonly cloudwatch: string } {
  const emf = createEmf({ namespace: 'HealthcareAI', dimensions: {}, write: () => {} });
  emf.stop();
  const definitions: readonly MetricDefinition[] = Object.values(metricDefinitions);
  return {
    prometheus: table(
      ['Prometheus', 'Datadog', 'Type', 'Labels', 'Meaning'],
      definitions.map(({ name, datadog, type, labels, help }) => [
        code(name),
        datadog === undefined ? '' : code(datadogPrefix + datadog),
        type,
        (labels ?? []).map(code).join(', '),
        help,
      ]),
    ),
    cloudwatch: table(
      ['CloudWatch', 'Unit', 'Meaning'],
      emf.series.map(({ name, unit, help }) => [code(name), unit, help]),
    ),
  };
}
