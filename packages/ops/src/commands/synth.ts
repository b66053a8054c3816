import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadStages } from '@healthcare-ai/lib/config/load';
import type { StageConfig } from '@healthcare-ai/lib/config/schema';
import { stages } from '@healthcare-ai/lib/config/stages';
import { OpsFailure } from '../errors.ts';
import { overridesOf } from '../options.ts';
import { example, type OpsCommand } from '../program.ts';

/** Makes the templates of a stage: `bin/` passes it in, since ops loads no CDK. */
export interface Synthesizer {
  synthesize(stage: { readonly config: StageConfig; readonly folder: string; readonly gated: boolean }): {
    readonly templates: number;

    /** What no template can do, with the command that does it. */
    readonly notes: readonly { readonly stack: string; readonly text: string }[];
  };

  /** Whether an error says that a gate refused the templates. */
  isRefusal(error: unknown): boolean;
}

interface SynthFlags {
  readonly out: string;
  readonly gates: boolean;
  readonly context: readonly string[];
}

/** `npm run synth`. @param load loads CDK, which takes a second */
export const synthCommand =
  (load: () => Promise<Synthesizer>): OpsCommand =>
  (program, _contextOf, localContextOf) =>
    void program
      .description('Write the templates of each stage to <out>/<stage>. Needs no account, network or Docker.')
      .argument('[stage...]', 'stages (default: all)')
      .option('-o, --out <dir>', 'folder for the templates', 'cdk.out')
      .option('--no-gates', 'do not run the policies over the templates')
      .addHelpText('after', example('npm run synth -- dev -c service.maxTasks=8'))
      .action(async (wanted: readonly string[], _options, command) => {
        const { output } = localContextOf(command);
        const { out, gates, context } = command.optsWithGlobals() as SynthFlags;
        // All stages first: a fault in the last one stops the command before it writes any.
        const configs = loadStages(stages, wanted, overridesOf(context));
        const { synthesize, isRefusal } = await load();
        let refused = false;
        for (const config of configs) {
          const folder = join(out, config.stage);
          rmSync(folder, { recursive: true, force: true });
          const start = performance.now();
          try {
            const { templates, notes } = synthesize({ config, folder, gated: gates });
            const seconds = ((performance.now() - start) / 1000).toFixed(1);
            const text = `${config.stage}: ${templates} templates in ${folder} (${seconds} s)`;
            for (const note of notes) output.progress(`${note.stack}: ${note.text}`);
            output.row({ stage: config.stage, templates, folder, notes }, text);
          } catch (error) {
            // CDK has printed the findings, each with the line of code that made the resource.
            if (!isRefusal(error)) throw error;
            output.progress(`${config.stage}: ${(error as Error).message}`);
            refused = true;
          }
        }
        if (refused) throw new OpsFailure('');
      });
