import { Option } from 'commander';
import { OpsFailure } from '../errors.ts';
import { type GlobalOptions, overridesOf } from '../options.ts';
import { example, type OpsCommand } from '../program.ts';

interface EvidenceOptions extends GlobalOptions {
  readonly templates?: string;
  readonly results?: string;
  readonly out: string;
}

/** The controls matrix; needs no AWS. */
export const evidenceCommand: OpsCommand = (program, _contextOf, localContextOf) => {
  program
    .command('evidence')
    .description('Write the controls matrix: what the law and the checklist ask for, and what shows it.')
    .addOption(new Option('--templates <dir>', 'folder of synthesized templates (default: synthesize the stage now)'))
    .addOption(new Option('--results <file>', "jest's report (default: out/test-results.json, if there is one)"))
    .addOption(new Option('--out <dir>', 'where the HTML and the JSON are written').default('out/evidence'))
    .addHelpText(
      'after',
      example(
        'npm test -- --json --outputFile=out/test-results.json',
        'npm run ops -- evidence --stage prod --results out/test-results.json',
      ),
    )
    .action(async (_options, command) => {
      // It loads CDK and the policy packs: a second that no other command has to spare.
      const { runEvidence } = await import('@healthcare-ai/compliance/command');
      const context = localContextOf(command);
      const { stage = 'prod', context: pairs, templates, results, out } = command.optsWithGlobals() as EvidenceOptions;
      const { text, document, files, holds } = await runEvidence({
        ...{
          root: '.',
          stage,
          overrides: overridesOf(pairs),
          templates,
          results,
          out,
          now: new Date(context.clock.now()),
        },
        progress: context.output.progress,
      });
      context.output.result(document, `${text}\n${files.join('\n')}`);
      if (!holds) throw new OpsFailure(`Evidence of ${stage} does not hold; ${files[0]} has every row.`);
    });
};
