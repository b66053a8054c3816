#!/usr/bin/env node
import { synthCommand } from '@healthcare-ai/ops/commands/synth';
import { contextOption, jsonOption } from '@healthcare-ai/ops/options';
import { runProgram } from '@healthcare-ai/ops/process';
import { stages } from '../lib/config/stages.ts';

process.env.AWS_EC2_METADATA_DISABLED = 'true';
await runProgram(
  {
    name: 'npm run synth --',
    description: '',
    commands: [synthCommand(loadSynthesizer)],
    options: [contextOption(), jsonOption()],
  },
  stages,
);

/** CDK and the gates take a second to load: wrong arguments are refused before. */
async function loadSynthesizer() {
  const { contextOf, isRefusal, synthesize } = await import('../lib/synthesize.ts');
  const { gatePlugins } = await import('@healthcare-ai/cloud-policies/gates/plugins');
  const { gateProfile } = await import('@healthcare-ai/ops/gate-profile');
  const context = contextOf('cdk.json');
  type Stage = Pick<Parameters<typeof synthesize>[0], 'config' | 'folder'> & { readonly gated: boolean };
  return {
    isRefusal,
    synthesize: ({ gated, ...stage }: Stage) =>
      synthesize({ ...stage, context, gates: gated ? (app) => gatePlugins(app, gateProfile) : undefined }),
  };
}
