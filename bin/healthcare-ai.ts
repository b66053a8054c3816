#!/usr/bin/env node
import { App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { build } from '../lib/app.ts';
import { ConfigurationError } from '../lib/config/load.ts';
import { stages } from '../lib/config/stages.ts';
import { contextOf } from '../lib/context.ts';

try {
  const app = new App({ analyticsReporting: false, context: contextOf('cdk.json') });
  build(app, stages);
  Validations.of(app).addPlugins(
    new HIPAASecurityChecks(app),
    new NIST80053R5Checks(app),
    new PCIDSS321Checks(app),
    new AwsSolutionsChecks(app),
  );
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
