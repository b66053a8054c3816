import { randomBytes } from 'node:crypto';
import { freePort } from '../../test/service/support/free-port.ts';
import { type OwnPostgresServer, startPostgres } from '../../test/service/support/postgres.ts';
import type { Engine } from './engine.ts';
import { runTask } from './hardened.ts';
import { run } from './run.ts';

/** A PostgreSQL server with the schema and the service's role in it, made by the image itself. */
export interface RehearsalWorld {
  readonly server: OwnPostgresServer;
  /** Variables of a task that serves, but for its ports. */
  readonly env: Readonly<Record<string, string>>;
  readonly ownerEnv: Readonly<Record<string, string>>;
  key(role: string, principal?: string): Promise<string>;
}

const SERVICE_ROLE = 'healthcare_ai';

export async function makeWorld(engine: Engine, image: string): Promise<RehearsalWorld> {
  const server = await startPostgres();
  const password = randomBytes(18).toString('hex');
  const common = {
    NODE_ENV: 'production',
    STAGE: 'rehearsal',
    HOST: '127.0.0.1',
    TLS: 'off',
    DATABASE_TLS: 'off',
    RATE_LIMIT: 'off',
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    AUDIT_SIGNING_KEY: randomBytes(32).toString('base64'),
  };
  const ownerEnv = { ...common, DATABASE_URL: server.ownerUrl() };
  await runTask(engine, {
    image,
    env: { ...ownerEnv, SERVICE_ROLE_PASSWORD: password },
    command: ['dist/main.cjs', 'migrate', '--service-role', SERVICE_ROLE],
  });
  return {
    server,
    env: { ...common, DATABASE_URL: server.urlOf(SERVICE_ROLE, password) },
    ownerEnv,
    async key(role, principal = role) {
      const command = [
        'dist/main.cjs',
        'keys',
        'create',
        '--tenant',
        'north',
        '--principal',
        principal,
        '--role',
        role,
      ];
      return (await runTask(engine, { image, env: ownerEnv, command })).trim();
    },
  };
}

export async function ports(): Promise<{ readonly PORT: string; readonly METRICS_PORT: string; readonly url: string }> {
  const [port, metrics] = [await freePort(), await freePort()];
  return { PORT: String(port), METRICS_PORT: String(metrics), url: `http://127.0.0.1:${port}` };
}

/** Verifies the trail in a database with the operators' command, and returns its verdict. */
export async function verifyTrail(env: Readonly<Record<string, string>>): Promise<string> {
  return (await run(process.execPath, ['bin/ops.ts', 'audit', 'verify'], { env })).stdout.split('\n')[0]!;
}
