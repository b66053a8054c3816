import { rmSync } from 'node:fs';
import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { App, Fn, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { loadStages } from '../../lib/config/load.ts';
import { stages } from '../../lib/config/stages.ts';
import type { MonitoringStack } from '../../lib/stacks/monitoring-stack.ts';
import type { NetworkStack } from '../../lib/stacks/network-stack.ts';
import { addStacks } from '../../lib/stage.ts';
import { contextOf } from '../../lib/synthesize.ts';
import { gatePlugins } from '../../packages/cloud-policies/src/gates/plugins.ts';
import { gateProfile } from '../../packages/ops/src/gate-profile.ts';
import { overridesOf } from '../../packages/ops/src/options.ts';

/**
 * What `npm run synth` does, in this process: CDK and the gates are loaded once for all variants.
 *
 * @param change adds to the stage what an earlier release had
 */
export function synthesizeGated(
  stage: keyof typeof stages,
  folder: string,
  options: readonly string[],
  change?: (scope: Construct) => void,
): void {
  const [config] = loadStages(stages, [stage], overridesOf(options.filter((option) => option !== '-c')));
  rmSync(folder, { recursive: true, force: true });
  const app = new App({ outdir: folder, context: contextOf('cdk.json'), analyticsReporting: false });
  const scope = new Construct(app, stage);
  addStacks(scope, config!);
  change?.(scope);
  Validations.of(app).addPlugins(...gatePlugins(app, gateProfile));
  app.synth();
}

/** A saved query of monitoring that reads an output of the network. No other stack reads it. */
export function readOneOutputMore({ node }: Construct): void {
  const { vpc } = node.findChild('network') as NetworkStack;
  const monitoring = node.findChild('monitoring') as MonitoringStack;
  const queryString = Fn.join('', ['fields @message | filter range = "', vpc.vpcCidrBlock, '"']);
  new CfnQueryDefinition(monitoring, 'Earlier', { name: `${monitoring.stackName}-earlier`, queryString });
}
