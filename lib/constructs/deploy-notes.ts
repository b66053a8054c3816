import { Annotations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { missingServices } from '../config/regions.ts';
import type { StageConfig } from '../config/schema.ts';

/** Where the notes of a stage are shown. */
export interface NotedStacks {
  readonly database: IConstruct;
  readonly tasks: IConstruct;
  readonly service: IConstruct;
  readonly monitoring: IConstruct;
}

/**
 * What no template can do, with the command that does it. `npm run deploy` runs these checks itself; the notes are for
 * people who run plain `cdk deploy`, which prints them.
 */
export function addDeployNotes(config: StageConfig, stacks: NotedStacks): void {
  const { stage, region, accountBaseline, service, disposable } = config;
  if (!accountBaseline.owned || accountBaseline.serviceLinkedRoles === 'existing') {
    Annotations.of(stacks.tasks).addInfo(
      `A new account lacks the service-linked roles of ECS and RDS, and the first deployment fails. Run \`aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com\`, then the same for rds.amazonaws.com${accountBaseline.owned ? ', or set accountBaseline.serviceLinkedRoles to create' : ''}.`,
    );
  }
  if (service.deployment === 'canary') {
    Annotations.of(stacks.service).addInfo(
      `ECS owns the weights of the production listener rule. A change of that rule by plain \`cdk deploy\` sends the template's weights, which can lead to a target group without tasks. Use \`npm run deploy -- --stage ${stage}\`, which refuses such a change while the weights differ.`,
    );
  }
  if (!disposable) {
    Annotations.of(stacks.database).addInfo(
      `AWS Backup skips Aurora in an account that opted out. Check once: \`aws backup describe-region-settings --region ${region}\`; to opt in: \`aws backup update-region-settings --region ${region} --resource-type-opt-in-preference Aurora=true\`.`,
    );
  }
  for (const { types, stack, instead } of missingServices(region)) {
    // A disposable stage has no backups to restore.
    if (disposable && stack === 'database') continue;
    Annotations.of(stacks[stack]).addInfo(
      `CloudFormation in ${region} does not have ${types.join(', ')}: left out. ${instead}`,
    );
  }
}
