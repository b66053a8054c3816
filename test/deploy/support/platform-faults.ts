import { contract } from '@healthcare-ai/contract';
import { environment, fileSettings } from '../../../service/src/config/environment.ts';
import { readConfig } from '../../../service/src/config/read.ts';
import type { Platform } from './platforms.ts';

/** Node.js reads these itself. */
const ofNode = new Set(['NODE_OPTIONS']);

/** What a secret looks like where the service starts. */
const secretValues: Readonly<Record<string, string>> = {
  DATABASE_URL: 'postgresql://healthcare_ai@database.example.org:5432/healthcare',
  DATABASE_PASSWORD: 'a-password-of-the-service-role',
  ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
  AUDIT_SIGNING_KEY: Buffer.alloc(32, 2).toString('base64'),
};

const health = contract.paths;
const healthCommand = ['CMD', ...contract.container.healthCheck];

/** Code, stacks and buffers of a process beside its heap: 65 to 80 MiB were measured. */
const BESIDE_HEAP_MIB = 80;
const HEAP_SHARE_OF_IMAGE = 0.6;

/** All that is wrong with a platform's description; none is what it should have. */
export function platformFaults(platform: Platform): string[] {
  const faults: string[] = [];
  const need = (condition: boolean, fault: string) => {
    if (!condition) faults.push(fault);
  };
  const names = [...Object.keys(platform.env), ...platform.secrets];
  const known = new Set([...Object.keys(environment.shape), ...fileSettings.map((name) => `${name}_FILE`), ...ofNode]);
  for (const name of names) need(known.has(name), `${name} is no setting of the service`);
  for (const [name, schema] of Object.entries(environment.shape)) {
    if (!schema.meta()?.secret) continue;
    const value = platform.env[name];
    const harmless = name === 'DATABASE_URL' && value !== undefined && URL.canParse(value) && !new URL(value).password;
    need(value === undefined || harmless, `${name} is a secret, and stands there for everybody to read`);
  }
  const secrets = Object.fromEntries(platform.secrets.map((name) => [name, secretValues[name] ?? '']));
  let config: ReturnType<typeof readConfig> | undefined;
  try {
    config = readConfig({ ...platform.env, ...secrets }, () => '');
  } catch (error) {
    faults.push((error as Error).message);
    return faults;
  }
  need(config.production, 'NODE_ENV is not production');
  need(config.LOG_FORMAT === 'json', 'LOG_FORMAT is not json');
  need(platform.port === config.PORT, `traffic goes to ${platform.port}, and the service listens on ${config.PORT}`);
  need(config.PORT === contract.port, `the port is not ${contract.port}`);
  need(config.TRUST_PROXY_HOPS >= 1, 'TRUST_PROXY_HOPS is 0 behind a proxy: every client has the address of the proxy');
  const { live, ready, command } = platform.probes;
  need(live === undefined || live === health.live, `the liveness probe asks for ${live}`);
  need(ready === undefined || ready === health.ready, `the readiness probe asks for ${ready}`);
  need(command === undefined || String(command) === String(healthCommand), `the health check runs ${command}`);
  const { SHUTDOWN_DELAY_SECONDS: delay, SHUTDOWN_DEADLINE_SECONDS: deadline } = config;
  need(delay < deadline, 'SHUTDOWN_DELAY_SECONDS is not below SHUTDOWN_DEADLINE_SECONDS');
  need(deadline < platform.stop, `the service may take ${deadline} s, and is killed after ${platform.stop} s`);
  need(
    delay >= platform.deregistration,
    `traffic may come for ${platform.deregistration} s, and it serves ${delay} s on`,
  );
  const megabytes = memoryNeeded(platform, config.WORKERS);
  need(megabytes <= platform.memoryMiB, `it may need ${Math.round(megabytes)} MiB of ${platform.memoryMiB}`);
  const user = `${contract.user.uid}:${contract.user.gid}`;
  need(platform.user === undefined || platform.user === user, `it runs as ${platform.user}`);
  need(platform.readOnly === true, 'its root file system can be written to');
  return faults;
}

function memoryNeeded({ env, memoryMiB }: Platform, workers: number): number {
  const given = /--max-old-space-size=(\d+)/.exec(env.NODE_OPTIONS ?? '')?.[1];
  const heap = given === undefined ? HEAP_SHARE_OF_IMAGE * memoryMiB : Number(given);
  // With more than one worker there is a process that watches them.
  return workers * heap + (workers > 1 ? workers + 1 : 1) * BESIDE_HEAP_MIB;
}
