import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Engine } from './engine.ts';
import { run } from './run.ts';

/** The names that the Dockerfile and the Compose file get in place of the public images, which are not reached here. */
export const baseImages = {
  /** For gcr.io/distroless/nodejs24-debian13: node at the same path, no shell. */
  runtime: 'localhost/rehearsal/nodejs24:nonroot',
  /** For docker.io/library/node: node, npm and a shell. */
  build: 'localhost/rehearsal/node-build:24',
  /** The runtime of the other architecture. */
  runtimeArm64: 'localhost/rehearsal/nodejs24-arm64:nonroot',
  nginx: 'localhost/rehearsal/nginx:debian',
  postgres: 'localhost/rehearsal/postgres:debian',
} as const;

/** A root file system, put together from files of this machine. */
export class Root {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    for (const name of ['etc', 'tmp', 'usr/bin', 'usr/lib', 'lib64', 'proc', 'sys', 'dev', 'run', 'var']) {
      mkdirSync(join(folder, name), { recursive: true });
    }
    for (const name of ['bin', 'lib']) symlinkSync(`usr/${name}`, join(folder, name));
    chmodSync(join(folder, 'tmp'), 0o1777);
    const users = [
      'root:x:0:0::/root:/sbin/nologin',
      'postgres:x:999:999::/var/lib/postgresql:/bin/sh',
      'nginx:x:101:101::/:/sbin/nologin',
      'nonroot:x:65532:65532::/home/nonroot:/sbin/nologin',
    ];
    writeFileSync(join(folder, 'etc/passwd'), `${users.join('\n')}\n`);
    writeFileSync(join(folder, 'etc/group'), 'root:x:0:\npostgres:x:999:\nnginx:x:101:\nnonroot:x:65532:\n');
    writeFileSync(join(folder, 'etc/nsswitch.conf'), 'passwd: files\ngroup: files\nhosts: files dns\n');
  }

  file(source: string, target = source): this {
    const to = join(this.folder, target);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(realpathSync(source), to);
    return this;
  }

  tree(source: string, target = source): this {
    cpSync(source, join(this.folder, target), { recursive: true, dereference: true });
    return this;
  }

  /** A program or a library, with the libraries that it loads. */
  async program(source: string, target = source): Promise<this> {
    this.file(source, target);
    const { stdout } = await run('ldd', [realpathSync(source)], { accept: [0, 1] });
    for (const [, library] of stdout.matchAll(/(?:=> |^\s*)(\/\S+) \(0x/gm)) {
      const place = library!.replace(/^\/lib\//, '/usr/lib/');
      if (!existsSync(join(this.folder, place))) this.file(library!, place);
    }
    return this;
  }
}

async function commit(
  engine: Engine,
  root: Root,
  image: string,
  lines: readonly string[] = [],
  platform = 'linux/amd64',
) {
  const dockerfile = join(root.folder, '..', `${image.replace(/\W/g, '_')}.Dockerfile`);
  writeFileSync(dockerfile, ['FROM scratch', 'COPY . /', ...lines, ''].join('\n'));
  await engine.buildah(['bud', '--platform', platform, '--timestamp', '0', '-f', dockerfile, '-t', image, root.folder]);
}

/** Node as the tests run it, at the path of the distroless images, with the libraries it loads and nothing else. */
export async function makeRuntimeBase(engine: Engine, folder: string): Promise<void> {
  const root = await new Root(join(folder, 'runtime')).program(process.execPath, '/nodejs/bin/node');
  await commit(engine, root, baseImages.runtime, ['ENTRYPOINT ["/nodejs/bin/node"]', 'USER 65532']);
}

/** The layout for arm64, without a Node.js in it: what is built on it is inspected and never run. */
export async function makeArm64Base(engine: Engine, folder: string): Promise<void> {
  const root = new Root(join(folder, 'runtime-arm64'));
  mkdirSync(join(root.folder, 'nodejs/bin'), { recursive: true });
  await commit(engine, root, baseImages.runtimeArm64, ['ENTRYPOINT ["/nodejs/bin/node"]', 'USER 65532'], 'linux/arm64');
}

/** Node, npm, `env` and a shell, for the Dockerfile's build stage. */
export async function makeBuildBase(engine: Engine, folder: string, npm: string): Promise<void> {
  const root = await new Root(join(folder, 'build')).program(process.execPath, '/usr/bin/node');
  await root.program('/usr/bin/env');
  await root.program('/bin/dash', '/usr/bin/sh');
  root.tree(npm, '/usr/lib/node_modules/npm');
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(root.folder, 'usr/bin/npm'));
  // A registry inside of a company has an authority of its own: what this machine trusts, its base trusts.
  const authority = process.env.NODE_EXTRA_CA_CERTS;
  if (authority) root.file(authority);
  await commit(engine, root, baseImages.build, authority ? [`ENV NODE_EXTRA_CA_CERTS=${authority}`] : []);
}

/** Debian's nginx, under the user and the paths of nginxinc/nginx-unprivileged. */
export async function makeNginxBase(engine: Engine, folder: string): Promise<void> {
  const root = await new Root(join(folder, 'nginx')).program('/usr/sbin/nginx');
  root.file('/etc/nginx/mime.types');
  mkdirSync(join(root.folder, 'var/log/nginx'), { recursive: true });
  mkdirSync(join(root.folder, 'var/lib/nginx'), { recursive: true });
  await commit(engine, root, baseImages.nginx, [
    'STOPSIGNAL SIGQUIT',
    'USER 101',
    'CMD ["/usr/sbin/nginx", "-g", "daemon off;"]',
  ]);
}

// What the entry point of docker.io/library/postgres does on a first start, as far as deploy/compose uses it.
const postgresEntrypoint = `#!/bin/sh
set -eu
data="$PGDATA"
if [ ! -f "$data/PG_VERSION" ]; then
  initdb -D "$data" -U "$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" $POSTGRES_INITDB_ARGS
  echo "CREATE DATABASE $POSTGRES_DB;" | postgres --single -D "$data" postgres
  echo "host all all all scram-sha-256" >> "$data/pg_hba.conf"
fi
exec "$@"
`;

/** Debian's PostgreSQL, with as much of the official image's entry point as is needed. */
export async function makePostgresBase(engine: Engine, folder: string, programs: string): Promise<void> {
  const root = new Root(join(folder, 'postgres'));
  const version = dirname(programs);
  for (const name of [
    'initdb',
    'postgres',
    'pg_ctl',
    'pg_isready',
    'psql',
    'pg_dump',
    'pg_restore',
    'pg_basebackup',
    'pg_verifybackup',
  ]) {
    if (existsSync(join(programs, name))) await root.program(join(programs, name));
  }
  for (const name of readdirSync(join(version, 'lib')).filter((file) =>
    /^(plpgsql|dict_snowball|libpqwalreceiver)\.so$/.test(file),
  )) {
    await root.program(join(version, 'lib', name));
  }
  root.tree(version.replace('/lib/', '/share/'));
  root.tree('/usr/share/zoneinfo');
  await root.program('/bin/dash', '/usr/bin/sh');
  mkdirSync(join(root.folder, 'var/lib/postgresql/data'), { recursive: true });
  mkdirSync(join(root.folder, 'var/run/postgresql'), { recursive: true });
  writeFileSync(join(root.folder, 'usr/bin/docker-entrypoint.sh'), postgresEntrypoint, { mode: 0o755 });
  await commit(engine, root, baseImages.postgres, [
    `ENV PATH=${programs}:/usr/bin PGDATA=/var/lib/postgresql/data POSTGRES_INITDB_ARGS=""`,
    'STOPSIGNAL SIGINT',
    'ENTRYPOINT ["docker-entrypoint.sh"]',
    'CMD ["postgres"]',
  ]);
}
