import { OpsFailure } from '../errors.ts';
import { currentDigest } from '../rollout/history.ts';
import { accountStep } from './account.ts';
import { accountResourcesStep } from './account-resources.ts';
import type { DeployContext } from './context.ts';
import { type ImageStepProps, imageStep } from './image.ts';
import { ImageChange } from './image-change.ts';
import { checkLoadBalancer } from './load-balancer-change.ts';
import { migrationStep } from './migration.ts';
import { NetworkChange } from './network-change.ts';
import { checkProductionWeights } from './production-weights.ts';
import { Promotion, type SourceStage } from './promotion.ts';
import { checkReplacedOutputs } from './replaced-outputs.ts';
import { type SmokeStepProps, smokeStep } from './smoke.ts';
import { type StacksStepProps, stacksStep } from './stacks.ts';
import { runSteps, type Step, type StepRecord } from './step.ts';

export interface DeployOptions {
  /** Makes and judges the templates. */
  readonly templates: Step;
  readonly image: Omit<ImageStepProps, 'chosen' | 'promotion'>;

  /** Stage whose image is taken: of `image.digest`, or without one the image that it runs. */
  readonly from?: SourceStage;

  /** Undefined leaves the smoke test out. */
  readonly smoke?: SmokeStepProps;
}

export interface DeployResult {
  readonly digest: string;
  readonly steps: readonly StepRecord[];
}

function serviceStep(context: DeployContext, parameters: StacksStepProps['parameters']): Step {
  const step = stacksStep(context, { title: 'Service', parts: (part) => part === 'service', parameters });
  return {
    ...step,
    look: async () => {
      const service = context.stacks().find(({ part }) => part === 'service');
      if (service !== undefined) {
        await checkProductionWeights(context, service);
        await checkLoadBalancer(context, service);
      }
      return step.look();
    },
  };
}

/** Stacks that read the image, and so cannot come before it. */
const afterImage = ['tasks', 'service', 'monitoring'];

/**
 * The order of work. Nothing can be pushed before there is a repository, no task can be defined before its image is
 * named, none may serve before its schema is there, and what watches the service comes after it. A network that loses
 * subnets comes last, when nothing is in them any more.
 */
export function deploySteps(context: DeployContext, release: ImageChange, options: DeployOptions): Step[] {
  const parameters = async () => ({ ImageDigest: await currentDigest(context) });
  const only = (part: string) => (candidate: string) => candidate === part;
  const network = new NetworkChange(context);
  const beforeImage = stacksStep(context, {
    title: 'Stacks up to the database',
    parts: (part) => !afterImage.includes(part) && !(part === 'network' && network.comesLast),
  });
  const promotion = options.from && new Promotion(context, options.from, options.image.digest);
  const steps = [
    accountStep(context),
    accountResourcesStep(context),
    ...(promotion ? [promotion.step()] : []),
    options.templates,
    {
      ...beforeImage,
      look: async () => {
        await network.look();
        await checkReplacedOutputs(context);
        return beforeImage.look();
      },
    },
    imageStep(context, { ...options.image, promotion, chosen: (digest) => release.choose(digest) }),
    release.step(),
    marked(
      release,
      'tasks-stack',
      stacksStep(context, { title: 'Cluster and one-off tasks', parts: only('tasks'), parameters }),
    ),
    migrationStep(context, release),
    finishing(release, marked(release, 'service-stack', serviceStep(context, parameters))),
    stacksStep(context, {
      title: 'Monitoring',
      parts: (part) => part === 'monitoring' || (part === 'network' && network.comesLast),
    }),
  ];
  if (options.smoke) steps.push(smokeStep(context, options.smoke));
  return steps;
}

/** Says in the stage's change record what comes next, before it is done. */
const marked = (release: ImageChange, name: 'tasks-stack' | 'service-stack', step: Step): Step => ({
  ...step,
  look: async () => {
    const plan = await step.look();
    if (plan.act !== undefined) await release.change?.step(name);
    return plan;
  },
});

/** With the service the change of the image ends. */
const finishing = (release: ImageChange, step: Step): Step => ({
  ...step,
  look: async () => {
    const plan = await step.look();
    if (plan.act === undefined) await release.finish();
    const act =
      plan.act &&
      (async () => {
        const did = await plan.act!();
        await release.finish();
        return did;
      });
    return { ...plan, act };
  },
});

/**
 * Deploys a stage, from whatever state it is in.
 *
 * @throws OpsFailure with what failed and in what state that leaves the stage
 */
export async function deploy(context: DeployContext, options: DeployOptions): Promise<DeployResult> {
  const release = new ImageChange(context);
  try {
    const steps = await runSteps(deploySteps(context, release, options), {
      output: context.output,
      state: context.state,
      confirm: () => context.confirm(`Change stage ${context.stage} in ${context.region}?`),
      now: context.clock.now,
    });
    return { digest: release.digest, steps };
  } catch (error) {
    // An interruption and a call that failed leave the change open: the same command takes it up.
    if (!(error instanceof OpsFailure) || context.signal.aborted) throw error;
    throw await release.putBack(error);
  } finally {
    release.leave();
  }
}
