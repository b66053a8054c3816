import type { Policy } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import { conditionValues, type Statement, statementsOf } from '../core/statements.ts';
import { pseudo } from '../core/template.ts';

const needed = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt', 'kms:GenerateDataKey', 'kms:Describe'];

/** logs.<region>.amazonaws.com of the group's own region, literal or by reference. */
function isLogsService(principal: string, group: Resource): boolean {
  const region = /^Service:logs\.(.+?)\.(amazonaws\.com|\$\{AWS::URLSuffix\})$/.exec(principal)?.[1];
  return region !== undefined && (region === pseudo('Region') || region === (group.template.region ?? region));
}

/** Whether an ARN with wildcards covers the group by its name; a name that CloudFormation makes needs the widest. */
function admitsName(arn: string, group: Resource): boolean {
  const pattern = arn.split(/:log-group:|:\*$/)[1] ?? '*';
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`).test(group.text('LogGroupName'));
}

function grants(statement: Statement, group: Resource): boolean {
  const context = conditionValues(statement, 'kms:EncryptionContext:aws:logs:arn', 'Arn');
  return (
    statement.allows &&
    statement.principals.some((principal) => isLogsService(principal, group)) &&
    needed.every((action) => statement.actions.some((given) => given.startsWith(action) || given === 'kms:*')) &&
    context.length > 0 &&
    context.every((arn) => /^arn:[^:]+:logs:[^:*]+(::[^:*]+)?:[^*]*:/.test(arn)) &&
    context.some((arn) => admitsName(arn, group))
  );
}

export const kmsLogsGrant: Policy = {
  id: 'kms-logs-grant',
  description:
    "A log group's key admits logs.<region> for this account's groups: without it the deployment fails (aws-cdk#28304).",
  *check(assembly) {
    for (const group of assembly.resources('AWS::Logs::LogGroup')) {
      const key = group.target('KmsKeyId');
      if (key?.type !== 'AWS::KMS::Key') continue;
      if (![...statementsOf(key)].some((statement) => grants(statement, group))) {
        yield key.fault(
          'KeyPolicy',
          `does not admit logs.<region>.amazonaws.com, which ${group.logicalId} needs; allow ${needed.join('*, ')}* with ArnLike kms:EncryptionContext:aws:logs:arn`,
        );
      }
    }
  },
};
