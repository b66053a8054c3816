import type { App, IPolicyValidationPlugin } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { policiesFor } from '../index.ts';
import { HealthcarePolicies } from '../plugin.ts';
import type { Profile } from '../profile/profile.ts';

/**
 * The gates of a synth, beside CloudFormation's own validation, which CDK registers itself. The program that runs the
 * app attaches them, so that a test that only builds a stage does not pay for them.
 */
export const gatePlugins = (app: App, profile: Profile): IPolicyValidationPlugin[] => [
  new HIPAASecurityChecks(app),
  new NIST80053R5Checks(app),
  new PCIDSS321Checks(app),
  new AwsSolutionsChecks(app),
  new HealthcarePolicies(policiesFor(profile)),
];
