import type { App, IPolicyValidationPlugin } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { policies } from '../policies/index.ts';
import { HealthcarePolicies } from '../policies/plugin.ts';

/**
 * Every gate of a synth, beside CloudFormation's own validation, which CDK registers itself. Attached by whoever runs
 * the app, not by what builds it: a test that builds a stage does not pay for them.
 */
export const gatePlugins = (app: App): IPolicyValidationPlugin[] => [
  new HIPAASecurityChecks(app),
  new NIST80053R5Checks(app),
  new PCIDSS321Checks(app),
  new AwsSolutionsChecks(app),
  new HealthcarePolicies(policies),
];
