import * as ecr from 'aws-cdk-lib/aws-ecr';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/schema.ts';
import { DeployRole } from '../constructs/registry/deploy-role.ts';
import { StageStack } from '../constructs/stage-stack.ts';

export interface RegistryStackProps {
  readonly config: StageConfig;
  readonly imagesKey: kms.IKey;
}

/** Where images wait to be run: never overwritten, scanned when they come. */
export class RegistryStack extends StageStack {
  readonly repository: ecr.Repository;

  constructor(scope: Construct, id: string, props: RegistryStackProps) {
    super(scope, id, { ...props, description: 'Image repository, deploy role', stateful: true });
    this.repository = new ecr.Repository(this, 'Repository', {
      repositoryName: this.names.repository,
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      encryption: ecr.RepositoryEncryption.KMS,
      encryptionKey: props.imagesKey,
      // A first deploy that fails leaves nothing under a name that the next one needs.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      emptyOnDelete: false,
      lifecycleRules: [
        // An image index keeps its per-platform images; what has lost its tag was replaced before it was released.
        { rulePriority: 1, tagStatus: ecr.TagStatus.UNTAGGED, maxImageAge: Duration.days(30) },
        // Far more than a rollback reaches back. Digests that run are always among the newest.
        { rulePriority: 2, tagStatus: ecr.TagStatus.ANY, maxImageCount: 100 },
      ],
    });
    if (this.config.githubRepository !== undefined) {
      new DeployRole(this, 'Deploy', {
        names: this.names,
        stage: this.config.stage,
        githubRepository: this.config.githubRepository,
        repository: this.repository,
        certificateArn: this.config.edge.certificateArn,
        qualifier: this.config.bootstrapQualifier,
        otherRegions: this.config.backup.copyRegion === undefined ? [] : [this.config.backup.copyRegion],
      });
    }
  }
}
