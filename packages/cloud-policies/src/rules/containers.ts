import type { Resource } from '../core/assembly.ts';
import { type Container, containers, environment } from '../core/containers.ts';
import { absent, equals, matches, off, on, optional, type Policy, present, refersTo, unmet } from '../core/policy.ts';
import { isProduction } from '../core/stage.ts';
import { listOf, recordOf, show } from '../core/template.ts';
import type { ContractFacts, Profile } from '../profile/profile.ts';

/** Whether a container is the service itself rather than an agent beside it: a load balancer sends to it. */
const isService = ({ task, body }: Container): boolean =>
  task.assembly
    .resources('AWS::ECS::Service')
    .some(
      (service) =>
        service.target('TaskDefinition') === task &&
        service.items('LoadBalancers').some(({ value }) => recordOf(value).ContainerName === body.Name),
    );

/** Whether the image is of this deployment, rather than a third-party agent. */
export const isOurs = ({ task, body }: Container): boolean =>
  task.assembly.mentioned(task.render(body.Image)).some(({ type }) => type === 'AWS::ECR::Repository');

/** Variables that weaken the service when they are anything else. */
const safeValues = ({ timeouts }: ContractFacts): { readonly [name: string]: RegExp } => ({
  NODE_ENV: /^production$/,
  TLS: /^self-signed$/,
  DATABASE_AUTH: /^iam$/,
  DATABASE_TLS: /^verify$/,
  TRUST_PROXY_HOPS: /^1$/,
  RATE_LIMIT: /^\d+\/(second|minute|hour)$/,
  SHUTDOWN_DELAY_SECONDS: new RegExp(`^${timeouts.shutdownDelay}$`),
  SHUTDOWN_DEADLINE_SECONDS: new RegExp(`^${timeouts.shutdownDeadline}$`),
  WORKERS: /^1$/,
});

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

export const containerEnvironment = ({ contract }: Profile): Policy => {
  const values = safeValues(contract);
  // The AWS SDK reads the others.
  const known = [...contract.environment, 'AWS_REGION', 'AWS_USE_FIPS_ENDPOINT', 'AWS_STS_REGIONAL_ENDPOINTS'];
  return {
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
            yield container.task.fault(
              path,
              `${name} is unknown to the service; see packages/contract/src/environment.ts`,
            );
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
};

const command = matches(/^dist\/[\w.-]+\.cjs(,[\w.-]+)*$/, 'a script of the image and its options');

export const containerHardening = (user?: ContractFacts['user']): Policy => ({
  id: 'container-hardening',
  description: 'Containers run as a numbered user other than root, on a read-only root, with every capability dropped.',
  *check(assembly) {
    for (const container of containers(assembly)) {
      const { task, path } = container;
      yield* unmet(task, {
        [`${path}.ReadonlyRootFilesystem`]: on,
        [`${path}.User`]:
          user !== undefined && isService(container)
            ? matches(new RegExp(`^${user.uid}(:${user.gid})?$`), `"${user.uid}:${user.gid}"`)
            : matches(/^[1-9]\d*(:[1-9]\d*)?$/, 'a number other than 0'),
        [`${path}.Privileged`]: off,
        [`${path}.Interactive`]: off,
        [`${path}.PseudoTerminal`]: off,
        [`${path}.LinuxParameters.InitProcessEnabled`]: on,
        [`${path}.LinuxParameters.Capabilities.Add`]: optional({
          expected: 'nothing',
          holds: (value) => listOf(value).length === 0,
        }),
        [`${path}.LinuxParameters.Devices`]: absent,
        [`${path}.DockerSecurityOptions`]: absent,
        [`${path}.ExtraHosts`]: absent,
        [`${path}.DnsServers`]: absent,
        [`${path}.EntryPoint`]: absent,
        [`${path}.VersionConsistency`]: optional(equals('enabled')),
        [`${path}.Command`]:
          user === undefined || !isOurs(container)
            ? optional(present)
            : isService(container)
              ? optional(command)
              : command,
        [`${path}.Essential`]: optional(isService(container) ? equals(true) : equals(true, false)),
      });
      const drop = listOf(task.get(`${path}.LinuxParameters.Capabilities.Drop`));
      if (!drop.includes('ALL'))
        yield task.fault(`${path}.LinuxParameters.Capabilities.Drop`, `got ${show(drop)}; use ["ALL"]`);
    }
  },
});

/** A parameter that CloudFormation reads from SSM, or that admits nothing but a digest. */
function holdsDigest(task: Resource, name: string): boolean {
  const parameter = task.template.body.Parameters?.[name];
  return (
    parameter !== undefined &&
    (String(parameter.Type).startsWith('AWS::SSM::Parameter::Value') ||
      /\^sha256:/.test(String(parameter.AllowedPattern)))
  );
}

export const containerImage: Policy = {
  id: 'container-image',
  description: 'Images are named by digest, because a tag can be moved.',
  *check(assembly) {
    for (const container of containers(assembly)) {
      const { task, path, body } = container;
      const image = task.render(body.Image);
      const digest = /@(.+)$/.exec(image)?.[1] ?? '';
      const parameter = /^\$\{(\w+)\}$/.exec(digest)?.[1];
      const pinned = /^sha256:[0-9a-f]{64}$/.test(digest) || (parameter !== undefined && holdsDigest(task, parameter));
      if (!pinned) yield task.fault(`${path}.Image`, `got ${image}; use repository@sha256:...`);
      // Only a named agent of another publisher comes from elsewhere, and then by a literal digest.
      const ours = isOurs(container) || /\.dkr\.ecr\./.test(image);
      if (!ours && parameter !== undefined)
        yield task.fault(`${path}.Image`, `got ${image}; use the repository of this deployment`);
    }
  },
};

export const containerLogs: Policy = {
  id: 'container-logs',
  description: 'Every container writes to a log group of this deployment.',
  *check(assembly) {
    for (const { task, path } of containers(assembly)) {
      const options = `${path}.LogConfiguration.Options`;
      yield* unmet(task, {
        [`${path}.LogConfiguration.LogDriver`]: equals('awslogs'),
        [`${options}.awslogs-group`]: refersTo('AWS::Logs::LogGroup'),
        [`${options}.awslogs-create-group`]: optional(equals(false)),
        [`${options}.mode`]: optional(equals('non-blocking', 'blocking')),
        [`${options}.max-buffer-size`]: optional(matches(/^\d+[bkm]b?$/i, 'a size such as 25m')),
      });
    }
  },
};

export const containerPorts = ({ contract }: Profile): Policy => ({
  id: 'container-ports',
  description: 'The service listens where the load balancer looks for it; metrics are on a port that is not forwarded.',
  *check(assembly) {
    for (const container of containers(assembly)) {
      const { task, path } = container;
      for (const { path: at, value } of task.items(`${path}.PortMappings`)) {
        const port = recordOf(value).ContainerPort;
        if (isService(container) && port !== contract.port)
          yield task.fault(at, `got ${String(port)}; use ${contract.port} alone`);
      }
      if (isService(container) && task.items(`${path}.PortMappings`).length === 0)
        yield task.fault(`${path}.PortMappings`, `got none; use ${contract.port}`);
      for (const { path: at, name, value } of environment(container)) {
        const expected = { PORT: contract.port, METRICS_PORT: contract.metricsPort }[name];
        if (expected !== undefined && value !== String(expected))
          yield task.fault(at, `${name}: got ${value}; use ${expected}`);
      }
    }
    for (const service of assembly.resources('AWS::ECS::Service')) {
      for (const { path, value } of service.items('LoadBalancers')) {
        const { ContainerName: name, ContainerPort: port } = recordOf(value);
        const task = service.target('TaskDefinition');
        if (!containers(assembly).some((container) => container.task === task && container.body.Name === name)) {
          yield service.fault(`${path}.ContainerName`, 'names no container of the task; correct it');
        }
        if (port !== contract.port)
          yield service.fault(`${path}.ContainerPort`, `got ${String(port)}; use ${contract.port}`);
      }
    }
  },
});

const secretName =
  /PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY|ENCRYPTION_?KEY|_PASS$|(^|_)PWD($|_)|AUTH_KEY/i;

/** Names that sound like a secret and hold the name of one, or a public part. */
const pointer = /(_ARN|_ID|_NAME|_URI|_ENDPOINT)$/;

/** user:password@ in a URL. */
const credentialUrl = /:\/\/[^\s/:@]*:[^\s/@]+@/;

export const containerSecrets: Policy = {
  id: 'container-secrets',
  description:
    'No secret is in the environment of a container, where a caller of DescribeTaskDefinition could read it.',
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
        const from = task.render(recordOf(value).ValueFrom);
        if (!/^arn:[^:]+:(secretsmanager|ssm):|^\$\{/.test(from))
          yield task.fault(at, `got "${from}"; use the ARN of a secret or parameter`);
      }
      if (listOf(container.body.EnvironmentFiles).length > 0)
        yield task.fault(`${path}.EnvironmentFiles`, 'cannot be reviewed here; use Environment');
    }
  },
};
