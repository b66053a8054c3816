import { DefaultStackSynthesizer, PermissionsBoundary, Stack, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type Names, namesOf } from '../config/names.ts';
import type { StageConfig } from '../config/schema.ts';
import { declareElsewhere } from './elsewhere.ts';

export interface StageStackProps {
  readonly config: StageConfig;

  /** One line for the CloudFormation console. */
  readonly description: string;

  /**
   * Refuse deletion of the stack: for what holds data.
   *
   * @default false
   */
  readonly stateful?: boolean;

  /**
   * Region, where it is not the stage's.
   *
   * @default - the stage's
   */
  readonly region?: string;

  /**
   * Name of the stack.
   *
   * @default - healthcare-ai-<stage>-<id>
   */
  readonly stackName?: string;
}

/** What every stack of a stage has: names, tags, a concrete region and zones that are given rather than looked up. */
export abstract class StageStack extends Stack {
  protected readonly config: StageConfig;
  protected readonly names: Names;

  constructor(scope: Construct, id: string, props: StageStackProps) {
    const { config } = props;
    super(scope, id, {
      stackName: props.stackName ?? `healthcare-ai-${config.stage}-${id}`,
      description: props.description,
      env: { region: props.region ?? config.region, account: config.account },
      terminationProtection: (props.stateful ?? false) && !config.disposable,
      analyticsReporting: false,
      // The CLI checks the version of the bootstrap stack; a rule in each template would do it once more.
      synthesizer: new DefaultStackSynthesizer({
        generateBootstrapVersionRule: false,
        qualifier: config.bootstrapQualifier,
      }),
      permissionsBoundary:
        config.permissionsBoundary === undefined ? undefined : PermissionsBoundary.fromName(config.permissionsBoundary),
      // CloudFormation hands stack tags on to every resource that takes tags.
      tags: { Application: 'healthcare-ai', Stage: config.stage, DataClass: 'phi' },
    });
    if (config.permissionsBoundary !== undefined) {
      const boundary = { type: 'AWS::IAM::ManagedPolicy', id: config.permissionsBoundary };
      declareElsewhere(this, { ...boundary, setting: 'permissionsBoundary' });
    }
    this.config = config;
    this.names = namesOf(config.stage, config.region);
    Validations.of(this).acknowledge({
      id: 'CloudFormation-Validate::W3010',
      reason: 'Zones are configuration: looking them up would need credentials at synth.',
    });
  }

  override get availabilityZones(): string[] {
    return [...this.config.availabilityZones];
  }
}
