import { type App, Stage } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { loadStages } from './config/load.ts';
import { overridesIn } from './config/overrides.ts';
import type { StageInput } from './config/schema.ts';
import { addStacks } from './stage.ts';

/** The stages that `-c stage=dev,prod` asks for; all without it. */
const wantedStages = (context: Readonly<Record<string, unknown>>): string[] =>
  String(context.stage ?? '')
    .split(',')
    .filter((name) => name !== '');

/**
 * Puts the stages into the app. One stage alone is what `cdk deploy --all` deploys. Several are CDK stages, which `--all`
 * leaves out: nobody deploys dev and prod by one command.
 *
 * @param app whose context may hold `stage` and overrides, `-c service.maxTasks=8`
 * @param stages what the stage files say
 * @throws ConfigurationError with every fault of every stage; then the app is as it was
 */
export function build(app: App, stages: Readonly<Record<string, StageInput>>): void {
  const context = app.node.getAllContext() as Record<string, unknown>;
  const configs = loadStages(stages, wantedStages(context), overridesIn(context));
  for (const config of configs) {
    addStacks(configs.length === 1 ? new Construct(app, config.stage) : new Stage(app, config.stage), config);
  }
}
