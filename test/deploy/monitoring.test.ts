import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { contract } from '@healthcare-ai/contract';
import { metricDefinitions } from '../../service/src/telemetry/catalogue.ts';
import type { MetricDefinition } from '../../service/src/telemetry/metric-definition.ts';
import { createMetrics } from '../../service/src/telemetry/metrics.ts';
import { describeWith } from '../service/support/skips.ts';
import { shipped, yaml } from './support/files.ts';

/** Every series that the service exports: the registry itself is asked. */
async function exported(): Promise<Set<string>> {
  const { registry } = createMetrics({ version: 'test', stage: 'test' });
  const names = new Set<string>();
  for (const { name, type } of await registry.getMetricsAsJSON()) {
    names.add(name);
    if (String(type) === 'histogram') for (const end of ['bucket', 'sum', 'count']) names.add(`${name}_${end}`);
  }
  return names;
}

const words = /\b(?:by|on|without) \([^)]*\)|\{[^}]*\}|\[[^\]]*\]|"[^"]*"/g;
const functions = new Set([
  'sum',
  'rate',
  'increase',
  'histogram_quantile',
  'max_over_time',
  'absent',
  'count',
  'min',
  'max',
  'by',
  'le',
]);

/** Names of the series in a PromQL expression. */
function seriesOf(expression: string): string[] {
  const names = expression.replace(words, ' ').match(/[a-zA-Z_:][a-zA-Z0-9_:]*/g) ?? [];
  return names.filter((name) => !functions.has(name) && name !== 'up');
}

const alerts = () =>
  yaml(shipped('monitoring/alerts.yml')).groups.flatMap((group: { rules: unknown[] }) => group.rules) as {
    alert: string;
    expr: string;
    annotations: Record<string, string>;
  }[];
const dashboard = () =>
  JSON.parse(shipped('monitoring/grafana-dashboard.json')) as {
    panels: { title: string; targets: { expr: string }[] }[];
  };

describe('what is watched is what the service exports', () => {
  test('[Alerting rules defined] in every alert rule, and each says what to do', async () => {
    const names = await exported();
    for (const { alert, expr, annotations } of alerts()) {
      for (const series of seriesOf(expr))
        expect({ alert, known: names.has(series), series }).toMatchObject({ known: true });
      expect(Object.keys(annotations)).toEqual(['summary', 'action']);
    }
    expect(seriesOf('sum(rate(no_such_total[5m])) > 1').every((name) => names.has(name))).toBe(false);
  });

  test('in every panel of the dashboard', async () => {
    const names = await exported();
    for (const { title, targets } of dashboard().panels) {
      for (const { expr } of targets) {
        expect(seriesOf(expr).length).toBeGreaterThan(0);
        for (const series of seriesOf(expr))
          expect({ title, series, known: names.has(series) }).toMatchObject({ known: true });
      }
    }
  });

  test("in Datadog's check and monitors, under the names of docs/metrics.md", () => {
    const definitions: readonly MetricDefinition[] = Object.values(metricDefinitions);
    const [instance] = yaml(shipped('monitoring/datadog/openmetrics.yaml')).instances;
    expect(instance.namespace).toBe('healthcare_ai');
    for (const metric of instance.metrics as Record<string, string>[]) {
      const [[prometheus, datadog]] = Object.entries(metric) as [[string, string]];
      const definition = definitions.find(({ name }) => name.replace(/_total$/, '') === prometheus);
      expect({ prometheus, datadog: definition?.datadog }).toEqual({ prometheus, datadog });
    }
    for (const { query } of JSON.parse(shipped('monitoring/datadog/monitors.json')) as { query: string }[]) {
      const name = /healthcare_ai\.([a-z_.]+?)(?:\.count)?\{/.exec(query)![1];
      expect(definitions.map(({ datadog }) => datadog)).toContain(name);
    }
  });

  test('at the port and the path of the contract', () => {
    const [job] = yaml(shipped('monitoring/prometheus.yml')).scrape_configs;
    expect(job.metrics_path).toBe(contract.paths.metrics);
    expect(job.static_configs[0].targets[0]).toBe(`api:${contract.metricsPort}`);
  });
});

describeWith('promtool', existsSync('/usr/bin/promtool'))('promtool', () => {
  const promtool = (...args: string[]) =>
    execFileSync('promtool', args, { cwd: 'deploy/monitoring', encoding: 'utf8', stdio: 'pipe' });

  test('takes the configuration and the rules', () => {
    expect(promtool('check', 'config', 'prometheus.yml')).toContain('SUCCESS');
    expect(promtool('check', 'rules', 'alerts.yml')).toContain(`${alerts().length} rules found`);
  });

  test('finds every alert silent in health, and sounding at its fault', () => {
    expect(promtool('test', 'rules', 'alerts.test.yml')).toContain('SUCCESS');
    const tests = yaml(shipped('monitoring/alerts.test.yml')).tests;
    const quiet = tests[0].alert_rule_test.map(({ alertname }: { alertname: string }) => alertname);
    expect(quiet).toEqual(alerts().map(({ alert }) => alert));
    expect(tests[1].promql_expr_test[0].exp_samples[0].value).toBe(alerts().length);
  });
});
