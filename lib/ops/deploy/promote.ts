import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { runChild } from './child.ts';
import type { DeployContext } from './context.ts';
import { isOnPath } from './engine.ts';
import { digestOf, type RegistryLogin, registryLogin, repositoryUri } from './repository.ts';

/** The stage whose image is taken over: `clients` hold the credentials of its account. */
export type SourceStage = Pick<OpsContext, 'stage' | 'clients' | 'names'>;

/**
 * Copies an image from the repository of another stage, bit for bit: the digest stays, or it is no promotion.
 *
 * @returns the tag under which it stands now
 * @throws OpsFailure when the source has no such image, or when it did not arrive as it was
 */
export async function promote(context: DeployContext, source: SourceStage, digest: string): Promise<string> {
  if ((await digestOf(source, { imageDigest: digest })) === undefined) {
    throw new OpsFailure(`The repository of stage ${source.stage} has no image ${digest} either.`);
  }
  if (!isOnPath('skopeo', context.env.PATH)) {
    throw new OpsFailure(
      'An image is copied between repositories by skopeo, which is not on PATH. Install it (apt-get install skopeo, brew install skopeo).',
    );
  }
  const tag = `from-${source.stage}-${digest.slice(7, 19)}`;
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-login-'));
  try {
    const authentication = `--authfile=${join(folder, 'auth.json')}`;
    const skopeo = (args: readonly string[], input?: string) => run(context, args, input);
    for (const login of logins(await registryLogin(source), await registryLogin(context))) {
      const { user, password, registry } = login;
      await skopeo(['login', authentication, `--username=${user}`, '--password-stdin', registry], password);
    }
    const from = `docker://${await repositoryUri(source)}@${digest}`;
    const to = `docker://${await repositoryUri(context)}:${tag}`;
    await skopeo(['copy', '--all', '--preserve-digests', authentication, from, to]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const arrived = await digestOf(context, { imageTag: tag });
  if (arrived !== digest) {
    throw new OpsFailure(
      `The copy of ${digest} arrived as ${arrived ?? 'nothing'}: what was tested is not what would run.`,
    );
  }
  return tag;
}

/** Stages that share an account share its registry. */
const logins = (source: RegistryLogin, target: RegistryLogin): RegistryLogin[] =>
  source.registry === target.registry ? [target] : [source, target];

async function run({ signal, timeoutMs, env }: DeployContext, args: readonly string[], input?: string): Promise<void> {
  const { code, lines } = await runChild('skopeo', args, { signal, timeoutMs, env, input });
  if (code !== 0) throw new OpsFailure(`skopeo ${args[0]} failed: ${lines.slice(-2).join(' ').slice(0, 500)}`);
}
