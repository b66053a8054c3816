import { App, type IPolicyValidationPlugin, Validations } from 'aws-cdk-lib/core';
import type { StageConfig } from '../config/schema.ts';
import { HealthcareAiStage } from '../stage.ts';

export interface SynthesizeProps {
  readonly config: StageConfig;

  /** Folder of the cloud assembly. */
  readonly folder: string;

  /** Feature flags, as cdk.json has them. */
  readonly context: Readonly<Record<string, unknown>>;

  /**
   * Plugins that validate the templates.
   *
   * @default - none
   */
  readonly gates?: (app: App) => IPolicyValidationPlugin[];
}

/** Whether an error says that a gate refused: CDK has a class for it, and does not export it. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Validation failed.');

/**
 * Writes the cloud assembly of one stage.
 *
 * @returns how many templates it holds
 * @throws an error for which `isRefusal` holds when a gate has an open finding; the findings are on stderr by then
 */
export function synthesize(props: SynthesizeProps): number {
  const app = new App({ outdir: props.folder, context: { ...props.context }, analyticsReporting: false });
  new HealthcareAiStage(app, props.config);
  if (props.gates) Validations.of(app).addPlugins(...props.gates(app));
  return app.synth().getNestedAssembly(`assembly-${props.config.stage}`).stacks.length;
}
