import { Assembly } from '../core/assembly.ts';
import type { Finding } from '../core/finding.ts';
import { evaluate } from '../evaluate.ts';
import { policiesFor } from '../index.ts';
import type { Profile } from '../profile/profile.ts';
import { acknowledgementFindings } from './acknowledgements.ts';
import type { CloudFormationGate } from './cloudformation.ts';
import type { LoadedAssembly } from './load.ts';
import { nagFindings } from './nag.ts';

/** Every finding of every gate over one assembly: our own policies, CloudFormation's validation, the packs of cdk-nag. */
export function runGates(loaded: LoadedAssembly, profile: Profile, cloudFormation: CloudFormationGate): Finding[] {
  const assembly = new Assembly(loaded.templates);
  return [
    ...evaluate(assembly, policiesFor(profile)),
    ...acknowledgementFindings(assembly.all, profile),
    ...cloudFormation.check(loaded.templates),
    ...nagFindings(assembly, loaded.templates, profile),
  ];
}
