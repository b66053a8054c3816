import type { Policy } from '../core/finding.ts';
import { isRecord, listOf } from '../core/template.ts';
import { containers, environment } from './containers.ts';

const secretName =
  /PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY|ENCRYPTION_?KEY|_PASS$|(^|_)PWD($|_)|AUTH_KEY/i;

/** Names that sound like a secret and hold the name of one, or a public part. */
const pointer = /(_ARN|_ID|_NAME|_URI|_ENDPOINT)$/;

/** user:password@ in a URL. */
const credentialUrl = /:\/\/[^\s/:@]*:[^\s/@]+@/;

export const containerSecrets: Policy = {
  id: 'container-secrets',
  description: 'No secret stands in the environment of a container: whoever may describe the task could read it.',
  *check(assembly) {
    for (const container of containers(assembly)) {
      const { task, path } = container;
      for (const { path: at, name, value } of environment(container)) {
        if (secretName.test(name) && !pointer.test(name)) {
          yield task.fault(at, `${name} is set in the clear; move it to Secrets`);
        }
        if (credentialUrl.test(value))
          yield task.fault(at, `${name} holds a password in a URL; use IAM authentication`);
        if (/\{\{resolve:(secretsmanager|ssm-secure)/.test(value)) {
          yield task.fault(at, `${name} resolves a secret into the task definition; move it to Secrets`);
        }
      }
      for (const { path: at, value } of task.items(`${path}.Secrets`)) {
        const from = isRecord(value) ? task.render(value.ValueFrom) : '';
        if (!/^arn:[^:]+:(secretsmanager|ssm):|^\$\{/.test(from))
          yield task.fault(at, `got "${from}"; use the ARN of a secret or parameter`);
      }
      if (listOf(container.body.EnvironmentFiles).length > 0)
        yield task.fault(`${path}.EnvironmentFiles`, 'cannot be reviewed here; use Environment');
    }
  },
};
