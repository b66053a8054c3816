import { spawn } from 'node:child_process';
import { chownSync, copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../test/service/support/free-port.ts';
import { adaptCompose, adaptNginx } from './adapt-compose.ts';
import { baseImages } from './base-images.ts';
import type { Engine } from './engine.ts';
import { image } from './images.ts';
import { run } from './run.ts';

export const SERVER_NAME = 'api.example.org';
const DATABASE_USER = 999;

export interface ComposeProject {
  readonly httpPort: number;
  readonly httpsPort: number;
  /** Port of the service itself, behind nginx. */
  readonly apiPort: number;
  /** PEM of the certificate. */
  readonly ca: string;
  up(): Promise<void>;
  down(): Promise<void>;
  compose(args: readonly string[]): Promise<string>;
  /** Name of the container of a service. */
  container(service: string): string;
}

/** Lays out a project as the guide does, in a folder of its own: settings, secrets by `secrets.sh`, a certificate. */
export async function makeProject(engine: Engine, parent: string): Promise<ComposeProject> {
  const folder = join(parent, 'compose');
  cpSync('deploy/compose', folder, { recursive: true, filter: (name) => !/\/(secrets|ssl|\.env)$/.test(name) });
  await run('sh', [join(folder, 'secrets.sh')]);
  mkdirSync(join(folder, 'ssl'));
  const pair = ['-keyout', join(folder, 'ssl/key.pem'), '-out', join(folder, 'ssl/cert.pem')];
  const names = ['-subj', `/CN=${SERVER_NAME}`, '-addext', `subjectAltName=DNS:${SERVER_NAME}`];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '90'];
  await run('openssl', ['req', ...kind, ...pair, ...names]);
  // The guide says so too: nginx runs as user 101 and must read its key.
  chownSync(join(folder, 'ssl/key.pem'), 101, 101);
  const databaseFolder = join(folder, 'pgdata');
  mkdirSync(databaseFolder, { mode: 0o700 });
  chownSync(databaseFolder, DATABASE_USER, DATABASE_USER);

  const ports = { http: 0, https: 0, api: 0, metrics: 0, database: 0 };
  for (const name of Object.keys(ports) as (keyof typeof ports)[]) ports[name] = await freePort();
  const text = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])) as Record<
    keyof typeof ports,
    string
  >;
  const shipped = (name: string) => readFileSync(join('deploy/compose', name), 'utf8');
  writeFileSync(join(folder, 'nginx.conf'), adaptNginx(shipped('nginx.conf'), text));
  const file = join(folder, 'adapted.yaml');
  writeFileSync(
    file,
    adaptCompose(shipped('compose.yaml'), {
      apiPort: text.api,
      metricsPort: text.metrics,
      databasePort: text.database,
      databaseFolder,
      databaseUser: `${DATABASE_USER}:${DATABASE_USER}`,
      folder,
    }),
  );
  const socket = join(folder, 'podman.sock');
  const server = spawn(
    'podman',
    ['--tmpdir', join(parent, 'libpod'), 'system', 'service', '--time=0', `unix://${socket}`],
    {
      env: { ...process.env, ...engine.env },
      stdio: 'ignore',
    },
  );
  for (let waited = 0; !existsSync(socket); waited += 50) {
    if (waited > 10_000) throw new Error('podman did not open its socket within 10 seconds');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const project = 'rehearsal';
  const env = {
    DOCKER_HOST: `unix://${socket}`,
    DOCKER_BUILDKIT: '0',
    IMAGE: image('v1'),
    NGINX_IMAGE: baseImages.nginx,
    POSTGRES_IMAGE: baseImages.postgres,
  };
  const compose = async (args: readonly string[]) =>
    (await run('docker-compose', ['-p', project, '-f', file, ...args], { env, timeout: 180 })).stdout;
  const container = (service: string) => `${project}_${service}_1`;
  // Docker runs the health checks itself; podman leaves them to systemd, which a container host may lack.
  let checking: ReturnType<typeof setInterval> | undefined;
  return {
    httpPort: ports.http,
    httpsPort: ports.https,
    apiPort: ports.api,
    ca: readFileSync(join(folder, 'ssl/cert.pem'), 'utf8'),
    compose,
    container,
    async up() {
      checking = setInterval(() => {
        for (const name of ['database', 'api']) {
          engine.podman(['healthcheck', 'run', container(name)], { accept: [0, 1, 125], timeout: 10 }).catch(() => {});
        }
      }, 1_500);
      await compose(['up', '-d', '--no-build']);
    },
    async down() {
      clearInterval(checking);
      try {
        await compose(['down', '--timeout', '30']);
      } finally {
        server.kill('SIGTERM');
      }
    },
  };
}

/** Copies a file of deploy/compose with a change, for checks that must refuse it. */
export function brokenCopy(folder: string, change: (text: string) => string): string {
  const file = join(folder, 'broken.yaml');
  copyFileSync('deploy/compose/compose.yaml', file);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  return file;
}
