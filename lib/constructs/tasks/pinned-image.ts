import type * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { CfnParameter } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Names } from '../../config/names.ts';

/**
 * The image that the stage's SSM parameter names. The parameter is written by deploy, rollout and rollback, and by no
 * template: until it exists CloudFormation refuses to start, and no later deploy brings an old image back.
 */
export function pinnedImage(stack: Construct, names: Names, repository: ecr.IRepository): ecs.ContainerImage {
  const digest = new CfnParameter(stack, 'ImageDigest', {
    type: 'AWS::SSM::Parameter::Value<String>',
    default: names.imageDigestParameter,
    description: 'SSM parameter that holds the digest of the image, sha256:...',
  });
  // fromEcrRepository would render repo:sha256... for a digest that is a token.
  return ecs.ContainerImage.fromRegistry(repository.repositoryUriForDigest(digest.valueAsString));
}
