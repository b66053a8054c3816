import { join } from 'node:path';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { unlessMissing } from '../aws/unless-missing.ts';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { readChange } from '../rollout/change-record.ts';
import { short } from '../rollout/digest.ts';
import { currentDigest, releases } from '../rollout/history.ts';
import { runChild } from './child.ts';
import type { DeployContext } from './context.ts';
import { isOnPath } from './engine.ts';
import { digestOf, registryLogin, repositoryUri, withLogins } from './repository.ts';
import type { Step } from './step.ts';

/** The stage whose image is taken over: `clients` hold the credentials of its account. */
export interface SourceStage extends Pick<OpsContext, 'stage' | 'clients' | 'names'> {
  /** @default - whichever the credentials are of */
  readonly account?: string;
}

/** An image on its way from the stage where it was tested to the stage that is deployed. */
export class Promotion {
  readonly #context: DeployContext;
  readonly #wanted: string | undefined;
  #digest: string | undefined;
  readonly source: SourceStage;

  /** @param wanted digest of the image; undefined takes the one that the source stage runs */
  constructor(context: DeployContext, source: SourceStage, wanted: string | undefined) {
    this.#context = context;
    this.source = source;
    this.#wanted = wanted;
  }

  /** @throws Error before its step has looked */
  get digest(): string {
    if (this.#digest === undefined) throw new Error('the step of the promotion comes first');
    return this.#digest;
  }

  /** The image, and whether it is available: known before the first change. */
  step(): Step {
    const { stage } = this.source;
    return {
      title: `Image of stage ${stage}`,
      interrupted: 'Nothing was changed.',
      look: async () => {
        const { repository } = this.#context.names;
        if (this.#wanted !== undefined && (await isIn(this.#context, this.#wanted))) {
          this.#digest = this.#wanted;
          return { sees: `${short(this.#wanted)} is in ${repository} already` };
        }
        const account = await this.#account();
        const digest = this.#wanted ?? (await this.#running(account));
        await this.#requireIn(account, digest);
        const there = await isIn(this.#context, digest);
        if (!there && !isOnPath('skopeo', this.#context.env.PATH)) {
          throw new OpsFailure(
            `An image is copied between repositories by skopeo, which is not on PATH. Install it (apt-get install skopeo, brew install skopeo). Nothing was changed.`,
          );
        }
        this.#digest = digest;
        const has = this.#wanted === undefined ? 'runs' : 'has';
        return { sees: `${stage} in account ${account} ${has} ${digest}${there ? `, and so has ${repository}` : ''}` };
      },
    };
  }

  /** @returns the tag of the copy */
  copy(): Promise<string> {
    return promote(this.#context, this.source, this.digest);
  }

  async #account(): Promise<string> {
    const { stage, account, clients } = this.source;
    const { Account = '' } = await clients.sts.send(new GetCallerIdentityCommand({}));
    if (account === undefined || account === Account) return Account;
    throw new OpsFailure(
      `The credentials for --from ${stage} are of account ${Account}, and that stage belongs to ${account}. Give --from-profile of that account. Nothing was changed.`,
    );
  }

  async #running(account: string): Promise<string> {
    const { stage } = this.source;
    const change = await readChange(this.source);
    if (change !== undefined) {
      throw new OpsFailure(
        `Stage ${stage} is in the middle of a ${change.record.kind} to ${short(change.record.to)} ("${change.record.step}"): what it is going to run is not known yet. Wait for its end, or give --digest. Nothing was changed.`,
      );
    }
    const digest = await currentDigest(this.source);
    if (digest === undefined) {
      throw new OpsFailure(
        `Account ${account} knows no image of stage ${stage}. If it is not the account of ${stage}, give --from-profile; if it is, deploy ${stage} first. Nothing was changed.`,
      );
    }
    if ((await releases(this.source)).at(-1)?.kind === 'failed') {
      throw new OpsFailure(
        `Stage ${stage} has not come up with ${short(digest)}: its deploy failed. Deploy it first, or give --digest of an image that was tested. Nothing was changed.`,
      );
    }
    return digest;
  }

  async #requireIn(account: string, digest: string): Promise<void> {
    const { stage, names } = this.source;
    if (await isIn(this.source, digest)) return;
    throw new OpsFailure(
      `Account ${account} has no image ${digest} in a repository ${names.repository}. If it is not the account of ${stage}, give --from-profile; if it is, take the digest from the last lines of its deploy. Nothing was changed.`,
    );
  }
}

/** Whether the stage's repository has the image; an account that is still empty has none. */
const isIn = async (stage: Parameters<typeof digestOf>[0], digest: string): Promise<boolean> =>
  (await unlessMissing('RepositoryNotFound', digestOf(stage, { imageDigest: digest }))) !== undefined;

/**
 * Copies an image from the repository of another stage, bit for bit: the digest must stay the same.
 *
 * @returns its tag
 * @throws OpsFailure when skopeo fails, or when the image did not arrive as it was
 */
async function promote(context: DeployContext, source: SourceStage, digest: string): Promise<string> {
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
