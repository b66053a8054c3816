import type { Assumptions } from '../assumptions.ts';
import { type CostedService, type CountContext, GB, resourcesOf, UncountableError } from '../service.ts';

const cloudWatch = (usageType: string) => ({ service: 'AmazonCloudWatch', usageType });

interface Volume {
  /** Gigabytes a month. */
  readonly low: number;
  readonly high?: number;
  readonly how: string;

  /** Delivered by an AWS service under its own price: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html */
  readonly vended?: boolean;
}

const perRequest = (assume: Assumptions, bytes: 'serviceLogBytes' | 'auditEventBytes' | 'wafLogBytes'): Volume => ({
  low: (assume.requests * assume[bytes]) / GB,
  how: `requests x ${bytes}`,
});

/** What a log group takes in, by how its name ends or begins. */
const volumes: readonly (readonly [RegExp, (context: CountContext) => Volume])[] = [
  [/\/service$/, ({ assume }) => perRequest(assume, 'serviceLogBytes')],
  [/\/audit$/, ({ assume }) => perRequest(assume, 'auditEventBytes')],
  [/^aws-waf-logs-/, ({ assume }) => ({ ...perRequest(assume, 'wafLogBytes'), vended: true })],
  [/\/flow$/, ({ assume }) => ({ low: assume.flowLogGb, how: 'flowLogGb', vended: true })],
  [/\/trail$/, ({ assume }) => ({ low: assume.trailLogGb, how: 'trailLogGb' })],
  [/^\/aws\/rds\//, ({ assume }) => ({ low: assume.databaseLogGb, how: 'databaseLogGb' })],
  [/\/(migrate|task-events)$/, ({ assume }) => ({ low: assume.smallLogGb, how: 'smallLogGb' })],
  [
    /^\/aws\/ecs\/containerinsights\//,
    ({ assume, tasks: { min, max } }) => ({
      low: assume.insightsLogGb * min,
      high: assume.insightsLogGb * max,
      how: `insightsLogGb x ${min} to ${max} tasks`,
    }),
  ],
  [
    /^RDSOSMetrics$/,
    ({ assume, stacks }) => {
      const instances = resourcesOf(stacks, 'AWS::RDS::DBInstance').length;
      return { low: assume.databaseHostLogGb * instances, how: `databaseHostLogGb x ${instances} instances` };
    },
  ],
];

/** CloudWatch Logs: https://aws.amazon.com/cloudwatch/pricing/ */
export const logs: CostedService = {
  meters: {
    'log-ingest': { title: 'Logs taken in', by: 'gigabyte', unit: 'GB', priceList: cloudWatch('DataProcessing-Bytes') },
    'log-ingest-vended': {
      title: 'Logs that AWS services deliver',
      by: 'gigabyte',
      unit: 'GB',
      priceList: cloudWatch('VendedLog-Bytes'),
    },
    'log-storage': {
      title: 'Logs kept',
      by: 'gigabyte',
      unit: 'GB months',
      priceList: cloudWatch('TimedStorage-ByteHrs'),
    },
    'log-query': {
      title: 'Logs read by queries',
      by: 'gigabyte',
      unit: 'GB',
      priceList: cloudWatch('DataScanned-Bytes'),
    },
  },
  counters: {
    'AWS::Logs::LogGroup': ({ LogGroupName, RetentionInDays }, context) => {
      const found = volumes.find(([pattern]) => pattern.test(String(LogGroupName)));
      if (found === undefined) throw new UncountableError(`log group ${LogGroupName}: how much it takes in`);
      const { low, high = low, how, vended } = found[1](context);
      const { logMonths, logCompression } = context.assume;
      const months = Math.min(logMonths, RetentionInDays === undefined ? logMonths : RetentionInDays / 30);
      const kept = months * logCompression;
      return [
        { meter: vended ? 'log-ingest-vended' : 'log-ingest', low, high, how },
        {
          meter: 'log-storage',
          low: low * kept,
          high: high * kept,
          how: `what is taken in x ${Number(months.toFixed(1))} months x logCompression`,
        },
      ];
    },
    'AWS::Logs::QueryDefinition': (_, { assume, stack }) => {
      const all = Object.values(stack.resources).filter(({ Type }) => Type === 'AWS::Logs::QueryDefinition').length;
      return [{ meter: 'log-query', low: assume.queryGb / all, how: `queryGb / ${all} queries` }];
    },
  },
};
