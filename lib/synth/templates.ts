import { App } from 'aws-cdk-lib/core';
import type { StageConfig } from '../config/schema.ts';
import { HealthcareAiStage } from '../stage.ts';

// biome-ignore lint/suspicious/noExplicitAny: a template is JSON of any shape; readers look for what they know
export type Json = any;

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, Json>>;
}

/** One stack of a stage, as CloudFormation gets it. */
export interface StackTemplate {
  /** Name without the stage, such as `network`. */
  readonly id: string;

  /** Name in CloudFormation. */
  readonly name: string;
  readonly region: string;
  readonly resources: Readonly<Record<string, TemplateResource>>;
  readonly outputs: Readonly<Record<string, Json>>;
}

/** Synthesizes a stage in memory, without its gates. @returns its stacks in the order in which they are deployed */
export function templatesOf(config: StageConfig, context: Readonly<Record<string, unknown>>): StackTemplate[] {
  const stage = new HealthcareAiStage(new App({ context: { ...context }, analyticsReporting: false }), config);
  return stage.synth().stacks.map(({ hierarchicalId, stackName, environment, template }) => ({
    id: hierarchicalId.split('/')[1]!,
    name: stackName,
    region: environment.region,
    resources: template.Resources,
    outputs: template.Outputs ?? {},
  }));
}
