import type { Json } from '@healthcare-ai/lib/synth/templates';
import { type CostedService, resourcesOf, UncountableError } from '../service.ts';

const waf = (usageType: string) => ({ service: 'awswaf', usageType });
const guardDuty = (usageType: string) => ({ service: 'AmazonGuardDuty', usageType });

/** WAF, GuardDuty, Config, CloudTrail: https://aws.amazon.com/waf/pricing/, /guardduty/, /config/, /cloudtrail/ */
export const security: CostedService = {
  meters: {
    'waf-acl': { title: 'WAF web ACL', by: 'hour', unit: 'ACL months', priceList: waf('WebACLV2') },
    'waf-rule': { title: 'WAF rules and rule groups', by: 'hour', unit: 'rule months', priceList: waf('RuleV2') },
    'waf-request': {
      title: 'Requests that the WAF looks at',
      by: 'request',
      unit: 'requests',
      priceList: waf('RequestV2-Tier1'),
    },
    'guardduty-event': {
      title: 'GuardDuty, management events',
      by: 'request',
      unit: 'events',
      priceList: guardDuty('PaidEventsAnalyzed'),
    },
    'guardduty-gb': {
      title: 'GuardDuty, flow and DNS logs',
      by: 'gigabyte',
      unit: 'GB',
      priceList: guardDuty('PaidEventsAnalyzed-Bytes'),
    },
    'guardduty-s3-event': {
      title: 'GuardDuty, S3 data events',
      by: 'request',
      unit: 'events',
      priceList: guardDuty('PaidS3DataEventsAnalyzed'),
    },
    'guardduty-rds': {
      title: 'GuardDuty, RDS logins, by capacity',
      by: 'hour',
      unit: 'ACU months',
      priceList: guardDuty('PaidRDSACUMonitored'),
    },
    'config-item': {
      title: 'AWS Config, changes recorded',
      by: 'request',
      unit: 'items',
      priceList: { service: 'AWSConfig', usageType: 'ConfigurationItemRecorded' },
    },
    'config-evaluation': {
      title: 'AWS Config, evaluations of rules',
      by: 'request',
      unit: 'evaluations',
      priceList: { service: 'AWSConfig', usageType: 'ConfigRuleEvaluations' },
    },
    'trail-data-event': {
      title: 'CloudTrail, data events',
      by: 'request',
      unit: 'events',
      priceList: { service: 'AWSCloudTrail', usageType: 'DataEventsRecorded' },
    },
  },
  counters: {
    'AWS::WAFv2::WebACL': ({ Rules }, { assume }) => [
      { meter: 'waf-acl', low: 1, how: '1' },
      { meter: 'waf-rule', low: Rules.length, how: `${Rules.length} rules; a managed group is one` },
      { meter: 'waf-request', low: assume.requests, how: 'requests' },
    ],
    'AWS::GuardDuty::Detector': ({ Features = [] }, { assume, stacks }) => {
      const on = (name: string) => Features.some((one: Json) => one.Name === name && one.Status === 'ENABLED');
      const known = ['S3_DATA_EVENTS', 'RDS_LOGIN_EVENTS'];
      const other = Features.find((one: Json) => one.Status === 'ENABLED' && !known.includes(one.Name));
      if (other !== undefined) throw new UncountableError(`the feature ${other.Name}`);
      const clusters = resourcesOf(stacks, 'AWS::RDS::DBCluster').map((one) => one.ServerlessV2ScalingConfiguration);
      const instances = resourcesOf(stacks, 'AWS::RDS::DBInstance').length;
      const sum = (end: 'MinCapacity' | 'MaxCapacity') =>
        clusters.reduce((total: number, scaling: Json) => total + scaling[end] * instances, 0);
      return [
        { meter: 'guardduty-event', low: assume.managementEvents, how: 'managementEvents' },
        { meter: 'guardduty-gb', low: assume.guardDutyGb, how: 'guardDutyGb' },
        ...(on('S3_DATA_EVENTS')
          ? [{ meter: 'guardduty-s3-event', low: assume.guardDutyDataEvents, how: 'guardDutyDataEvents' }]
          : []),
        ...(on('RDS_LOGIN_EVENTS')
          ? [
              {
                meter: 'guardduty-rds',
                low: sum('MinCapacity'),
                high: sum('MaxCapacity'),
                how: `ACU of ${instances} instances`,
              },
            ]
          : []),
      ];
    },
    'AWS::Config::ConfigurationRecorder': (_, { assume }) => [
      { meter: 'config-item', low: assume.configItems, how: 'configItems' },
    ],
    'AWS::Config::ConfigRule': (_, { assume }) => [
      { meter: 'config-evaluation', low: assume.configEvaluations, how: 'configEvaluations' },
    ],
    // The first copy of the management events of an account costs nothing.
    'AWS::CloudTrail::Trail': ({ AdvancedEventSelectors = [] }, { assume }) => {
      const data = AdvancedEventSelectors.some(({ FieldSelectors }: Json) =>
        FieldSelectors.some(({ Field, Equals }: Json) => Field === 'eventCategory' && Equals?.includes('Data')),
      );
      return data ? [{ meter: 'trail-data-event', low: assume.dataEvents, how: 'dataEvents' }] : [];
    },
  },
};
