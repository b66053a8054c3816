import { Assembly } from '../core/assembly.ts';
import type { Finding } from '../core/policy.ts';
import { evaluate, failing } from '../evaluate.ts';
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

/** One line: `error healthcare-ai/alb-listener-tls dev/Service Listener SslPolicy: got ...; use ...`. */
export function line({ severity, gate, rule, template, resource, property, message }: Finding): string {
  const place = [template, resource, property].filter((part) => part !== '').join(' ');
  return `${severity} ${gate}/${rule} ${place}${place === '' ? '' : ': '}${message}`.replaceAll(/\s+/g, ' ');
}

/** What all gates found, for people. */
export function report(findings: readonly Finding[], templates: number): string {
  const { length: count } = failing(findings);
  const unjudged = findings.length - count;
  const found = count === 0 ? 'no findings' : `${count} finding${count === 1 ? '' : 's'}`;
  const summary = unjudged === 0 ? found : `${found}, ${unjudged} not judged here`;
  return [...findings.map(line), `${summary} in ${templates} template${templates === 1 ? '' : 's'}`].join('\n');
}
