import type { Resource } from '../core/assembly.ts';
import {
  absent,
  customerKey,
  equals,
  matches,
  missing,
  off,
  on,
  optional,
  type Policy,
  present,
  propertyPolicy,
  resourcePolicy,
  unmet,
} from '../core/policy.ts';
import { isDisposable, isProduction } from '../core/stage.ts';
import { conditionValues, type Statement, statementsOf } from '../core/statements.ts';
import { listOf, recordOf, walk } from '../core/template.ts';
import type { Profile } from '../profile/profile.ts';
import { metricsOf } from './metrics-of-alarm.ts';

export const canary = ({ contract }: Profile): Policy => ({
  id: 'canary',
  description: 'The uptime canary runs every few minutes by a runtime that AWS supports.',
  *check(assembly) {
    for (const item of assembly.resources('AWS::Synthetics::Canary')) {
      yield* unmet(item, {
        StartCanaryAfterCreation: optional(on),
        'Schedule.Expression': matches(/^rate\((1 minute|([2-9]|10) minutes)\)$/, 'rate(1 minute) to rate(10 minutes)'),
        'RunConfig.EnvironmentVariables': absent,
        // Artifacts hold requests to the health path alone, so the bucket's own encryption is enough.
        'ArtifactConfig.S3Encryption.EncryptionMode': optional(equals('SSE_KMS', 'SSE_S3')),
        'ArtifactConfig.S3Encryption.KmsKeyArn': optional(customerKey),
        'Code.Script': optional(
          matches(
            new RegExp(`https\\b[\\s\\S]*'${contract.paths.health}'`),
            `a script that calls ${contract.paths.health} by HTTPS`,
          ),
        ),
        RuntimeVersion: matches(
          /^syn-nodejs-(puppeteer-(1[0-9]|[2-9]\d)|playwright-[2-9]|[3-9])/,
          'a runtime that AWS supports',
        ),
      });
      // The core rule set of AWS WAF blocks requests without User-Agent, and Node.js sends none by itself.
      const guarded = assembly.resources('AWS::WAFv2::WebACL').length > 0;
      if (guarded && !/['"]user-agent['"]\s*:/i.test(item.text('Code.Script'))) {
        yield item.fault('Code.Script', 'sends no User-Agent, so the web ACL blocks the canary; set the header');
      }
    }
  },
});

export const configRecorder: Policy = {
  id: 'config-recorder',
  description: 'AWS Config records every kind of resource, global ones too, and delivers what it records.',
  *check(assembly) {
    const recorders = assembly.resources('AWS::Config::ConfigurationRecorder');
    for (const recorder of recorders) {
      yield* unmet(recorder, {
        'RecordingGroup.AllSupported': on,
        'RecordingGroup.IncludeGlobalResourceTypes': on,
      });
    }
    if (recorders.length > 0 && assembly.resources('AWS::Config::DeliveryChannel').length === 0) {
      yield missing('no AWS::Config::DeliveryChannel, so the recorder does not start; add one');
    }
  },
};

export const ecrRepository = resourcePolicy({
  id: 'ecr-repository',
  description: 'Images are immutable, scanned on push and encrypted by a customer key.',
  types: ['AWS::ECR::Repository'],
  *check(repository) {
    yield* unmet(repository, {
      ImageTagMutability: equals('IMMUTABLE'),
      'ImageScanningConfiguration.ScanOnPush': on,
      'EncryptionConfiguration.EncryptionType': equals('KMS', 'KMS_DSSE'),
      'EncryptionConfiguration.KmsKey': customerKey,
      EmptyOnDelete: isDisposable(repository.assembly) ? on : off,
      'LifecyclePolicy.LifecyclePolicyText': matches(/"rules"/, 'rules that expire old images'),
    });
  },
});

export const eventRule: Policy = {
  id: 'event-rule',
  description:
    'Event rules are on, match something, notify targets of this deployment, and an alarm counts failed deliveries.',
  *check(assembly) {
    const watchedRules = assembly
      .resources('AWS::CloudWatch::Alarm')
      .flatMap(metricsOf)
      .filter(({ namespace, name }) => namespace === 'AWS/Events' && name === 'FailedInvocations')
      .flatMap(({ dimensions }) => assembly.mentioned(dimensions.RuleName ?? ''));
    for (const rule of assembly.resources('AWS::Events::Rule')) {
      yield* unmet(rule, { State: optional(equals('ENABLED')), Targets: present });
      if (rule.get('EventPattern') === undefined && rule.get('ScheduleExpression') === undefined) {
        yield rule.fault('EventPattern', 'matches nothing; add a pattern');
      }
      if (!watchedRules.includes(rule)) {
        yield rule.fault('', 'no alarm on AWS/Events FailedInvocations of this rule; add one');
      }
      for (const { path } of rule.items('Targets')) {
        if (rule.followAll(rule.get(`${path}.Arn`)).length === 0) {
          yield rule.fault(`${path}.Arn`, `got ${rule.text(`${path}.Arn`)}; refer to a target of this deployment`);
        }
      }
    }
  },
};

/** Events that no metric shows, and that need a rule. */
const watched = [
  { source: 'aws.ecs', type: 'ECS Task State Change', what: 'tasks that failed' },
  { source: 'aws.ecs', type: 'ECS Deployment State Change', what: 'deployments that failed' },
  { source: 'aws.guardduty', type: 'GuardDuty Finding', what: 'threats that GuardDuty found' },
  { source: 'aws.rds', type: 'RDS DB Cluster Event', what: 'failovers of the database' },
];

export const eventsComplete: Policy = {
  id: 'events-complete',
  description:
    'A production deployment sends events of failed tasks, failed deployments, threats and failovers to the alarm topic.',
  *check(assembly) {
    if (assembly.resources('AWS::ECS::Service').length === 0) return;
    const patterns = assembly.resources('AWS::Events::Rule').map((rule) => recordOf(rule.get('EventPattern')));
    for (const { source, type, what } of watched) {
      const heard = patterns.some(
        (pattern) => listOf(pattern.source).includes(source) && listOf(pattern['detail-type']).includes(type),
      );
      if (!heard) yield missing(`no event rule on ${what} (${source}, ${type}); add one`);
    }
  },
};

/** What watches the places where notes and audit events lie. */
const features = ['S3_DATA_EVENTS', 'RDS_LOGIN_EVENTS'];

export const guardduty: Policy = {
  id: 'guardduty',
  description: 'GuardDuty is enabled, with every feature that the template names.',
  *check(assembly) {
    const detectors = assembly.resources('AWS::GuardDuty::Detector');
    // Where another stage looks after the account, neither detector nor recorder is here: never in production.
    if (assembly.isElsewhere('AWS::GuardDuty::Detector')) return;
    const needed = isProduction(assembly) || assembly.resources('AWS::Config::ConfigurationRecorder').length > 0;
    if (detectors.length === 0 && needed && assembly.resources('AWS::ECS::Service').length > 0) {
      yield missing('no AWS::GuardDuty::Detector; let this stage own the account baseline');
    }
    for (const detector of detectors) {
      yield* unmet(detector, {
        Enable: on,
        FindingPublishingFrequency: equals('FIFTEEN_MINUTES', 'ONE_HOUR'),
      });
      const named = detector.items('Features').map(({ value }) => recordOf(value).Name);
      for (const feature of features.filter((name) => !named.includes(name))) {
        yield detector.fault('Features', `lacks ${feature}; enable it`);
      }
      for (const { path, value } of detector.items('Features')) {
        for (const part of [value, ...listOf(recordOf(value).AdditionalConfiguration)]) {
          const { Name, Status } = recordOf(part);
          if (Status !== 'ENABLED') yield detector.fault(path, `${String(Name)} is off; enable it`);
        }
      }
    }
  },
};

export const oidcProvider = propertyPolicy({
  id: 'oidc-provider',
  description: "The account trusts one identity provider, GitHub's, for tokens that were made for AWS.",
  types: ['AWS::IAM::OIDCProvider'],
  require: {
    Url: equals('https://token.actions.githubusercontent.com'),
    ClientIdList: matches(/^sts\.amazonaws\.com$/, '["sts.amazonaws.com"]'),
  },
});

/** The statements of the policies of a topic. */
const statementsOn = (topic: Resource): Statement[] =>
  topic.assembly
    .resources('AWS::SNS::TopicPolicy')
    .filter((policy) => policy.followAll(policy.get('Topics')).includes(topic))
    .flatMap((policy) => [...statementsOf(policy)]);

export const snsTopic: Policy = {
  id: 'sns-topic',
  description: 'Topics are encrypted by a customer key and refuse what is published without TLS.',
  *check(assembly) {
    for (const topic of assembly.resources('AWS::SNS::Topic')) {
      yield* unmet(topic, { KmsMasterKeyId: customerKey });
      const refuses = statementsOn(topic).some(
        (statement) =>
          !statement.allows &&
          statement.actions.some((action) => ['sns:Publish', 'sns:*'].includes(action)) &&
          statement.principals.includes('AWS:*') &&
          statement.resources.some((arn) => assembly.mentioned(arn).includes(topic)) &&
          Object.keys(statement.condition).length === 1 &&
          conditionValues(statement, 'aws:SecureTransport', 'Bool').join() === 'false',
      );
      if (!refuses)
        yield topic.fault('', 'no policy denies sns:Publish when aws:SecureTransport is false; set enforceSSL');
    }
    for (const subscription of assembly.resources('AWS::SNS::Subscription')) {
      if (!['email', 'email-json', 'https', 'sqs', 'lambda'].includes(subscription.text('Protocol'))) {
        yield subscription.fault('Protocol', `got "${subscription.text('Protocol')}"; use email or https`);
      }
      if (subscription.get('Protocol') === 'email' && !/^[^\s@]+@[^\s@]+\.\w+$/.test(subscription.text('Endpoint'))) {
        yield subscription.fault('Endpoint', `got "${subscription.text('Endpoint')}"; use an address`);
      }
    }
  },
};

/** Who publishes to a topic for whom: type and property that names the topic, and the service that does it. */
const publishers = [
  { type: 'AWS::CloudWatch::Alarm', path: 'AlarmActions', service: 'cloudwatch.amazonaws.com' },
  { type: 'AWS::Events::Rule', path: 'Targets', service: 'events.amazonaws.com' },
  { type: 'AWS::Backup::BackupVault', path: 'Notifications', service: 'backup.amazonaws.com' },
  { type: 'AWS::Budgets::Budget', path: 'NotificationsWithSubscribers', service: 'budgets.amazonaws.com' },
] as const;

/** Every topic that a property mentions, at any depth. */
const topicsIn = (resource: Resource, path: string): Resource[] =>
  [...walk(resource.get(path))]
    .flatMap(({ value }) => resource.followAll(value))
    .filter(({ type }) => type === 'AWS::SNS::Topic');

export const topicPublishers: Policy = {
  id: 'topic-publishers',
  description: "A topic's policy admits every service that publishes to it: else alarms are lost without a word.",
  *check(assembly) {
    for (const { type, path, service } of publishers) {
      const topics = new Set(assembly.resources(type).flatMap((resource) => topicsIn(resource, path)));
      for (const topic of topics) {
        const admitted = statementsOn(topic).some(
          (statement) =>
            statement.allows &&
            statement.actions.includes('sns:Publish') &&
            statement.principals.includes(`Service:${service}`) &&
            statement.resources.some((arn) => assembly.mentioned(arn).includes(topic)),
        );
        if (!admitted) yield topic.fault('', `no policy lets ${service} publish to it; allow sns:Publish`);
      }
    }
  },
};
