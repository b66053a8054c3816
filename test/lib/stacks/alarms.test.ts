import { type AlarmCase, alarmCases, MINUTES } from '../support/alarm-cases.ts';
import { alarmState, type Samples } from '../support/alarm-evaluator.ts';
import { auditExamples, heartbeatExamples } from '../support/audit-examples.ts';
import { filterPattern } from '../support/filter-pattern.ts';
import { metricMath } from '../support/metric-math.ts';
import { type Properties, SynthesizedStage } from '../support/stage.ts';
import { trailExamples } from '../support/trail-events.ts';

const prod = new SynthesizedStage('prod');
const alarms = new Map(
  prod
    .resources('AWS::CloudWatch::Alarm')
    .map(({ Properties: properties }) => [
      (properties.AlarmName as string).replace('healthcare-ai-prod-', ''),
      properties,
    ]),
);
const filters = prod.resources('AWS::Logs::MetricFilter').map(({ Properties: properties }) => properties);

/** What a metric filter publishes for these records, all in one minute: `DefaultValue` where none matches. */
function published(filter: Properties, events: readonly unknown[]): number[] {
  const [transformation] = filter.MetricTransformations;
  const matches = filterPattern(filter.FilterPattern);
  const values = events.filter(matches).map(() => Number(transformation.MetricValue));
  return values.length > 0 ? values : [Number(transformation.DefaultValue)];
}

describe('The evaluator', () => {
  const unit = { Namespace: 'x', MetricName: 'x', Period: 300, EvaluationPeriods: 1, Threshold: 1 };
  const ones: Samples = { 57: [1, 1, 1], 58: [1] };

  it('sees an alarm that can never fire: the average of ones is not above one', () => {
    const alarm = { ...unit, Statistic: 'Average', ComparisonOperator: 'GreaterThanThreshold' };
    expect(alarmState(alarm, ones, MINUTES)).toBe('OK');
    const fixed = { ...unit, Statistic: 'Sum', ComparisonOperator: 'GreaterThanOrEqualToThreshold' };
    expect(alarmState(fixed, ones, MINUTES)).toBe('ALARM');
  });

  it('treats missing data as the alarm says', () => {
    const alarm = { ...unit, Statistic: 'Sum', ComparisonOperator: 'LessThanThreshold' };
    const treated = (TreatMissingData?: string) => alarmState({ ...alarm, TreatMissingData }, {}, MINUTES);
    expect(treated()).toBe('INSUFFICIENT_DATA');
    expect(treated('notBreaching')).toBe('OK');
    expect(treated('breaching')).toBe('ALARM');
  });

  it('refuses what it does not know, rather than guessing', () => {
    expect(() => alarmState({ ...unit, Metrics: [] }, ones, MINUTES)).toThrow('metric math');
    expect(() => filterPattern('{ $.x > 3 }')).toThrow('operator');
    expect(() => filterPattern('{ ($.x = "a") && }')).toThrow('selector');
  });
});

describe('Every alarm', () => {
  it('[164.308(a)(6)(ii)] has a case here, and every case an alarm', () => {
    const cases = [
      ...Object.keys(alarmCases),
      ...Object.keys(trailExamples).map((name) => `trail-${name}`),
      ...Object.keys({ ...auditExamples, ...heartbeatExamples }).map((name) => `audit-${name}`),
    ];
    expect([...alarms.keys()].sort()).toEqual([...cases, 'failure-rate'].sort());
  });

  it('[164.308(a)(6)(ii)] notifies the topic when it fires and when it is over', () => {
    for (const alarm of alarms.values()) {
      expect(JSON.stringify(alarm.AlarmActions)).toContain('Alarms');
      expect(alarm.OKActions).toEqual(alarm.AlarmActions);
      expect(alarm.ActionsEnabled ?? true).toBe(true);
      expect(alarm.AlarmDescription.length).toBeGreaterThan(20);
    }
  });

  it('that watches a metric of the load balancer during a deployment watches all of it', () => {
    const [service] = prod.resources('AWS::ECS::Service');
    const names = JSON.stringify(service!.Properties.DeploymentConfiguration.Alarms.AlarmNames);
    const watching = Object.entries(prod.templates.service!.Resources).filter(
      ([id, { Type }]) => Type === 'AWS::CloudWatch::Alarm' && names.includes(id),
    );
    expect(
      watching
        .map(
          ([
            ,
            {
              Properties: { MetricName },
            },
          ]) => MetricName,
        )
        .sort(),
    ).toEqual(['HTTPCode_Target_5XX_Count', 'TargetResponseTime', undefined]);
    for (const [, { Properties: properties }] of watching) {
      if (properties.Metrics !== undefined) continue;
      expect(properties.Dimensions.map(({ Name }: Properties) => Name)).toEqual(['LoadBalancer']);
    }
  });
});

describe('The alarm failure-rate', () => {
  const { Metrics: queries, Threshold: threshold } = alarms.get('failure-rate')!;
  const { Expression: expression } = queries.find(({ Expression }: Properties) => Expression !== undefined);
  const fires = (values: Readonly<Record<string, number>>) => metricMath(expression, values) >= threshold;

  it('fires on a canary with a tenth of 30 requests per minute that fails every one', () => {
    // Five minutes: 135 requests to the old version, and 15 to the new one.
    expect(fires({ r0: 135, r1: 15, e1: 15 })).toBe(true);
    expect(fires({ r1: 135, r0: 15, e0: 15 })).toBe(true);
  });

  it('is quiet without traffic, on a few failed requests, and on a single one of few', () => {
    expect(fires({})).toBe(false);
    expect(fires({ r0: 150, e0: 5 })).toBe(false);
    expect(fires({ r0: 4, e0: 4 })).toBe(false);
    expect(fires({ r0: 150, r1: 0 })).toBe(false);
  });
});

test('CloudWatch takes filter patterns of up to 1,024 characters', () => {
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
  expect(filters.filter(({ FilterPattern }) => FilterPattern.length > 1024)).toEqual([]);
});

describe.each(Object.entries(alarmCases))('The alarm %s', (name, { fires, quiet }: AlarmCase) => {
  it.each(Object.entries(fires))('[164.308(a)(5)(ii)(C)] fires on %s', (_, samples: Samples) => {
    expect(alarmState(alarms.get(name)!, samples, MINUTES)).toBe('ALARM');
  });

  it.each(Object.entries(quiet))(
    '[Alerting rules defined] [Error rates monitored] is quiet on %s',
    (_, samples: Samples) => {
      expect(alarmState(alarms.get(name)!, samples, MINUTES)).toBe('OK');
    },
  );
});

/** What an alarm counts, where its lines are, and its name. */
const counting = [
  ...Object.entries(trailExamples).map(([name, lines]) => ({
    name,
    lines,
    alarmed: `trail-${name}`,
    group: 'TrailEvents',
  })),
  ...Object.entries(auditExamples).map(([name, lines]) => {
    const group = name === 'broken-trail' ? 'ServiceLogs' : 'AuditEvents';
    return { name, lines, alarmed: `audit-${name}`, group };
  }),
];

describe.each(counting)('The alarm $alarmed', ({ name, lines: { counts, not }, alarmed, group }) => {
  const filter = filters.find(({ FilterName }) => FilterName === name)!;
  const alarm = alarms.get(alarmed)!;

  it('watches the metric of its filter over its log', () => {
    const [transformation] = filter.MetricTransformations;
    expect([alarm.Namespace, alarm.MetricName]).toEqual([transformation.MetricNamespace, transformation.MetricName]);
    expect(JSON.stringify(filter.LogGroupName)).toContain(group);
  });

  it('[164.308(a)(1)(ii)(D)] [164.308(a)(5)(ii)(C)] fires on each kind of record, as often as it takes', () => {
    for (const event of counts) {
      const events = Array.from({ length: alarm.Threshold }, () => event);
      expect(alarmState(alarm, { 58: published(filter, events) }, MINUTES)).toBe('ALARM');
    }
  });

  it('is quiet on records like them, and below its threshold', () => {
    expect(alarmState(alarm, { 58: published(filter, not) }, MINUTES)).toBe('OK');
    const fewer = Array.from({ length: alarm.Threshold - 1 }, () => counts[0]);
    expect(alarmState(alarm, { 58: published(filter, fewer) }, MINUTES)).toBe('OK');
  });
});

describe.each(Object.entries(heartbeatExamples))('The alarm audit-%s', (name, { counts, not }) => {
  const filter = filters.find(({ FilterName }) => FilterName === name)!;
  const alarm = alarms.get(`audit-${name}`)!;

  it('fires where none came for an hour, other lines or not', () => {
    const others = Object.fromEntries(Array.from({ length: MINUTES }, (_, minute) => [minute, published(filter, not)]));
    expect(alarmState(alarm, {}, MINUTES)).toBe('ALARM');
    expect(alarmState(alarm, others, MINUTES)).toBe('ALARM');
  });

  it('is quiet where one came', () => {
    expect(alarmState(alarm, { 3: published(filter, counts) }, MINUTES)).toBe('OK');
  });
});
