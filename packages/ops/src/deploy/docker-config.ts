import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface DockerConfig {
  readonly auths?: Readonly<Record<string, object>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
}

const read = (folder: string): DockerConfig => {
  try {
    return JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as DockerConfig;
  } catch {
    return {};
  }
};

/**
 * Makes of a folder with logins one that docker takes for its own. DOCKER_CONFIG moves all of docker's configuration, not
 * only the logins: without the rest buildx, its builders and the context (Docker Desktop, Colima) would be gone.
 * https://docs.docker.com/reference/cli/docker/#configuration-files
 *
 * @param logins folder whose `config.json` holds the logins
 * @param env of docker: `DOCKER_CONFIG`, or `HOME`, says where the user's configuration is
 */
export function completeDockerConfig(logins: string, env: Readonly<Record<string, string | undefined>>): void {
  const users = env.DOCKER_CONFIG ?? join(env.HOME ?? '/', '.docker');
  const { auths = {} } = read(logins);
  const config = read(users);
  // An empty helper: the login is in this file, and not in the keychain that holds the user's own.
  const here = Object.fromEntries(Object.keys(auths).map((registry) => [registry, '']));
  writeFileSync(
    join(logins, 'config.json'),
    JSON.stringify({
      ...config,
      auths: { ...config.auths, ...auths },
      credHelpers: { ...config.credHelpers, ...here },
    }),
    { mode: 0o600 },
  );
  for (const name of entriesOf(users)) if (name !== 'config.json') symlinkSync(join(users, name), join(logins, name));
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
