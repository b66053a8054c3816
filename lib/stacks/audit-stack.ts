import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { CfnOutput } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/schema.ts';
import { AccessLogBucket } from '../constructs/audit/access-log-bucket.ts';
import { AlarmTopic } from '../constructs/audit/alarm-topic.ts';
import { AuditBucket, auditPrefixes } from '../constructs/audit/audit-bucket.ts';
import { AuditorRole } from '../constructs/audit/auditor-role.ts';
import { SavedQueries } from '../constructs/audit/saved-queries.ts';
import { StageKeys } from '../constructs/audit/stage-keys.ts';
import { Trail } from '../constructs/audit/trail.ts';
import { WatchRole } from '../constructs/audit/watch-role.ts';
import { declareElsewhere } from '../constructs/elsewhere.ts';
import { EncryptedLogGroup } from '../constructs/encrypted-log-group.ts';
import { StageStack } from '../constructs/stage-stack.ts';

export interface AuditStackProps {
  readonly config: StageConfig;
}

/** What must outlive everything else: keys, evidence, and those who read it. */
export class AuditStack extends StageStack {
  readonly keys: StageKeys;
  readonly accessLogs: s3.Bucket;
  readonly auditBucket: s3.Bucket;
  readonly auditLogGroup: logs.LogGroup;
  readonly trailLogGroup: logs.LogGroup;
  readonly alarmTopic: sns.Topic;

  /** Name of the output with the ARN of the data key, for a stack in another region. */
  readonly dataKeyOutput = 'DataKeyArn';

  constructor(scope: Construct, id: string, props: AuditStackProps) {
    super(scope, id, { ...props, description: 'Keys, audit trail, CloudTrail, auditor', stateful: true });
    const { config, names } = this;
    this.keys = new StageKeys(this, 'Keys', names);
    new CfnOutput(this, this.dataKeyOutput, {
      description: 'Key of the data keys that encrypt notes',
      value: this.keys.data.keyArn,
    });
    this.alarmTopic = new AlarmTopic(this, 'Alarms', { key: this.keys.topics, emails: config.alarms.emails }).topic;
    this.accessLogs = new AccessLogBucket(this, 'AccessLogs', { retentionDays: config.retention.accessLogs }).bucket;
    this.auditBucket = new AuditBucket(this, 'AuditBucket', {
      key: this.keys.audit,
      accessLogs: this.accessLogs,
      retentionDays: config.retention.audit,
      lock: config.production ? 'compliance' : 'governance',
      trailName: names.trail,
    }).bucket;

    const evidence = { key: this.keys.audit, retentionDays: config.retention.audit, deletionProtection: true };
    this.auditLogGroup = new EncryptedLogGroup(this, 'AuditEvents', { name: names.logGroups.audit, ...evidence });
    this.trailLogGroup = new EncryptedLogGroup(this, 'TrailEvents', { name: names.logGroups.trail, ...evidence });
    const managementEvents = config.accountBaseline.trail === 'create';
    if (!managementEvents) {
      declareElsewhere(this, { type: 'AWS::CloudTrail::Trail', setting: 'accountBaseline.trail' });
    }
    new Trail(this, 'Trail', {
      name: names.trail,
      managementEvents,
      bucket: this.auditBucket,
      logGroup: this.trailLogGroup,
      key: this.keys.audit,
    });
    new SavedQueries(this, 'Queries', {
      folder: names.base,
      audit: this.auditLogGroup,
      trail: this.trailLogGroup,
    });
    new AuditorRole(this, 'Auditor', {
      name: names.roles.auditor,
      principals: config.auditors,
      trailName: names.trail,
      logGroups: [this.auditLogGroup, this.trailLogGroup],
      bucket: this.auditBucket,
      auditKey: this.keys.audit,
      signingKey: this.keys.signing,
    });
    if (config.githubRepository !== undefined) {
      new WatchRole(this, 'Watch', {
        name: names.roles.watch,
        qualifier: config.bootstrapQualifier,
        stage: config.stage,
        githubRepository: config.githubRepository,
        logGroup: this.auditLogGroup,
        bucket: this.auditBucket,
        prefix: auditPrefixes.events,
        auditKey: this.keys.audit,
        signingKey: this.keys.signing,
      });
    }
  }
}
