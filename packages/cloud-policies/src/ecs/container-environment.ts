import { contract } from '@healthcare-ai/contract';
import type { Policy } from '../core/finding.ts';
import { isProduction } from '../core/stage.ts';
import { containers, environment, isOurs, isService } from './containers.ts';

/** What AWS's own libraries read, beside the service's configuration. */
const known: readonly string[] = [
  ...contract.environment,
  'AWS_REGION',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_STS_REGIONAL_ENDPOINTS',
];

const { shutdownDelay, shutdownDeadline } = contract.timeouts;

/** Variables that weaken the service when they are anything else. */
const values: { readonly [name: string]: RegExp } = {
  NODE_ENV: /^production$/,
  TLS: /^self-signed$/,
  DATABASE_AUTH: /^iam$/,
  DATABASE_TLS: /^verify$/,
  TRUST_PROXY_HOPS: /^1$/,
  RATE_LIMIT: /^\d+\/(second|minute|hour)$/,
  SHUTDOWN_DELAY_SECONDS: new RegExp(`^${shutdownDelay}$`),
  SHUTDOWN_DEADLINE_SECONDS: new RegExp(`^${shutdownDeadline}$`),
  WORKERS: /^1$/,
};

/** Variables that have to name a resource of this deployment. */
const joined: { readonly [name: string]: string } = {
  KMS_KEY_ID: 'AWS::KMS::Key',
  DATABASE_URL: 'AWS::RDS::DBCluster',
  AUDIT_BUCKET: 'AWS::S3::Bucket',
};

/** Variables whose absence means a weaker default. */
const required = [
  'NODE_ENV',
  'STAGE',
  'TLS',
  'DATABASE_AUTH',
  'DATABASE_TLS',
  'KMS_KEY_ID',
  'TRUST_PROXY_HOPS',
  'PORT',
];

export const containerEnvironment: Policy = {
  id: 'container-environment',
  description:
    "The service's own switches are safe and known: TLS on, IAM to the database, one proxy hop, its own timeouts.",
  *check(assembly) {
    for (const container of containers(assembly)) {
      const seen = new Set<string>();
      const given = environment(container).map(({ name }) => name);
      const wanted = isService(container) ? required : isOurs(container) ? ['NODE_ENV', 'DATABASE_TLS'] : [];
      for (const name of wanted.filter((item) => !given.includes(item))) {
        yield container.task.fault(`${container.path}.Environment`, `lacks ${name}; set it`);
      }
      for (const { path, name, value } of environment(container)) {
        if (seen.has(name)) yield container.task.fault(path, `${name} is set twice; set it once`);
        seen.add(name);
        if (
          /^(NODE_OPTIONS|NODE_TLS_REJECT_UNAUTHORIZED|NODE_EXTRA_CA_CERTS|LD_PRELOAD|LD_LIBRARY_PATH|HTTPS?_PROXY|AWS_ENDPOINT_URL.*)$/i.test(
            name,
          )
        ) {
          yield container.task.fault(path, `${name} changes what the process runs or trusts; remove it`);
        }
        if (!isOurs(container)) continue;
        if (!known.includes(name) && !/^AUDIT_/.test(name))
          yield container.task.fault(path, `${name} is unknown to the service; see contract.ts`);
        const wanted = joined[name];
        if (wanted !== undefined && !container.task.assembly.mentioned(value).some(({ type }) => type === wanted)) {
          yield container.task.fault(path, `${name}: got "${value}"; refer to ${wanted} of this deployment`);
        }
        // The migration enters as the owner, by the secret that RDS keeps.
        const exempt = name === 'DATABASE_AUTH' && !isService(container);
        if (!exempt && values[name] !== undefined && !values[name].test(value)) {
          yield container.task.fault(path, `${name}: got "${value}"; use ${values[name].source}`);
        }
        if (name === 'LOG_LEVEL' && value === 'debug' && isProduction(assembly)) {
          yield container.task.fault(path, 'LOG_LEVEL: got "debug" in production; use info');
        }
      }
    }
  },
};
