import type { Policy } from '../core/finding.ts';
import { allStatements } from '../core/statements.ts';
import { listOf } from '../core/template.ts';

export const kmsTaskContext: Policy = {
  id: 'kms-task-context',
  description:
    "The tasks use a key with its stage's encryption context, or through a service: never for anything else.",
  *check(assembly) {
    const roles = assembly
      .resources('AWS::ECS::TaskDefinition')
      .flatMap((task) => [task.target('TaskRoleArn'), task.target('ExecutionRoleArn')]);
    for (const { allows, resource, path, actions, condition } of allStatements(assembly)) {
      const holders = listOf(resource.get('Roles')).map((role) => resource.follow(role));
      if (!allows || !holders.some((holder) => holder !== undefined && roles.includes(holder))) continue;
      if (!actions.some((action) => /^kms:(Decrypt|GenerateDataKey|Encrypt|ReEncrypt)/.test(action))) continue;
      const equal = JSON.stringify(condition.StringEquals ?? {});
      if (!/"kms:EncryptionContext:stage":"(?!\*)|"kms:ViaService":("[a-z]|\{)/.test(equal)) {
        yield resource.fault(path, 'uses the key for anything; add kms:EncryptionContext:stage or kms:ViaService');
      }
      const text = JSON.stringify(condition);
      if (
        text.includes('kms:EncryptionContext:stage') &&
        !/"Null":\{"kms:EncryptionContext:purpose":"?false/.test(text)
      ) {
        yield resource.fault(path, 'does not demand kms:EncryptionContext:purpose; use Null false');
      }
    }
  },
};
