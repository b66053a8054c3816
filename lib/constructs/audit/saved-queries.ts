import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface SavedQueriesProps {
  /** Folder of the queries in the console. */
  readonly folder: string;
  readonly audit: logs.ILogGroup;
  readonly trail: logs.ILogGroup;
}

const auditQueries: Readonly<Record<string, string>> = {
  'who-read-a-patient': `fields time, principal, tenant, action, outcome, source_ip, request_id
| filter patient_hash = "PASTE-THE-KEYED-HASH" and action like /read|search|export/
| sort time desc
| limit 1000`,
  'what-a-principal-did': `fields time, action, route, outcome, patient_hash, source_ip, request_id
| filter principal = "PASTE-THE-PRINCIPAL"
| sort time desc
| limit 1000`,
  denials: `filter outcome = "denied"
| stats count(*) as denials by principal, source_ip, bin(1h)
| sort denials desc`,
  'reads-per-principal-and-day': `filter action like /read|search|export/
| stats count(*) as reads, count_distinct(patient_hash) as patients by principal, bin(1d)
| sort patients desc`,
  checkpoints: `filter type = "checkpoint"
| fields time, number, root, previous, signature
| sort time desc`,
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
