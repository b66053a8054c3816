import { contract } from '@healthcare-ai/contract';
import type { Engine } from './engine.ts';

export interface TaskOptions {
  readonly image: string;
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** @default - the image's own: it serves */
  readonly command?: readonly string[];
  /** MiB; @default 512 */
  readonly memory?: number;
}

/** How every platform of deploy/ runs the image: read-only, not root, no capability, limits on memory and processes. */
export const hardening = (memory = 512): string[] => [
  '--read-only',
  '--tmpfs=/tmp:rw,noexec,nosuid,nodev,size=16m',
  `--user=${contract.user.uid}:${contract.user.gid}`,
  '--cap-drop=all',
  '--security-opt=no-new-privileges',
  `--memory=${memory}m`,
  '--pids-limit=200',
  `--stop-timeout=${contract.timeouts.stop}`,
];

const variables = (env: Readonly<Record<string, string>>): string[] =>
  Object.entries(env).map(([name, value]) => `--env=${name}=${value}`);

/** Starts a task in the background. */
export async function startTask(engine: Engine, options: TaskOptions): Promise<void> {
  const { image, name, env, command = [], memory } = options;
  await engine.podman([
    'run',
    '--detach',
    `--name=${name}`,
    ...hardening(memory),
    ...variables(env),
    image,
    ...command,
  ]);
}

/** Runs a command of the image to its end, and returns what it wrote to stdout. */
export async function runTask(engine: Engine, options: Omit<TaskOptions, 'name'>): Promise<string> {
  const { image, env, command = [], memory } = options;
  const args = ['run', '--rm', ...hardening(memory), ...variables(env), image, ...command];
  return (await engine.podman(args)).stdout;
}

/** Sends SIGTERM, waits, and returns the exit code: 137 would be a kill. */
export async function stopTask(engine: Engine, name: string): Promise<number> {
  await engine.podman(['stop', name]);
  const { stdout } = await engine.podman(['inspect', '--format', '{{.State.ExitCode}}', name]);
  await engine.podman(['rm', '--force', '--time', '0', name]);
  return Number(stdout.trim());
}

/** Milliseconds until the address answers 200. */
export async function healthy(url: string, seconds = 30): Promise<number> {
  const started = performance.now();
  while (performance.now() - started < seconds * 1000) {
    const status = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => 0,
    );
    if (status === 200) return Math.round(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${url} was not healthy within ${seconds} seconds`);
}
