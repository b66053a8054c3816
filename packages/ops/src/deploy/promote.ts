import { join } from 'node:path';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { runChild } from './child.ts';
import type { DeployContext } from './context.ts';
import { digestOf, registryLogin, repositoryUri, withLogins } from './repository.ts';

/** The stage whose image is taken over: `clients` hold the credentials of its account. */
export interface SourceStage extends Pick<OpsContext, 'stage' | 'clients' | 'names'> {
  /** @default - whichever the credentials are of */
  readonly account?: string;
}

/**
 * Copies an image from the repository of another stage, bit for bit: the digest stays, or it is no promotion.
 *
 * @returns its tag
 * @throws OpsFailure when skopeo fails, or when the image did not arrive as it was
 */
export async function promote(context: DeployContext, source: SourceStage, digest: string): Promise<string> {
  const tag = `from-${source.stage}-${digest.slice(7, 19)}`;
  // Stages that share an account share its registry, and then its login.
  const logins = [await registryLogin(source), await registryLogin(context)];
  await withLogins(logins, async (folder) => {
    const from = `docker://${await repositoryUri(source)}@${digest}`;
    const to = `docker://${await repositoryUri(context)}:${tag}`;
    await copy(context, ['--all', '--preserve-digests', `--authfile=${join(folder, 'config.json')}`, from, to]);
  });
  const arrived = await digestOf(context, { imageTag: tag });
  if (arrived !== digest) {
    throw new OpsFailure(
      `The copy of ${digest} arrived as ${arrived ?? 'nothing'}: what was tested is not what would run.`,
    );
  }
  return tag;
}

async function copy({ signal, timeoutMs, env }: DeployContext, args: readonly string[]): Promise<void> {
  const { code, lines } = await runChild('skopeo', ['copy', ...args], { signal, timeoutMs, env });
  if (code !== 0) throw new OpsFailure(`skopeo copy failed: ${lines.slice(-2).join(' ').slice(0, 500)}`);
}
