#!/usr/bin/env node
import { gatePlugins } from '@healthcare-ai/cloud-policies/gates/plugins';
import { gateProfile } from '@healthcare-ai/ops/gate-profile';
import { App, Validations } from 'aws-cdk-lib/core';
import { build } from '../lib/app.ts';
import { ConfigurationError } from '../lib/config/load.ts';
import { stages } from '../lib/config/stages.ts';

/** The CDK app, as `npx cdk` runs it. `npm run synth` writes the same templates without the CLI. */
try {
  const app = new App({ analyticsReporting: false });
  build(app, stages);
  Validations.of(app).addPlugins(...gatePlugins(app, gateProfile));
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
