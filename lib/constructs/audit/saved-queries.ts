import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface SavedQueriesProps {
  /** Folder of the queries in the console. */
  readonly folder: string;
  readonly audit: logs.ILogGroup;
  readonly trail: logs.ILogGroup;
}

/** Over audit events as service/src/audit/event.ts writes them. */
const auditQueries: Readonly<Record<string, string>> = {
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
