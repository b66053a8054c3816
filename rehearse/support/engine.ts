import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ran, type RunOptions, run } from './run.ts';

/** Containers, images and their storage, all in one folder: nothing of the machine's own is seen or touched. */
export interface Engine {
  /** Variables that point buildah, podman and skopeo to that folder. */
  readonly env: Readonly<Record<string, string>>;
  podman(args: readonly string[], options?: RunOptions): Promise<Ran>;
  buildah(args: readonly string[], options?: RunOptions): Promise<Ran>;
  skopeo(args: readonly string[], options?: RunOptions): Promise<Ran>;
  /** Ends what runs and removes the storage. */
  close(): Promise<void>;
}

// Inside of a virtual machine without CAP_SYS_RESOURCE, limits must be named or the start fails; crun refuses hybrid
// cgroups, so it is runc. The host's network, because bridges need iptables; every server listens on loopback.
const containers = `[containers]
default_ulimits = ["nofile=4096:4096", "nproc=1024:1024"]
netns = "host"
log_driver = "k8s-file"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
`;

/** @param folder an empty folder; it is not removed */
export function openEngine(folder: string): Engine {
  const at = (name: string) => join(folder, name);
  mkdirSync(at('tmp'), { recursive: true });
  writeFileSync(at('containers.conf'), containers);
  const overlay = `[storage]\ndriver = "overlay"\ngraphroot = "${at('root')}"\nrunroot = "${at('run')}"\n`;
  writeFileSync(at('storage.conf'), overlay);
  writeFileSync(at('registries.conf'), 'unqualified-search-registries = []\n');
  writeFileSync(at('policy.json'), '{"default": [{"type": "insecureAcceptAnything"}]}\n');
  const env = {
    CONTAINERS_CONF: at('containers.conf'),
    CONTAINERS_STORAGE_CONF: at('storage.conf'),
    CONTAINERS_REGISTRIES_CONF: at('registries.conf'),
    TMPDIR: at('tmp'),
    BUILDAH_ISOLATION: 'chroot',
    BUILDAH_FORMAT: 'docker',
  };
  const tool =
    (program: string, before: readonly string[] = []) =>
    (args: readonly string[], options: RunOptions = {}) =>
      run(program, [...before, ...args], { ...options, env: { ...env, ...options.env } });
  const podman = tool('podman', ['--tmpdir', at('libpod')]);
  const buildah = tool('buildah');
  return {
    env,
    podman,
    buildah,
    skopeo: tool('skopeo', ['--policy', at('policy.json')]),
    async close() {
      await podman(['rm', '--all', '--force', '--time', '0'], { accept: [0, 1, 125] });
      await buildah(['rm', '--all'], { accept: [0, 1, 125] });
      await podman(['rmi', '--all', '--force'], { accept: [0, 1, 125] });
      await podman(['system', 'reset', '--force'], { accept: [0, 1, 125] });
    },
  };
}
