import type { Json } from '@healthcare-ai/lib/synth/templates';
import { type CostedService, resourcesOf, UncountableError } from '../service.ts';

const cloudWatch = (usageType: string) => ({ service: 'AmazonCloudWatch', usageType });

/** Minutes of `rate(5 minutes)`. */
function minutesOf(expression: string): number {
  const [, amount, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (amount === undefined) throw new UncountableError(`a schedule like ${expression}`);
  return Number(amount) * { minute: 1, hour: 60, day: 1440 }[unit as 'minute' | 'hour' | 'day'];
}

/** Metrics that an alarm looks at: each is paid for. https://aws.amazon.com/cloudwatch/pricing/ */
const metricsOf = (Metrics: Json): number =>
  Metrics === undefined ? 1 : Metrics.filter((query: Json) => query.MetricStat !== undefined).length;

/** CloudWatch without its logs, SNS, State Manager: https://aws.amazon.com/cloudwatch/pricing/, https://aws.amazon.com/sns/pricing/ */
export const monitoring: CostedService = {
  meters: {
    'custom-metric': {
      title: 'CloudWatch metrics of our own',
      by: 'hour',
      unit: 'metric months',
      priceList: cloudWatch('CW:MetricMonitorUsage'),
    },
    alarm: {
      title: 'CloudWatch alarms, by the metrics that they look at',
      by: 'hour',
      unit: 'alarm months',
      priceList: cloudWatch('CW:AlarmMonitorUsage'),
    },
    'alarm-high-resolution': {
      title: 'CloudWatch alarms of high resolution',
      by: 'hour',
      unit: 'alarm months',
      priceList: cloudWatch('CW:HighResAlarmMonitorUsage'),
    },
    dashboard: {
      title: 'CloudWatch dashboards',
      by: 'hour',
      unit: 'dashboard months',
      priceList: cloudWatch('DashboardsUsageHour'),
    },
    'canary-run': {
      title: 'Runs of the uptime canary',
      by: 'request',
      unit: 'runs',
      priceList: cloudWatch('CW:Canary-runs'),
    },
    'lambda-gb-second': {
      title: 'Lambda below the canary, memory',
      by: 'gigabyte',
      unit: 'GB seconds',
      priceList: { service: 'AWSLambda', usageType: 'Lambda-GB-Second' },
    },
    'lambda-request': {
      title: 'Lambda below the canary, calls',
      by: 'request',
      unit: 'calls',
      priceList: { service: 'AWSLambda', usageType: 'Request' },
    },
    mail: {
      title: 'Mails of SNS',
      by: 'request',
      unit: 'mails',
      priceList: { service: 'AmazonSNS', usageType: 'DeliveryAttempts-SMTP' },
    },
    'automation-step': { title: 'Steps of State Manager runbooks', by: 'request', unit: 'steps' },
  },
  counters: {
    'AWS::CloudWatch::Alarm': ({ Metrics, Period }) => {
      const periods = [Period, ...(Metrics ?? []).map((query: Json) => query.MetricStat?.Period)].filter(Boolean);
      const meter = Math.min(...periods) < 60 ? 'alarm-high-resolution' : 'alarm';
      const metrics = metricsOf(Metrics);
      return [{ meter, low: metrics, how: `${metrics} metric${metrics === 1 ? '' : 's'}` }];
    },
    // https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html
    'AWS::ApplicationAutoScaling::ScalingPolicy': ({ PolicyType }) => {
      if (PolicyType !== 'TargetTrackingScaling') throw new UncountableError(`a policy of type ${PolicyType}`);
      return [{ meter: 'alarm', low: 2, how: '2 that target tracking makes itself' }];
    },
    'AWS::CloudWatch::Dashboard': () => [{ meter: 'dashboard', low: 1, how: '1' }],
    'AWS::Logs::MetricFilter': ({ MetricTransformations }) => {
      if (MetricTransformations.some(({ Dimensions }: Json) => Dimensions !== undefined)) {
        throw new UncountableError('a metric filter with dimensions: each value is a metric');
      }
      return [{ meter: 'custom-metric', low: MetricTransformations.length, how: 'one without dimensions' }];
    },
    'AWS::ECS::Cluster': ({ ClusterSettings }, { assume, stacks }) => {
      const insights = ClusterSettings?.find(({ Name }: Json) => Name === 'containerInsights')?.Value;
      const services = resourcesOf(stacks, 'AWS::ECS::Service').length;
      return [
        { meter: 'custom-metric', low: assume.serviceMetrics * services, how: 'serviceMetrics' },
        ...(insights === 'enabled' || insights === 'enhanced'
          ? [
              {
                meter: 'custom-metric',
                low: assume.insightsMetrics,
                how: `insightsMetrics, Container Insights ${insights}`,
              },
            ]
          : []),
      ];
    },
    'AWS::Synthetics::Canary': ({ Schedule, RunConfig }, { assume }) => {
      const minutes = minutesOf(Schedule.Expression);
      const runs = (assume.hours * 60) / minutes;
      const gb = RunConfig?.MemoryInMB === undefined ? assume.canaryGb : RunConfig.MemoryInMB / 1024;
      const how = `hours x 60 / ${minutes}`;
      return [
        { meter: 'canary-run', low: runs, how },
        { meter: 'lambda-request', low: runs, how },
        { meter: 'lambda-gb-second', low: runs * assume.canarySeconds * gb, how: `${how} x canarySeconds x ${gb} GB` },
      ];
    },
    'AWS::SNS::Subscription': ({ Protocol }, { assume }) => {
      if (Protocol !== 'email') throw new UncountableError(`a subscription by ${Protocol}`);
      return [{ meter: 'mail', low: assume.mails, how: 'mails' }];
    },
    'AWS::SSM::Association': ({ ScheduleExpression }, { assume }) => {
      const runs = (assume.hours * 60) / minutesOf(ScheduleExpression);
      return [
        { meter: 'automation-step', low: runs * assume.automationSteps, how: 'runs by its schedule x automationSteps' },
      ];
    },
  },
};
