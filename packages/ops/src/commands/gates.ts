import { failing } from '@healthcare-ai/cloud-policies';
import { type CloudFormationGate, cloudFormationGate } from '@healthcare-ai/cloud-policies/gates/cloudformation';
import { AssemblyReadError, loadAssemblies } from '@healthcare-ai/cloud-policies/gates/load';
import { report, runGates } from '@healthcare-ai/cloud-policies/gates/run';
import { OpsFailure, UsageError } from '../errors.ts';
import { gateProfile } from '../gate-profile.ts';
import { example, type OpsCommand } from '../program.ts';

/** `npm run gates`. @param open starts the engine of CloudFormation's validation, which takes a second */
export const gatesCommand =
  (open: () => CloudFormationGate = cloudFormationGate): OpsCommand =>
  (program, _contextOf, localContextOf) =>
    void program
      .description('Run every policy over the templates in a folder; one line for each finding.')
      .argument('<folder>', 'synthesized templates, such as cdk.out/prod')
      .addHelpText(
        'after',
        `\nExit code: 0 no findings, 1 findings, 2 wrong usage.\n${example('npm run gates -- cdk.out/prod')}`,
      )
      .action((folder: string, _options, command) => {
        const { output } = localContextOf(command);
        const assemblies = loaded(folder);
        const cloudFormation = open();
        const findings = assemblies.flatMap((assembly) => runGates(assembly, gateProfile, cloudFormation));
        cloudFormation.dispose();
        const templates = assemblies.reduce((sum, assembly) => sum + assembly.templates.length, 0);
        output.result({ templates, findings }, report(findings, templates));
        if (failing(findings).length > 0) throw new OpsFailure('');
      });

function loaded(folder: string) {
  try {
    return loadAssemblies(folder);
  } catch (error) {
    throw error instanceof AssemblyReadError ? new UsageError(error.message) : error;
  }
}
