import { OpsFailure } from '../errors.ts';
import type { StackArtifact } from './assembly.ts';
import { progressOf } from './cdk.ts';
import type { DeployContext } from './context.ts';
import { failureOf } from './stack-failure.ts';
import { clearFailedCreation, continueRollback } from './stack-repair.ts';
import { type FoundStack, findStack, isDeployed, stackAtRest } from './stack-state.ts';
import type { Plan, Step } from './step.ts';

export interface StacksStepProps {
  readonly title: string;

  /** Parts by name, `audit`; those that the stage does not have are left out. */
  readonly parts: (part: string) => boolean;

  /** Values of the SSM parameters that the templates read, by the name of the template's parameter. */
  readonly parameters?: () => Promise<Readonly<Record<string, string | undefined>>>;
}

interface Look extends FoundStack {
  readonly artifact: StackArtifact;
  readonly done: boolean;
}

/** Brings stacks to what their templates say, whatever an earlier attempt left of them. */
export function stacksStep(context: DeployContext, props: StacksStepProps): Step {
  return {
    title: props.title,
    interrupted:
      'CloudFormation finishes the stack that it has begun; npm run deploy with the same options waits for it and continues.',
    look: () => lookAtStacks(context, props),
  };
}

async function lookAtStacks(context: DeployContext, { parts, parameters }: StacksStepProps): Promise<Plan> {
  const artifacts = context.stacks().filter(({ part }) => parts(part));
  const values = (await parameters?.()) ?? {};
  const looks: Look[] = [];
  for (const artifact of artifacts) looks.push(await look(context, artifact, values));
  const sees = looks.map(({ artifact, status }) => `${artifact.part} ${status ?? 'not there'}`).join(', ');
  const open = looks.filter(({ done }) => !done);
  if (open.length === 0) return { sees: `${sees}; they match their templates` };
  return { sees, will: open.map(intentionOf).join('; '), act: () => bringUp(context, open) };
}

async function look(
  context: DeployContext,
  artifact: StackArtifact,
  values: Record<string, string | undefined>,
): Promise<Look> {
  const { cloudFormation } = context.clientsOf(artifact.region);
  let found = await findStack(cloudFormation, artifact.name);
  if (found.state === 'busy') {
    context.output.progress(`  ${artifact.name} is ${found.status}: an operation is in progress; waiting for its end`);
    found = await stackAtRest(
      context,
      cloudFormation,
      artifact.name,
      `CloudFormation to end what it does on ${artifact.name}`,
    );
  }
  if (found.state === 'deletion-failed') {
    throw new OpsFailure(
      `${artifact.name} is DELETE_FAILED: the deletion of a working stack has begun, and it may still serve. Nothing was changed. Its events say what kept it; end the deletion in CloudFormation (aws cloudformation delete-stack --stack-name ${artifact.name} --region ${artifact.region}), then run the same command again.`,
    );
  }
  return { ...found, artifact, done: await isDeployed(cloudFormation, found, artifact.template, values) };
}

function intentionOf({ artifact, state }: Look): string {
  if (state === 'absent') return `create ${artifact.part}`;
  if (state === 'creation-failed') return `delete what a failed attempt left of ${artifact.part}, then create it`;
  if (state === 'rollback-failed') return `undo the failed update of ${artifact.part}, then update it`;
  return `update ${artifact.part}`;
}

async function bringUp(context: DeployContext, open: readonly Look[]): Promise<string> {
  for (const { artifact, state } of open) {
    if (state === 'creation-failed') await clearFailedCreation(context, artifact);
    if (state === 'rollback-failed') await continueRollback(context, artifact);
  }
  const since = new Date(context.clock.now() - CLOCK_SKEW_MS);
  const { code, lines } = await context.cdkDeploy(
    open.map(({ artifact }) => artifact.id),
    {
      assembly: context.assembly,
      profile: context.profile,
      signal: context.signal,
      timeoutMs: context.timeoutMs,
      env: context.env,
      onLine: (line) => {
        const progress = progressOf(line);
        if (progress !== undefined) context.output.progress(`        ${progress}`);
      },
    },
  );
  if (code !== 0) throw new OpsFailure(await explainFailure(context, open, since, lines));
  return open.map(({ artifact, state }) => `${state === 'ready' ? 'updated' : 'created'} ${artifact.name}`).join(', ');
}

/** Clocks of this machine and of AWS differ by less, or AWS refuses signatures. */
const CLOCK_SKEW_MS = 60_000;

async function explainFailure(
  context: DeployContext,
  open: readonly Look[],
  since: Date,
  lines: readonly string[],
): Promise<string> {
  for (const { artifact } of open) {
    const { cloudFormation } = context.clientsOf(artifact.region);
    const found = await findStack(cloudFormation, artifact.name);
    if (found.state === 'absent') continue;
    const failed = found.state !== 'ready' || /ROLLBACK/.test(found.status ?? '');
    const reason = failed ? await failureOf(cloudFormation, artifact.name, since) : undefined;
    if (reason === undefined) continue;
    const left = /already exists/i.test(reason)
      ? ` An earlier attempt, or a stage that was destroyed, retained it under this name: delete it by hand if it is empty, or take it into the stack with npx cdk deploy '${artifact.id}' -c stage=${context.stage} --import-existing-resources.`
      : '';
    return `${artifact.name} failed, and is ${found.status}. The cause: ${reason}.${left} Correct it and run the same command again: it continues from here.`;
  }
  const said = lines.filter((line) => /❌|‣|error|fail/i.test(line)).at(-1) ?? lines.at(-1) ?? 'it printed nothing';
  return `cdk deploy failed: ${said.replace(/^[❌‣\s]+/u, '').slice(0, 400)}. Nothing was changed by it, or it was undone; run the same command again when the cause is gone.`;
}
