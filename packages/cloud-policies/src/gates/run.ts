import { Assembly } from '../core/assembly.ts';
import type { Finding, Policy } from '../core/finding.ts';
import { evaluate } from '../evaluate.ts';
import { acknowledgementFindings, type ReviewedAcknowledgement } from './acknowledgements.ts';
import type { CloudFormationGate } from './cloudformation.ts';
import type { LoadedAssembly } from './load.ts';
import { nagFindings } from './nag.ts';

export interface Gates {
  readonly policies: readonly Policy[];
  readonly reviewed: readonly ReviewedAcknowledgement[];
  readonly cloudFormation: CloudFormationGate;
}

/** Every finding of every gate over one assembly: ours first, then CloudFormation's, then cdk-nag's. */
export function runGates(loaded: LoadedAssembly, gates: Gates): Finding[] {
  const assembly = new Assembly(loaded.templates);
  return [
    ...evaluate(assembly, gates.policies),
    ...acknowledgementFindings(assembly.all, gates.reviewed),
    ...gates.cloudFormation.check(loaded.templates),
    ...nagFindings(assembly, loaded.templates, gates.reviewed),
  ];
}
