import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { OpsFailure } from '../errors.ts';
import { type ChildOptions, runChild } from './child.ts';
import { completeDockerConfig } from './docker-config.ts';

export interface BuildRequest {
  /** `registry/repository:tag` */
  readonly reference: string;
  readonly version: string;
  readonly revision: string;

  /** `NAME=value` */
  readonly buildArguments: readonly string[];

  /** Folder of a bundle that was built and tested before; undefined lets the Dockerfile build it. */
  readonly bundle?: string;
}

/** A tool that builds and pushes one image index for both architectures. */
export interface Engine {
  readonly name: string;

  /**
   * Builds for both architectures, and pushes the index.
   *
   * @param logins folder whose `config.json` holds the login
   */
  buildAndPush(request: BuildRequest, logins: string): Promise<void>;
}

/** Fargate runs arm64; Cloud Run and laptops amd64. */
const platforms = 'linux/arm64,linux/amd64';

const buildArgumentsOf = ({ version, revision, buildArguments, bundle }: BuildRequest): string[] => [
  `--build-arg=VERSION=${version}`,
  `--build-arg=REVISION=${revision}`,
  ...buildArguments.map((pair) => `--build-arg=${pair}`),
  ...(bundle ? [`--build-context=bundle=${bundle}`] : []),
  '--file=service/Dockerfile',
];

export type EngineName = 'docker' | 'buildah' | 'podman';

type Run = (program: string, args: readonly string[], more?: Partial<ChildOptions>) => Promise<void>;

/** buildah and podman speak alike: podman is buildah with more around it. */
const containersEngine = (name: 'buildah' | 'podman', run: Run): Engine => ({
  name,
  async buildAndPush(request, logins) {
    const { reference } = request;
    const index = `localhost/healthcare-ai-deploy:${reference.split(':').at(-1)}`;
    // What an interrupted build left under the name would be pushed as well.
    await run(name, ['manifest', 'rm', index]).catch(() => {});
    const build = name === 'buildah' ? 'bud' : 'build';
    // OCI's format keeps no HEALTHCHECK.
    const options = ['--format=docker', `--platform=${platforms}`, `--manifest=${index}`];
    await run(name, [build, ...options, ...buildArgumentsOf(request), '.']);
    await run(name, [
      'manifest',
      'push',
      '--all',
      `--authfile=${join(logins, 'config.json')}`,
      index,
      `docker://${reference}`,
    ]);
    await run(name, ['manifest', 'rm', index]).catch(() => {});
  },
});

const dockerEngine = (run: Run, env: ChildOptions['env'] = {}): Engine => ({
  name: 'docker',
  async buildAndPush(request, logins) {
    // Its own record of how it was built would make another digest of each build.
    const options = ['--platform', platforms, '--provenance=false', '--push', '--tag', request.reference];
    completeDockerConfig(logins, env);
    await run('docker', ['buildx', 'build', ...options, ...buildArgumentsOf(request), '.'], {
      env: { DOCKER_CONFIG: logins },
    });
  },
});

/** Whether a program is on PATH. */
export function isOnPath(program: string, path: string | undefined): boolean {
  return (path ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * The first tool that is found, or the one that is named.
 *
 * @param options of every run of it; `onLine` gets its output
 * @throws OpsFailure when there is none
 */
export async function openEngine(wanted: EngineName | undefined, options: ChildOptions): Promise<Engine> {
  const names: readonly EngineName[] = wanted ? [wanted] : ['docker', 'buildah', 'podman'];
  const run: Run = async (program, args, more = {}) => {
    const env = { ...options.env, ...more.env };
    const { code, lines } = await runChild(program, args, { ...options, ...more, env });
    if (code === 0) return;
    const said = lines
      .filter((line) => line.trim() !== '')
      .slice(-3)
      .join(' ');
    throw new OpsFailure(`${program} ${args[0]} failed with exit code ${code}: ${said.slice(0, 500)}`);
  };
  for (const name of names) {
    if (!isOnPath(name, options.env?.PATH)) continue;
    if (name !== 'docker') return containersEngine(name, run);
    const asked = await runChild('docker', ['buildx', 'version'], { ...options, onLine: undefined });
    if (asked.code === 0) return dockerEngine(run, options.env);
  }
  const missing = wanted === 'docker' ? 'docker with buildx' : names.join(', ').replace('docker', 'docker with buildx');
  throw new OpsFailure(
    `The image cannot be built: there is no ${missing} on PATH. Install one, or give --digest of an image that is in the repository.`,
  );
}
