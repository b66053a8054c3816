import { type Read, variables, yaml, yamlDocuments } from './files.ts';

/** What every platform must say, whatever its language. */
export interface Platform {
  readonly name: string;
  /** Plain settings, and those that come as secrets, by name. */
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  /** Port that traffic goes to. */
  readonly port: number;
  /** Paths of the probes; the health check of the image asks for /health by itself. */
  readonly probes: { readonly live?: string; readonly ready?: string; readonly command?: readonly string[] };
  /** Seconds from SIGTERM to SIGKILL. */
  readonly stop: number;
  readonly memoryMiB: number;
  readonly user: string | undefined;
  readonly readOnly: boolean;
  /** Seconds for which the platform may still send new requests after SIGTERM. */
  readonly deregistration: number;
}

const seconds = (text: string | number): number => Number(String(text).replace(/s$/, ''));
const mebibytes = (text: string): number => {
  const [, number, unit] = /^([\d.]+)\s*(\w*)$/.exec(text)!;
  return Number(number) * (/^g/i.test(unit!) ? 1024 : 1);
};
const isFile = (name: string) => name.endsWith('_FILE') && name !== 'DATABASE_CA_FILE';
const plain = (name: string) => name.replace(/_FILE$/, '');

/** Splits settings from the secrets that are given as files. */
function split(all: Readonly<Record<string, string>>, more: readonly string[] = []) {
  const entries = Object.entries(all);
  return {
    env: Object.fromEntries(entries.filter(([name]) => !isFile(name))),
    secrets: [...entries.filter(([name]) => isFile(name)).map(([name]) => plain(name)), ...more],
  };
}

export const platforms: Readonly<Record<string, (read: Read) => Platform>> = {
  compose(read) {
    const { api } = yaml(read('compose/compose.yaml')).services;
    return {
      name: 'compose',
      ...split({ ...variables(read('compose/.env.example')), ...api.environment }),
      port: Number(/server api:(\d+)/.exec(read('compose/nginx.conf'))?.[1]),
      probes: { command: api.healthcheck.test },
      stop: seconds(api.stop_grace_period),
      memoryMiB: mebibytes(api.mem_limit),
      user: api.user,
      readOnly: api.read_only,
      // nginx holds no list that is updated: it continues until a connection is refused.
      deregistration: 0,
    };
  },
  swarm(read) {
    const { api } = yaml(read('compose/stack.yaml')).services;
    return {
      name: 'swarm',
      ...split(api.environment),
      port: Number(/server api:(\d+)/.exec(read('compose/nginx.conf'))?.[1]),
      probes: { command: api.healthcheck.test },
      stop: seconds(api.stop_grace_period),
      memoryMiB: mebibytes(api.deploy.resources.limits.memory),
      user: api.user,
      readOnly: api.read_only,
      deregistration: 0,
    };
  },
  kubernetes(read) {
    const { spec } = yaml(read('kubernetes/base/deployment.yaml')).spec.template;
    const [container] = spec.containers;
    const map = yaml(read('kubernetes/base/kustomization.yaml')).configMapGenerator[0];
    const named = container.ports.find((port: { name: string }) => port.name === container.readinessProbe.httpGet.port);
    const { periodSeconds, failureThreshold } = container.readinessProbe;
    return {
      name: 'kubernetes',
      ...split(variables(map.literals.join('\n'))),
      port: named.containerPort,
      probes: { live: container.livenessProbe.httpGet.path, ready: container.readinessProbe.httpGet.path },
      stop: spec.terminationGracePeriodSeconds,
      memoryMiB: mebibytes(container.resources.limits.memory),
      user: `${spec.securityContext.runAsUser}:${spec.securityContext.runAsGroup}`,
      readOnly: container.securityContext.readOnlyRootFilesystem,
      deregistration: periodSeconds * failureThreshold,
    };
  },
  cloudRun(read) {
    const { spec } = yamlDocuments(read('cloud-run/service.yaml'))[0].spec.template;
    const [container] = spec.containers;
    return {
      name: 'cloudRun',
      ...named(container.env),
      port: container.ports[0].containerPort,
      probes: { live: container.livenessProbe.httpGet.path, ready: container.startupProbe.httpGet.path },
      // Fixed: https://cloud.google.com/run/docs/container-contract#instance-shutdown
      stop: 10,
      memoryMiB: mebibytes(container.resources.limits.memory),
      // Cloud Run takes the user of the image, and its root file system is a copy in memory.
      user: undefined,
      readOnly: true,
      deregistration: 0,
    };
  },
  azure(read) {
    const { properties } = yaml(read('azure/container-group.yaml'));
    const container = properties.containers[0].properties;
    const { runAsUser, runAsGroup } = container.securityContext;
    const { periodSeconds, failureThreshold } = container.readinessProbe;
    return {
      name: 'azure',
      ...split(named(container.environmentVariables).env, named(container.environmentVariables).secrets),
      port: properties.ipAddress.ports[0].port,
      probes: { live: container.livenessProbe.httpGet.path, ready: container.readinessProbe.httpGet.path },
      // Azure documents no way to change it.
      stop: 30,
      memoryMiB: container.resources.requests.memoryInGB * 1024,
      user: `${runAsUser}:${runAsGroup}`,
      // Azure has no read-only root; the files belong to root, and the process to 10001.
      readOnly: true,
      deregistration: periodSeconds * failureThreshold,
    };
  },
  systemd(read) {
    const unit = read('systemd/healthcare-ai.service');
    const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1] ?? '';
    const inline = [...unit.matchAll(/^Environment=(.*)$/gm)].map(([, line]) => line).join('\n');
    const env = { ...variables(read('systemd/healthcare-ai.env')), ...variables(inline) };
    return {
      name: 'systemd',
      ...split(env),
      port: Number(env.PORT),
      probes: {},
      stop: seconds(value('TimeoutStopSec')),
      memoryMiB: mebibytes(value('MemoryMax')),
      // DynamicUser: systemd makes one.
      user: value('DynamicUser') === 'yes' ? undefined : 'root',
      readOnly: value('ProtectSystem') === 'strict',
      deregistration: 0,
    };
  },
};

interface NamedValue {
  readonly name: string;
  readonly value?: string;
}

function named(list: readonly NamedValue[]) {
  const given = list.filter(({ value }) => value !== undefined).map(({ name, value }) => [name, value!]);
  const secrets = list.filter(({ value }) => value === undefined).map(({ name }) => name);
  return { env: Object.fromEntries(given) as Record<string, string>, secrets };
}
