import { existsSync } from 'node:fs';
import { loadStages } from '@healthcare-ai/lib/config/load';
import { namesOf } from '@healthcare-ai/lib/config/names';
import { stages } from '@healthcare-ai/lib/config/stages';
import { type Command, Option } from 'commander';
import { createClients } from '../aws/clients.ts';
import type { OpsContext } from '../context.ts';
import { stacksOf } from '../deploy/assembly.ts';
import { cdkDeploy } from '../deploy/cdk.ts';
import type { DeployContext } from '../deploy/context.ts';
import type { EngineName } from '../deploy/engine.ts';
import type { SourceStage } from '../deploy/promotion.ts';
import { templatesStep } from '../deploy/templates.ts';
import { UsageError } from '../errors.ts';
import { collectPair, type GlobalOptions } from '../options.ts';
import { example, type OpsCommand } from '../program.ts';
import { CURRENT, isDigest } from '../rollout/digest.ts';
import { readableTime } from '../wait.ts';

interface DeployFlags extends GlobalOptions {
  readonly templates?: string;
  readonly digest?: string;
  readonly from?: string;
  readonly fromProfile?: string;
  readonly engine?: EngineName;
  readonly buildArg: readonly string[];
  readonly bundle?: string;
  readonly despiteFindings: boolean;
  readonly smoke: boolean;
  readonly url?: string;
  readonly ca?: string;
}

/** `npm run deploy`: from whatever state a stage is in to a running service. */
export const deployCommand: OpsCommand = (program, contextOf) => {
  // The one command of its program: its options are in the program's own help.
  program
    .description('Deploy a stage from any state; steps that are done are skipped.')
    .option('--templates <dir>', 'deploy what was synthesized and judged before, such as cdk.out/dev')
    .option('--digest <sha256:...>', 'run this image, which was built and tested before; current: the one that runs')
    .option(
      '--from <stage>',
      'run the image that this stage runs, or with --digest another of its repository: it is copied',
    )
    .option(
      '--from-profile <name>',
      'with --from: profile of the account of that stage (default: the same credentials)',
    )
    .addOption(new Option('--engine <name>', 'tool that builds').choices(['docker', 'buildah', 'podman']))
    .option('--build-arg <name=value>', 'for the Dockerfile, such as RUNTIME_IMAGE=...@sha256:...', collectPair, [])
    .option('--bundle <dir>', 'take the bundle that was built and tested before, such as service/dist')
    .option('--despite-findings', 'run an image although its scan has critical findings', false)
    .option('--no-smoke', 'leave the smoke test out')
    .option('--url <url>', 'of the API, for the smoke test (default: the load balancer, by the name of the stage)')
    .option('--ca <file>', 'authorities in PEM for the smoke test, instead of the usual ones')
    .addHelpText(
      'after',
      example(
        'npm run deploy -- --stage dev',
        'npm run deploy -- --stage staging --profile staging --from dev --from-profile dev',
      ),
    )
    .action(async (_options: unknown, command: Command) => {
      const flags = command.optsWithGlobals<DeployFlags>();
      requireSane(flags);
      const context = deployContext(contextOf(command), flags);
      const { deploy } = await import('../deploy/deploy.ts');
      const started = context.clock.now();
      const { digest, steps } = await deploy(context, {
        templates: templatesStep(context, { overrides: flags.context, given: flags.templates }),
        image: {
          digest: flags.digest,
          engine: flags.engine,
          buildArguments: flags.buildArg,
          bundle: flags.bundle,
          despiteFindings: flags.despiteFindings,
        },
        from: sourceOf(flags, context),
        smoke: flags.smoke ? { url: flags.url, ca: flags.ca } : undefined,
      });
      const time = readableTime(context.clock.now() - started);
      const changed = steps.filter(({ did }) => did !== undefined).length;
      context.output.result(
        { stage: context.stage, digest, url: `https://${context.config.edge.domainName}`, steps },
        `${context.stage} runs ${digest} (${time}; ${changed} of ${steps.length} steps had something to do).`,
      );
    });
};

function requireSane({ stage, digest, from, fromProfile, templates }: DeployFlags): void {
  if (digest !== undefined && digest !== CURRENT && !isDigest(digest)) {
    throw new UsageError(
      `--digest ${digest}: use current, or sha256: and 64 hex digits, as a deploy of another stage printed it`,
    );
  }
  if (from !== undefined && digest === CURRENT)
    throw new UsageError('--digest current leaves the image as it is, and --from brings one: give one of the two');
  if (fromProfile !== undefined && from === undefined) throw new UsageError('--from-profile needs --from');
  if (from !== undefined && !(from in stages)) {
    throw new UsageError(`--from ${from}: use one of ${Object.keys(stages).join(', ')}`);
  }
  if (from !== undefined && from === stage)
    throw new UsageError(`--from ${from}: give the stage where the image was tested`);
  if (templates !== undefined && !existsSync(templates))
    throw new UsageError(`--templates ${templates}: there is no such folder`);
}

function deployContext(ops: OpsContext, flags: DeployFlags): DeployContext {
  // The stacks go where their templates say: anywhere else this command would look in vain.
  if (ops.region !== ops.config.region) {
    throw new UsageError(
      `--region ${ops.region}: the templates of stage ${ops.stage} are for ${ops.config.region}. Change "region" and "availabilityZones" in lib/config/stages.ts, or give both by -c`,
    );
  }
  // An assembly of its own: `npm run synth` and a deploy may run side by side.
  const assembly = flags.templates ?? `cdk.out/deploy/${ops.stage}`;
  const { profile } = flags;
  return {
    ...ops,
    profile,
    assembly,
    stacks: () => stacksOf(assembly, ops.stage),
    cdkDeploy,
  };
}

function sourceOf({ from, fromProfile, profile }: DeployFlags, { signal }: OpsContext): SourceStage | undefined {
  if (from === undefined) return undefined;
  const [config] = loadStages(stages, [from]);
  const clients = createClients({ region: config!.region, profile: fromProfile ?? profile, signal });
  return { stage: from, names: namesOf(from, config!.region), account: config!.account, clients };
}
