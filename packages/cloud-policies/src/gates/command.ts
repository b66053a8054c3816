import { parseArgs } from 'node:util';
import { policies } from '../index.ts';
import { cloudFormationGate } from './cloudformation.ts';
import { loadAssemblies, UsageError } from './load.ts';
import { report } from './print.ts';
import { reviewedAcknowledgements } from './reviewed.ts';
import { runGates } from './run.ts';

const usage = 'usage: npm run gates -- DIR [--json]';

const help = `${usage}

Has every policy judge the templates in a folder, one line a finding. Exit code: 0 no finding, 1 some, 2 used wrongly.
example: npm run gates -- cdk.out/prod`;

export interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/**
 * Runs every gate over a folder of synthesized templates.
 *
 * @param open makes the gate whose engine takes a second to start, for a caller that keeps one
 * @returns the exit code: 0 without findings, 1 with some, 2 when used wrongly
 */
export function gatesCommand(args: readonly string[], { out, err }: Output, open = cloudFormationGate): 0 | 1 | 2 {
  if (args.includes('--help') || args.includes('-h')) {
    out(help);
    return 0;
  }
  try {
    const { folder, json } = readGatesArguments(args);
    const assemblies = loadAssemblies(folder);
    const cloudFormation = open();
    const findings = assemblies.flatMap((assembly) =>
      runGates(assembly, { policies, reviewed: reviewedAcknowledgements, cloudFormation }),
    );
    cloudFormation.dispose();
    const templates = assemblies.reduce((sum, assembly) => sum + assembly.templates.length, 0);
    out(json ? JSON.stringify({ templates, findings }, undefined, 2) : report(findings, templates));
    return findings.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    err(`gates: ${error.message}`);
    return 2;
  }
}

/** @throws UsageError when the command is used wrongly */
export function readGatesArguments(args: readonly string[]): { readonly folder: string; readonly json: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [folder, ...more] = positionals;
    if (folder !== undefined && more.length === 0) return { folder, json: values.json };
  } catch {
    // An unknown option: said below, as everything else that is not the usage.
  }
  throw new UsageError(`got "${args.join(' ')}"; ${usage}`);
}
