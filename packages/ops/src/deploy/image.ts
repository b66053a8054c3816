import { contract } from '@healthcare-ai/contract';
import { OpsFailure } from '../errors.ts';
import { CURRENT, short } from '../rollout/digest.ts';
import { currentDigest } from '../rollout/history.ts';
import { findImage } from '../rollout/image.ts';
import { requireScanned } from '../rollout/scan.ts';
import { runChild } from './child.ts';
import type { DeployContext } from './context.ts';
import { type EngineName, openEngine } from './engine.ts';
import { imageTag, versionOf } from './image-tag.ts';
import { publishIndex } from './index-image.ts';
import type { Promotion } from './promotion.ts';
import { digestOf, registryLogin, repositoryUri, withLogins } from './repository.ts';
import type { Plan, Step } from './step.ts';

export interface ImageStepProps {
  /** Image that was built before, or `current`: undefined builds the one of these sources, unless there is a promotion. */
  readonly digest?: string;

  /** Image of another stage, which is copied where the stage's repository does not have it. */
  readonly promotion?: Promotion;

  /** @default - the first of docker (with buildx), buildah, podman that is found */
  readonly engine?: EngineName;

  /** `NAME=value` for the Dockerfile: bases by digest, for one. */
  readonly buildArguments: readonly string[];

  /** Folder of a bundle that was built and tested before. */
  readonly bundle?: string;

  /** Whether critical findings of its scan are accepted. */
  readonly despiteFindings: boolean;

  /** Called with the digest that the stage will run. */
  readonly chosen: (digest: string) => void;
}

/** The image is in the stage's repository, and its scan has no critical finding. */
export function imageStep(context: DeployContext, props: ImageStepProps): Step {
  const accept = async (digest: string): Promise<string> => {
    const image = await findImage(context, digest);
    if (!props.despiteFindings) await requireScanned(context, image);
    props.chosen(image.digest);
    return props.despiteFindings ? 'findings of its scan accepted' : 'no critical finding';
  };
  return {
    title: 'Image',
    interrupted: 'An image may have been pushed; nothing runs it. The same command takes it from there.',
    look: async () => {
      const digest = props.promotion?.digest ?? props.digest;
      return digest ? given(await named(digest)) : built();
    },
  };

  async function named(digest: string): Promise<string> {
    if (digest !== CURRENT) return digest;
    const current = await currentDigest(context);
    if (current === undefined) {
      throw new OpsFailure(`Stage ${context.stage} has no image yet. Leave --digest out to build the first.`);
    }
    return current;
  }

  async function given(digest: string): Promise<Plan> {
    if ((await digestOf(context, { imageDigest: digest })) !== undefined) {
      return { sees: `${short(digest)} is in ${context.names.repository}; ${await accept(digest)}` };
    }
    const { promotion } = props;
    if (promotion === undefined) {
      throw new OpsFailure(
        `${digest} is not in the repository ${context.names.repository}. Give --from STAGE to copy it from the stage where it was tested, or leave --digest out to build it.`,
      );
    }
    return {
      sees: `${short(digest)} is not in ${context.names.repository}`,
      will: `copy it, bit for bit, from ${promotion.source.names.repository} of stage ${promotion.source.stage}`,
      act: async () => {
        const tag = await promotion.copy();
        return `copied it as ${tag}; ${await accept(digest)}`;
      },
    };
  }

  async function built(): Promise<Plan> {
    const tag = imageTag('.', props.buildArguments);
    const there = await digestOf(context, { imageTag: tag });
    if (there !== undefined) {
      return {
        sees: `the image of these sources, ${tag}, is in the repository as ${short(there)}; ${await accept(there)}`,
      };
    }
    const builtTag = `${tag}-build`;
    const pushed = (await digestOf(context, { imageTag: builtTag })) !== undefined;
    return {
      sees: `the repository has no image ${tag}${pushed ? ', but what an interrupted deploy pushed for it' : ''}`,
      will: pushed ? 'publish that' : 'build it for linux/arm64 and linux/amd64, and push it',
      act: async () => {
        if (!pushed) await buildAndPush(builtTag);
        const digest = await publishIndex(context, { builtTag, tag, schema: contract.database.schema });
        return `pushed ${tag} as ${short(digest)}; ${await accept(digest)}`;
      },
    };
  }

  async function buildAndPush(builtTag: string): Promise<void> {
    const { signal, timeoutMs, env } = context;
    const tail = (line: string) => context.output.progress(`        ${line.slice(0, 160)}`);
    const engine = await openEngine(props.engine, { signal, timeoutMs, env, onLine: tail });
    const request = {
      reference: `${await repositoryUri(context)}:${builtTag}`,
      version: versionOf('.'),
      revision: await revision(context),
      buildArguments: props.buildArguments,
      bundle: props.bundle,
    };
    await withLogins([await registryLogin(context)], (logins) => engine.buildAndPush(request, logins));
  }
}

/** The commit, where the checkout is one of git. */
async function revision({ signal, env }: DeployContext): Promise<string> {
  const asked = await runChild('git', ['rev-parse', 'HEAD'], { signal, timeoutMs: 10_000, env }).catch(() => undefined);
  return asked?.code === 0 ? asked.stdout.trim() : 'unknown';
}
