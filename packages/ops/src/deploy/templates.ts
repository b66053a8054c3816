import { OpsFailure } from '../errors.ts';
import { runChild } from './child.ts';
import type { DeployContext } from './context.ts';
import { isJudged, noteJudgement } from './judged.ts';
import type { Step } from './step.ts';

export interface TemplatesStepProps {
  /** `-c key=value`, as they were given. */
  readonly overrides: readonly string[];

  /** Folder that was synthesized before: a pipeline deploys what it has judged. Undefined has them made. */
  readonly given?: string;
}

/** Synthesizes the stage, and has every gate judge what is going to be deployed. */
export function templatesStep(context: DeployContext, { overrides, given }: TemplatesStepProps): Step {
  const run = async (program: string, args: readonly string[]): Promise<string> => {
    const { signal, timeoutMs } = context;
    // The templates depend on the configuration alone: no credentials, no instance that is asked for its region.
    const env = { ...context.env, AWS_EC2_METADATA_DISABLED: 'true' };
    const { code, lines, stdout } = await runChild(process.execPath, [program, ...args], { signal, timeoutMs, env });
    // Notes for people who run plain `cdk deploy` go to stderr: the steps of this deploy do what they ask for.
    if (code === 0) return stdout.trimEnd().split('\n').at(-1)!;
    for (const line of lines) context.output.progress(`        ${line}`);
    throw new OpsFailure(
      `The templates of ${context.stage} are refused, as shown above; npm run synth -- ${context.stage} shows the line of code. Nothing was changed.`,
    );
  };
  return {
    title: 'Templates and gates',
    interrupted: 'Nothing was changed.',
    async look() {
      const wrote = given ? `templates in ${given}` : await run('bin/synth.ts', synthArguments());
      const stacks = `${context.stacks().length} stacks`;
      if (isJudged(context.assembly)) return { sees: `${wrote}, which every gate has passed before: ${stacks}` };
      const verdict = await run('bin/gates.ts', [context.assembly]);
      noteJudgement(context.assembly);
      return { sees: `${wrote}; ${verdict}: ${stacks}` };
    },
  };

  function synthArguments(): string[] {
    return [
      context.stage,
      '--no-gates',
      '--out',
      context.assembly.replace(/\/[^/]+$/, ''),
      ...overrides.flatMap((pair) => ['-c', pair]),
    ];
  }
}
