import { parse, stringify } from 'yaml';

export interface Adaptation {
  readonly apiPort: string;
  readonly metricsPort: string;
  readonly databasePort: string;
  /** Where the database keeps its files, owned by `databaseUser`. */
  readonly databaseFolder: string;
  readonly databaseUser: string;
  /** Folders that replace ./nginx.conf, ./ssl and ./secrets. */
  readonly folder: string;
}

interface Service {
  environment?: Record<string, string>;
  volumes?: string[];
  [key: string]: unknown;
}

/**
 * The Compose file for a machine without bridges: every service on the host's network, on loopback, on free ports.
 * Everything else stays as it is shipped: users, limits, capabilities, read-only roots, secrets, health checks, order.
 */
export function adaptCompose(shipped: string, to: Adaptation): string {
  const file = parse(shipped, { merge: true }) as {
    services: Record<string, Service>;
    secrets: Record<string, { file: string }>;
    networks?: unknown;
    volumes?: unknown;
    name?: unknown;
  };
  delete file.networks;
  delete file.volumes;
  delete file.name;
  for (const name of Object.keys(file)) if (name.startsWith('x-')) delete (file as Record<string, unknown>)[name];
  for (const service of Object.values(file.services)) {
    delete service.networks;
    delete service.ports;
    service.network_mode = 'host';
    service.ulimits = { nofile: 4096, nproc: 1024 };
    const url = service.environment?.DATABASE_URL;
    if (url) service.environment!.DATABASE_URL = url.replace('database:5432', `127.0.0.1:${to.databasePort}`);
  }
  const { database, api, nginx } = file.services as { database: Service; api: Service; nginx: Service };
  database.environment!.PGPORT = to.databasePort;
  database.command = ['postgres', '-c', 'listen_addresses=127.0.0.1'];
  database.user = to.databaseUser;
  database.volumes = [`${to.databaseFolder}:/var/lib/postgresql/data`];
  Object.assign(api.environment!, { HOST: '127.0.0.1', PORT: to.apiPort, METRICS_PORT: to.metricsPort });
  api.env_file = [`${to.folder}/.env`];
  nginx.volumes = nginx.volumes!.map((volume) => volume.replace('./', `${to.folder}/`));
  for (const secret of Object.values(file.secrets)) secret.file = secret.file.replace('./', `${to.folder}/`);
  // docker-compose reads YAML 1.1, where a bare `off` is false.
  return stringify({ version: '3.8', ...file }, { version: '1.1' });
}

/** nginx.conf for loopback and free ports; `http2 on` is younger than Debian's nginx, and is said there in `listen`. */
export function adaptNginx(
  shipped: string,
  ports: { readonly http: string; readonly https: string; readonly api: string },
) {
  return shipped
    .replace('listen 8080;', `listen 127.0.0.1:${ports.http};`)
    .replace('listen 8443 ssl;', `listen 127.0.0.1:${ports.https} ssl http2;`)
    .replace(/^\s*http2 on;\n/m, '')
    .replace('server api:8000', `server 127.0.0.1:${ports.api}`);
}
