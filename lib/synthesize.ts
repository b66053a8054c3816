import { readFileSync } from 'node:fs';
import { App, type IPolicyValidationPlugin, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { StageConfig } from './config/schema.ts';
import { addStacks } from './stage.ts';

/** The feature flags of cdk.json: the CDK CLI passes them to the app, other programs read them here. */
export function contextOf(cdkJson: string): Record<string, unknown> {
  return (JSON.parse(readFileSync(cdkJson, 'utf8')) as { context: Record<string, unknown> }).context;
}

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

/** Whether a gate refused the templates: CDK does not export the class of this error. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Validation failed.');

export interface Synthesized {
  /** How many there are. */
  readonly templates: number;

  /** What no template can do, by stack: lib/constructs/deploy-notes.ts. The CDK CLI prints them when it deploys. */
  readonly notes: readonly { readonly stack: string; readonly text: string }[];
}

/**
 * Writes the cloud assembly of one stage.
 *
 * @throws an error for which `isRefusal` holds when a gate has an open finding; CDK has printed the findings to stderr
 */
export function synthesize(props: SynthesizeProps): Synthesized {
  const app = new App({ outdir: props.folder, context: { ...props.context }, analyticsReporting: false });
  addStacks(new Construct(app, props.config.stage), props.config);
  if (props.gates) Validations.of(app).addPlugins(...props.gates(app));
  const { stacks } = app.synth();
  const notes = stacks.flatMap(({ hierarchicalId: stack, messages }) =>
    messages.map(({ entry }) => ({ stack, text: String(entry.data) })),
  );
  return { templates: stacks.length, notes };
}

/** Synthesizes a stage in memory, without gates. @returns its templates by stack id, in the order of deployment */
export function templatesOf(config: StageConfig) {
  const app = new App({ context: contextOf('cdk.json'), analyticsReporting: false });
  addStacks(new Construct(app, config.stage), config);
  return app.synth().stacks.map(({ hierarchicalId, environment, template }) => ({
    name: hierarchicalId.split('/')[1]!,
    region: environment.region,
    body: template as { readonly Resources?: Readonly<Record<string, { readonly Type: string }>> },
  }));
}
