import { contract } from '@healthcare-ai/contract';
import type { Readiness } from '../readiness.ts';

export interface HealthDependencies {
  readonly version: string;
  readonly draining: () => boolean;
  readonly readiness: Readiness;
}

export interface HealthAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, string>>;
}

/**
 * `/health` and `/health/live` say that the process serves, and touch no dependency: on ECS an unhealthy target is
 * replaced, so a database outage seen here would replace every task, again and again. `/health/ready` adds the
 * database, for proxies that only withhold traffic.
 */
export function healthRoutes({
  version,
  draining,
  readiness,
}: HealthDependencies): ReadonlyMap<string, () => Promise<HealthAnswer>> {
  const now = () => new Date().toISOString();
  const stopping = (): HealthAnswer => ({ status: 503, body: { status: 'draining', timestamp: now() } });
  return new Map([
    [
      contract.paths.health,
      async () => (draining() ? stopping() : { status: 200, body: { status: 'healthy', timestamp: now(), version } }),
    ],
    [
      contract.paths.live,
      async () => (draining() ? stopping() : { status: 200, body: { status: 'alive', timestamp: now() } }),
    ],
    [
      contract.paths.ready,
      async () => {
        if (draining()) return stopping();
        return (await readiness.check())
          ? { status: 200, body: { status: 'ready', timestamp: now() } }
          : { status: 503, body: { status: 'unavailable', timestamp: now() } };
      },
    ],
  ]);
}
