import type { App, IPolicyValidationPlugin } from 'aws-cdk-lib/core';
import { policiesFor } from '../index.ts';
import { HealthcarePolicies } from '../plugin.ts';
import type { Profile } from '../profile/profile.ts';
import { packs } from './packs.ts';

/**
 * The gates of a synth, beside CloudFormation's own validation, which CDK registers itself. The program that runs the
 * app attaches them, so that a test that only builds a stage does not pay for them.
 */
export const gatePlugins = (app: App, profile: Profile): IPolicyValidationPlugin[] => [
  ...Object.values(packs).map((Pack) => new Pack(app)),
  new HealthcarePolicies(policiesFor(profile)),
];
