import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface SavedQueriesProps {
  /** Folder of the queries in the console. */
  readonly folder: string;
  readonly audit: logs.ILogGroup;
  readonly trail: logs.ILogGroup;
}

/** Over audit events as packages/audit-trail/src/format/event.ts writes them. */
export const auditQueries: Readonly<Record<string, string>> = {
  'who-read-a-patient': `fields recorded_at, principal, tenant, action, outcome, source, request_id
| filter patient_ref = "PASTE-THE-KEYED-REFERENCE"
| filter action in ["note.read", "note.search", "note.analysis.read", "note.summarize"]
| sort recorded_at desc
| limit 1000`,
  'what-a-principal-did': `fields recorded_at, action, method, route, outcome, patient_ref, audit_id, source, request_id
| filter principal = "PASTE-THE-PRINCIPAL"
| sort recorded_at desc
| limit 1000`,
  'what-happened-to-a-note': `fields recorded_at, principal, action, outcome, source, request_id
| filter audit_id = "PASTE-THE-AUDIT-ID"
| sort recorded_at asc`,
  denials: `filter outcome = "denied"
| stats sum(coalesce(count, 1)) as denials by principal, source, reason, bin(1h)
| sort denials desc`,
  'reads-per-principal-and-day': `filter action in ["note.read", "note.search"] and outcome = "success"
| stats count(*) as reads, count_distinct(patient_ref) as patients by principal, bin(1d)
| sort patients desc`,
  'reads-by-one-principal': `fields recorded_at, action, patient_ref, audit_id, break_glass, source, request_id
| filter principal = "PASTE-THE-PRINCIPAL" and outcome = "success"
| filter action in ["note.read", "note.search", "note.analysis.read"]
| sort recorded_at desc
| limit 1000`,
  'denied-access': `fields recorded_at, principal, tenant, roles, action, reason, patient_ref, audit_id, source
| filter outcome = "denied" and action not in ["authenticate", "request"]
| sort recorded_at desc
| limit 1000`,
  'break-glass': `fields recorded_at, principal, tenant, outcome, reason, patient_ref, audit_id, break_glass, source
| filter action = "break-glass.open"
| sort recorded_at desc
| limit 1000`,
  'what-was-done-under-break-glass': `filter ispresent(break_glass) and action not in ["break-glass.open", "break-glass.read", "break-glass.review"]
| stats count(*) as accesses, count_distinct(audit_id) as notes, earliest(recorded_at) as first, latest(recorded_at) as last by break_glass, principal, patient_ref
| sort first desc`,
  'exports-and-reports': `fields recorded_at, principal, action, outcome, count, subject, source
| filter action in ["audit.export", "audit.report", "audit.verify", "audit.expire", "audit.restore"]
| sort recorded_at desc`,
  'chains-begun-and-ended': `fields recorded_at, action, chain, seq, subject
| filter action in ["chain.start", "chain.end"]
| sort recorded_at desc`,
  // Parsed, for Logs Insights finds the members of the first 40 heads alone, and the statement follows them.
  checkpoints: `filter @message like '"statement":'
| parse @message '"made_at":"*"' as made_at
| parse @message '"number":*,' as number
| parse @message '"total":*,' as total
| parse @message '"key_id":"*"' as key_id
| display number, made_at, total, key_id
| sort made_at desc
| limit 1000`,
  'checkpoints-by-the-hour': `filter @message like '"statement":'
| parse @message '"number":*,' as number
| stats count(*) as checkpoints, min(number) as oldest, max(number) as newest by bin(1h)
| sort newest desc`,
  'keys-made-and-revoked': `fields recorded_at, principal, action, subject, outcome
| filter action in ["key.create", "key.revoke", "key.rotate"]
| sort recorded_at desc`,
};

const trailQueries: Readonly<Record<string, string>> = {
  'use-of-the-keys': `filter eventSource = "kms.amazonaws.com" and eventName in ["Decrypt", "GenerateDataKey", "Sign"]
| stats count(*) as uses by userIdentity.arn, eventName, bin(1d)
| sort uses desc`,
  'changes-by-people': `filter readOnly = 0 and userIdentity.type in ["IAMUser", "AssumedRole", "Root"]
| fields eventTime, userIdentity.arn, eventSource, eventName, sourceIPAddress, errorCode
| sort eventTime desc`,
  'who-touched-the-audit-bucket': `filter eventSource = "s3.amazonaws.com" and eventCategory = "Data"
| fields eventTime, userIdentity.arn, eventName, requestParameters.key, errorCode
| sort eventTime desc`,
};

/** The questions that auditors ask, ready in CloudWatch Logs Insights. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, props: SavedQueriesProps) {
    super(scope, id);
    for (const [group, queries] of [
      [props.audit, auditQueries],
      [props.trail, trailQueries],
    ] as const) {
      for (const [name, queryString] of Object.entries(queries)) {
        new logs.CfnQueryDefinition(this, name, {
          name: `${props.folder}/${name}`,
          logGroupNames: [group.logGroupName],
          queryString,
        });
      }
    }
  }
}
