import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Names } from '../../config/names.ts';
import type { StageConfig } from '../../config/schema.ts';
import { alarmOnLines } from '../alarm.ts';

interface AuditPattern {
  readonly description: string;
  readonly pattern: string;

  /** Lines in five minutes. @default 1 */
  readonly threshold?: number;

  /** Fires when fewer than one line came in an hour, instead. @default false */
  readonly heartbeat?: boolean;
}

/** Over the lines of the audit log group: events as packages/audit-trail/src/format/event.ts writes them, and checkpoints. */
export const auditPatterns: Readonly<Record<string, AuditPattern>> = {
  'break-glass': {
    description:
      'A clinician used or requested break-glass access. Review who, which patient and why. Runbook: break-glass.',
    // A request of the wrong form, or for a patient who is not there, opened nothing.
    pattern: '{ ($.action = "break-glass.open") && ($.outcome != "failure") }',
  },
  'denied-burst': {
    description: 'Repeated access denials for authenticated principals (possible probing). Runbook: access control.',
    // Failed authentications and rate limits have a metric of their own.
    pattern: '{ ($.outcome = "denied") && ($.action != "authenticate") && ($.action != "request") }',
    threshold: 20,
  },
  exports: {
    description: 'The audit trail was exported. Check who did it. Runbook: access control.',
    pattern: '{ $.action = "audit.export" }',
  },
  expiry: {
    description: 'A part of the audit trail was expired, or an attempt failed. Runbook: retention.',
    pattern: '{ $.action = "audit.expire" }',
  },
  'key-changes': {
    description: 'An API key was created or revoked, or an encryption key was rotated. Runbook: access control.',
    pattern: '{ ($.action = "key.create") || ($.action = "key.revoke") || ($.action = "key.rotate") }',
  },
  'checkpoints-absent': {
    description:
      'No audit checkpoint was published for an hour: losses since then cannot be detected. Runbook: audit lag.',
    // The service makes one at least every hour, though nothing happened.
    pattern: '{ $.statement.v = 1 }',
    heartbeat: true,
  },
};

/** Over the log of the service, which reports faults of the trail. */
export const servicePatterns: Readonly<Record<string, AuditPattern>> = {
  'broken-trail': {
    description: 'An audit chain or checkpoint was altered. Preserve the database. Runbook: broken trail.',
    pattern:
      '{ ($.event = "audit_chain_broken") || ($.event = "audit_checkpoint_forged") || ($.event = "audit_events_missing") }',
  },
};

export interface AuditAlarmsProps {
  readonly config: StageConfig;
  readonly names: Names;
  readonly audit: logs.ILogGroup;
  readonly service: logs.ILogGroup;
  readonly topic: sns.ITopic;
}

/** One metric filter and one alarm for each kind of audit event that needs attention. */
export class AuditAlarms extends Construct {
  constructor(scope: Construct, id: string, props: AuditAlarmsProps) {
    super(scope, id);
    for (const [logGroup, patterns] of [
      [props.audit, auditPatterns],
      [props.service, servicePatterns],
    ] as const) {
      for (const [name, { heartbeat, ...counted }] of Object.entries(patterns)) {
        alarmOnLines(this, name, {
          ...counted,
          logGroup,
          namespace: `${props.names.base}/audit`,
          prefix: `${props.names.base}-audit`,
          ...(heartbeat
            ? { period: Duration.hours(1), comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD }
            : {}),
          missingData: heartbeat && props.config.service.minTasks > 0 ? 'breaching' : 'notBreaching',
          topic: props.topic,
        });
      }
    }
  }
}
