import { loadStages } from '@healthcare-ai/lib/config/load';
import type { StageConfig } from '@healthcare-ai/lib/config/schema';
import { stages } from '@healthcare-ai/lib/config/stages';
import { OpsFailure } from '../errors.ts';
import { type GlobalOptions, overridesOf } from '../options.ts';
import { example, type OpsCommand } from '../program.ts';

export interface EvidenceRequest {
  readonly config: StageConfig;

  /** Folder of synthesized templates. @default - the stage is synthesized */
  readonly templates?: string;
  readonly results?: string;
  readonly out: string;
  readonly now: Date;
  readonly progress: (text: string) => void;
}

/** Makes the evidence report: `bin/ops.ts` composes it of packages that ops does not import. */
export type MakeEvidence = (request: EvidenceRequest) => Promise<{
  readonly document: object;
  readonly text: string;
  readonly files: readonly string[];
  readonly holds: boolean;
}>;

interface EvidenceOptions extends GlobalOptions {
  readonly templates?: string;
  readonly results?: string;
  readonly out: string;
}

/** `evidence`: the controls matrix. It needs no AWS. */
export const evidenceCommand =
  (makeEvidence: MakeEvidence): OpsCommand =>
  (program, _contextOf, localContextOf) =>
    void program
      .command('evidence')
      .description('write the controls matrix: the clauses of the law and the checklists, and what shows each')
      .option('--templates <dir>', 'folder of synthesized templates (default: synthesize the stage now)')
      .option('--results <file>', "jest's report (default: out/test-results.json, if it exists)")
      .option('--out <dir>', 'folder for the HTML and the JSON', 'out/evidence')
      .addHelpText(
        'after',
        example(
          'npm test -- --json --outputFile=out/test-results.json',
          'npm run ops -- evidence --stage prod --results out/test-results.json',
        ),
      )
      .action(async (_options, command) => {
        const { output, clock } = localContextOf(command);
        const { stage = 'prod', context, templates, results, out } = command.optsWithGlobals() as EvidenceOptions;
        const [config] = loadStages(stages, [stage], overridesOf(context));
        const { document, text, files, holds } = await makeEvidence({
          config: config!,
          templates,
          results,
          out,
          now: new Date(clock.now()),
          progress: output.progress,
        });
        output.result(document, `${text}\n${files.join('\n')}`);
        if (!holds) throw new OpsFailure(`Controls of ${stage} failed. ${files[0]} shows every row.`);
      });
