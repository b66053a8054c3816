import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '@healthcare-ai/ops/deploy/engine';
import { imageTag } from '@healthcare-ai/ops/deploy/image-tag';
import { withLogins } from '@healthcare-ai/ops/deploy/repository';

const TOKEN = Buffer.from('AWS:secret-password-of-the-registry').toString('base64');
const login = { registry: '111122223333.dkr.ecr.us-east-1.amazonaws.com', token: TOKEN };
const request = {
  reference: `${login.registry}/healthcare-ai-dev:1.0.0-abc-build`,
  version: '1.0.0',
  revision: 'abc',
  buildArguments: ['RUNTIME_IMAGE=base@sha256:1'],
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-engine-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Puts programs on PATH that write down how they were called. */
function programs(codes: Readonly<Record<string, number>>) {
  const calls = join(folder, 'calls');
  writeFileSync(calls, '');
  for (const [name, code] of Object.entries(codes)) {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\necho "${name} $*" >> ${calls}\n[ "$2" = version ] && exit ${code}\nexit 0\n`);
    chmodSync(path, 0o755);
  }
  const options = { env: { PATH: `${folder}:/usr/bin:/bin` }, signal: new AbortController().signal, timeoutMs: 10_000 };
  return { options, calls: () => readFileSync(calls, 'utf8') };
}

const onlyHere = ({ options }: ReturnType<typeof programs>) => ({ ...options, env: { PATH: folder } });

describe('The tool that builds the image', () => {
  it.each(['buildah', 'podman'] as const)(
    'is %s: one index of both architectures, pushed with a login file',
    async (name) => {
      const fake = programs({ [name]: 0 });
      const engine = await openEngine(name, fake.options);
      await withLogins([login], (logins) => engine.buildAndPush(request, logins));
      const calls = fake.calls();
      expect(calls).toContain('--platform=linux/arm64,linux/amd64');
      expect(calls).toContain('--build-arg=RUNTIME_IMAGE=base@sha256:1');
      expect(calls).toMatch(/manifest push --all --authfile=\S+\/config\.json \S+ docker:\/\/111122223333/);
      expect(calls).not.toContain(TOKEN);
      expect(calls).not.toContain('secret-password');
    },
  );

  it('is docker with buildx, whose record of provenance would change the digest', async () => {
    const fake = programs({ docker: 0 });
    const engine = await openEngine(undefined, onlyHere(fake));
    expect(engine.name).toBe('docker');
    await withLogins([login], (logins) => engine.buildAndPush(request, logins));
    expect(fake.calls()).toContain('--platform linux/arm64,linux/amd64 --provenance=false --push');
    expect(fake.calls()).not.toContain(TOKEN);
  });

  it('is docker with all of its own configuration: the plugins, the builders, the context and the other logins', async () => {
    const users = join(folder, '.docker');
    mkdirSync(join(users, 'cli-plugins'), { recursive: true });
    writeFileSync(join(users, 'cli-plugins', 'docker-buildx'), 'a plugin');
    const config = { currentContext: 'colima', credsStore: 'osxkeychain', auths: { 'ghcr.io': {} } };
    writeFileSync(join(users, 'config.json'), JSON.stringify(config));
    const seen = join(folder, 'seen');
    const path = join(folder, 'docker');
    const look = `/bin/cat $DOCKER_CONFIG/config.json $DOCKER_CONFIG/cli-plugins/docker-buildx > ${seen}`;
    writeFileSync(path, `#!/bin/sh\n[ "$2" = version ] || ${look}\n`);
    chmodSync(path, 0o755);
    const options = { env: { PATH: folder, HOME: folder }, signal: new AbortController().signal, timeoutMs: 10_000 };
    const engine = await openEngine(undefined, options);
    await withLogins([login], (logins) => engine.buildAndPush(request, logins));
    const [json, plugin] = readFileSync(seen, 'utf8').split(/(?<=\})(?=a plugin)/);
    expect(JSON.parse(json!)).toEqual({
      currentContext: 'colima',
      credsStore: 'osxkeychain',
      auths: { 'ghcr.io': {}, [login.registry]: { auth: TOKEN } },
      credHelpers: { [login.registry]: '' },
    });
    expect(plugin).toBe('a plugin');
    // What was the user's is as it was, also after the folder that was lent is gone.
    expect(JSON.parse(readFileSync(join(users, 'config.json'), 'utf8'))).toEqual(config);
    expect(readFileSync(join(users, 'cli-plugins', 'docker-buildx'), 'utf8')).toBe('a plugin');
  });

  it('is not a docker without buildx', async () => {
    const fake = programs({ docker: 1, podman: 0 });
    expect((await openEngine(undefined, onlyHere(fake))).name).toBe('podman');
  });

  it('is missed with what to do', async () => {
    await expect(openEngine(undefined, onlyHere(programs({})))).rejects.toThrow(
      'there is no docker with buildx, buildah, podman on PATH. Install one, or give --digest',
    );
  });
});

describe('A login that is lent to a tool', () => {
  it('is a file that only its owner reads, and that is gone afterwards', async () => {
    const path = await withLogins([login], async (logins) => {
      const file = join(logins, 'config.json');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(JSON.parse(readFileSync(file, 'utf8')).auths[login.registry].auth).toBe(TOKEN);
      return file;
    });
    expect(existsSync(path)).toBe(false);
  });

  it('is gone after a failure as well', async () => {
    let lent = '';
    const failing = withLogins([login], async (logins) => {
      lent = logins;
      throw new Error('cut');
    });
    await expect(failing).rejects.toThrow('cut');
    expect(existsSync(lent)).toBe(false);
  });
});

describe('The tag of an image', () => {
  const copy = (root = folder) => {
    for (const name of ['.dockerignore', 'package.json', 'package-lock.json', 'tsconfig.json', 'scripts', 'packages'])
      cpSync(name, join(root, name), { recursive: true });
    cpSync('web', join(root, 'web'), { recursive: true, filter: (path) => !path.includes('node_modules') });
    for (const name of ['package.json', 'Dockerfile']) cpSync(join('service', name), join(root, 'service', name));
    mkdirSync(join(root, 'service/src'));
    writeFileSync(join(root, 'service/src/main.ts'), 'start();\n');
    return root;
  };

  it('is the same for the same sources, wherever they lie', () => {
    const here = imageTag(copy(), []);
    const there = copy(join(folder, 'elsewhere'));
    expect(imageTag(there, [])).toBe(here);
    expect(here).toMatch(/^\d+\.\d+\.\d+-[0-9a-f]{12}$/);
  });

  it.each([
    ['a line of the service', (root: string) => writeFileSync(join(root, 'service/src/main.ts'), 'stop();\n')],
    ['a new file', (root: string) => writeFileSync(join(root, 'service/src/new.ts'), '')],
    [
      'a package that the service imports',
      (root: string) => writeFileSync(join(root, 'packages/contract/src/new.ts'), ''),
    ],
    ['the page', (root: string) => writeFileSync(join(root, 'web/src/new.ts'), '')],
    ['the Dockerfile', (root: string) => writeFileSync(join(root, 'service/Dockerfile'), 'FROM scratch\n')],
  ])('is another one after a change of %s', (_what, change) => {
    const before = imageTag(copy(), []);
    change(folder);
    expect(imageTag(folder, [])).not.toBe(before);
  });

  it('is another one on another base, and the same after a change of what it does not contain', () => {
    const before = imageTag(copy(), []);
    expect(imageTag(folder, ['RUNTIME_IMAGE=other'])).not.toBe(before);
    writeFileSync(join(folder, 'README.md'), 'text');
    writeFileSync(join(folder, 'packages/ops/src/new.ts'), '');
    expect(imageTag(folder, [])).toBe(before);
  });
});
