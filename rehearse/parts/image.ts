import { deepEqual, equal, ok } from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { contract } from '@healthcare-ai/contract';
import { clientOf } from '../../test/service/support/client.ts';
import { baseImages, makeArm64Base, makeBuildBase } from '../support/base-images.ts';
import type { Engine } from '../support/engine.ts';
import { healthy, startTask, stopTask } from '../support/hardened.ts';
import { buildImage, bundleIn, image } from '../support/images.ts';
import type { Part } from '../support/rehearsal.ts';
import { makeWorld, ports } from '../support/world.ts';

const MEGABYTE = 1_000_000;
const MAX_LAYERS = 3 * MEGABYTE;

export const imagePart: Part = {
  name: 'The image: built, inspected, run',
  needs: ['buildah', 'podman', 'skopeo', 'runc', 'npm', '/usr/lib/postgresql'],
  async run({ engine, folder, check }) {
    const ours = await layersAbove(engine, image('v1'), baseImages.runtime);
    await check('the same bundle gives the same layers, bit for bit', async () => {
      await buildImage(engine, { version: 'again', bundle: bundleIn(folder), args: ['--no-cache'] });
      deepEqual(await layersAbove(engine, image('again'), baseImages.runtime), ours);
    });
    await check(
      'it is not root, has a numeric user, a signal, a health check without a shell, and labels',
      async () => {
        const { stdout } = await engine.podman(['image', 'inspect', image('v1')]);
        const { Config, Healthcheck, History } = (JSON.parse(stdout) as [Inspected])[0];
        equal(Config.User, `${contract.user.uid}:${contract.user.gid}`);
        deepEqual(Config.Entrypoint, ['/nodejs/bin/node']);
        deepEqual(Config.Cmd, ['dist/main.cjs']);
        equal(Config.WorkingDir, '/app');
        equal(Config.StopSignal, 'SIGTERM');
        deepEqual(Object.keys(Config.ExposedPorts), [`${contract.port}/tcp`, `${contract.metricsPort}/tcp`]);
        deepEqual((Healthcheck ?? Config.Healthcheck)!.Test, [
          'CMD',
          '/nodejs/bin/node',
          'dist/main.cjs',
          'healthcheck',
        ]);
        for (const label of ['title', 'version', 'revision', 'created', 'licenses']) {
          ok(Config.Labels[`org.opencontainers.image.${label}`], `there is no label ${label}`);
        }
        ok(!/KEY=|PASSWORD|SECRET/.test(JSON.stringify([Config.Env, History])), 'a secret is in the image');
      },
    );
    await check('the layers above the base have at most 3 MB to pull', async () => {
      const base = await layersOf(engine, folder, baseImages.runtime);
      const all = await layersOf(engine, folder, image('v1'));
      const above = all.slice(base.length).reduce((sum, { size }) => sum + size, 0);
      ok(above <= MAX_LAYERS, `they have ${above} bytes`);
      const pull = all.reduce((sum, { size }) => sum + size, 0);
      return `${(above / MEGABYTE).toFixed(2)} MB above the base, ${(pull / MEGABYTE).toFixed(1)} MB in all, compressed`;
    });
    await check('one index names it for amd64 and arm64, with the same layers above the bases', async () => {
      await makeArm64Base(engine, folder);
      const arm64 = [`--build-arg=RUNTIME_IMAGE=${baseImages.runtimeArm64}`, '--platform=linux/arm64'];
      await buildImage(engine, { version: 'v1-arm64', bundle: bundleIn(folder), args: arm64 });
      const index = 'localhost/rehearsal/healthcare-ai-index:v1';
      await engine.buildah(['manifest', 'create', index]);
      await engine.buildah(['manifest', 'add', index, `containers-storage:${image('v1')}`]);
      await engine.buildah(['manifest', 'add', '--arch=arm64', index, `containers-storage:${image('v1-arm64')}`]);
      const { manifests } = JSON.parse((await engine.buildah(['manifest', 'inspect', index])).stdout) as Index;
      deepEqual(manifests.map(({ platform }) => platform.architecture).sort(), ['amd64', 'arm64']);
      deepEqual(await layersAbove(engine, image('v1-arm64'), baseImages.runtimeArm64), ours);
      return 'the arm64 image is not run';
    });
    await check('the Dockerfile builds the bundle by itself, from the lock file', async () => {
      await makeBuildBase(engine, folder, npmFolder());
      const npmrc = join(homedir(), '.npmrc');
      const secret = existsSync(npmrc) ? [`--secret=id=npmrc,src=${npmrc}`] : [];
      await buildImage(engine, { version: 'built', args: secret });
      deepEqual(await layersAbove(engine, image('built'), baseImages.runtime), ours);
      return 'the same layers as from the bundle that the tests use';
    });

    const world = await makeWorld(engine, image('v1'));
    try {
      const { url, ...own } = await ports();
      await check('it runs read-only, without a capability, under a limit of memory, and answers', async () => {
        const started = performance.now();
        await startTask(engine, { image: image('v1'), name: 'task', env: { ...world.env, ...own } });
        await healthy(`${url}${contract.paths.health}`);
        return `healthy ${Math.round(performance.now() - started)} ms after \`podman run\``;
      });
      await check(
        'from inside: no capability, no new privileges, seccomp on, PID 1, nothing to write to but /tmp',
        async () => {
          deepEqual(await insideOf(engine), {
            uid: contract.user.uid,
            pid1: '/nodejs/bin/node dist/main.cjs',
            status: { CapEff: '0000000000000000', NoNewPrivs: '1', Seccomp: '2' },
            writable: ['/tmp'],
            heap: 'about 60 % of the limit',
          });
        },
      );
      await check('its health check passes as the container runs it', async () => {
        await engine.podman(['healthcheck', 'run', 'task']);
      });
      await check('a note is posted and read back, byte for byte', async () => {
        const text = ' \tGröße 1,80 m, 体温 38.5 °C 🫀\r\n ';
        const sent = await clientOf(url, await world.key('integration')).ingest('patient-1', text);
        equal(sent.status, 200);
        const read = await clientOf(url, await world.key('clinician')).get(`/notes/${sent.body.audit_id}`);
        equal(read.body.note_text, text);
      });
      await check('SIGTERM to PID 1 ends it with exit code 0', async () => {
        const started = performance.now();
        equal(await stopTask(engine, 'task'), 0);
        const seconds = (performance.now() - started) / 1000;
        ok(seconds >= contract.timeouts.shutdownDelay, 'it did not keep serving for the delay');
        return `${seconds.toFixed(1)} s, of which ${contract.timeouts.shutdownDelay} s of serving on`;
      });
      await check('a missing setting is one clear line and exit code 2', async () => {
        const refused = await engine.podman(['run', '--rm', image('v1')], { accept: [2] });
        ok(refused.stderr.includes('DATABASE_URL is required in production'), refused.stderr);
        ok(!refused.stderr.includes('    at '), 'it shows a stack');
      });
    } finally {
      world.server.remove();
    }
  },
};

interface Inspected {
  readonly Config: {
    readonly User: string;
    readonly Entrypoint: string[];
    readonly Cmd: string[];
    readonly Env: string[];
    readonly WorkingDir: string;
    readonly StopSignal: string;
    readonly ExposedPorts: Record<string, unknown>;
    readonly Labels: Record<string, string>;
    readonly Healthcheck?: { readonly Test: string[] };
  };
  readonly Healthcheck?: { readonly Test: string[] };
  readonly History: unknown;
}

interface Index {
  readonly manifests: readonly { readonly platform: { readonly architecture: string } }[];
}

/** Digests of the layers that an image adds to its base. */
async function layersAbove(engine: Engine, name: string, base: string): Promise<string[]> {
  const below = await diffIds(engine, base);
  const all = await diffIds(engine, name);
  deepEqual(all.slice(0, below.length), below);
  return all.slice(below.length);
}

async function diffIds(engine: Engine, name: string): Promise<string[]> {
  const { stdout } = await engine.podman(['inspect', '--format', '{{json .RootFS.Layers}}', name]);
  return JSON.parse(stdout) as string[];
}

/** The layers as a registry keeps them: compressed. */
async function layersOf(engine: Engine, folder: string, name: string): Promise<{ readonly size: number }[]> {
  const to = join(folder, `oci-${name.replace(/\W/g, '_')}`);
  mkdirSync(to, { recursive: true });
  await engine.skopeo(['copy', '--quiet', '--dest-compress', `containers-storage:${name}`, `dir:${to}`]);
  return (JSON.parse(readFileSync(join(to, 'manifest.json'), 'utf8')) as { layers: { size: number }[] }).layers;
}

const npmFolder = (): string =>
  ['/usr/lib/node_modules/npm', '/usr/local/lib/node_modules/npm', '/usr/share/nodejs/npm'].find((folder) =>
    existsSync(join(folder, 'bin/npm-cli.js')),
  ) ?? '';

const probe = `
const fs = require('node:fs');
const status = Object.fromEntries(fs.readFileSync('/proc/1/status', 'utf8').split('\\n').map((line) => line.split(':\\t')));
const writable = ['/', '/app', '/app/dist', '/etc', '/nodejs/bin', '/tmp'].filter((folder) => {
  try { fs.writeFileSync(folder + '/probe', ''); fs.unlinkSync(folder + '/probe'); return true; } catch { return false; }
});
const { CapEff, NoNewPrivs, Seccomp } = status;
const heap = require('node:v8').getHeapStatistics().heap_size_limit;
console.log(JSON.stringify({
  uid: process.getuid(),
  pid1: fs.readFileSync('/proc/1/cmdline', 'utf8').split('\\0').filter(Boolean).join(' '),
  status: { CapEff, NoNewPrivs, Seccomp },
  writable,
  // The young generation comes on top of it: three semi-spaces of 16 MB.
  heap: Math.abs((heap - 48 * 2 ** 20) / process.constrainedMemory() - 0.6) < 0.05 ? 'about 60 % of the limit' : heap,
}));`;

async function insideOf(engine: Engine): Promise<unknown> {
  return JSON.parse((await engine.podman(['exec', 'task', '/nodejs/bin/node', '-e', probe])).stdout);
}
