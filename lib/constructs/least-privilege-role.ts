import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acknowledgeWildcards } from './acknowledge-wildcards.ts';

export interface LeastPrivilegeRoleProps {
  readonly assumedBy: iam.IPrincipal;
  readonly description: string;

  /** Everything that the role may do. */
  readonly statements?: readonly iam.PolicyStatementProps[];

  /**
   * Name of the role.
   *
   * @default - made by CloudFormation
   */
  readonly roleName?: string;

  /**
   * Policies that AWS maintains.
   *
   * @default - none
   */
  readonly awsManaged?: readonly string[];

  /**
   * Resources with `*` in the statements, by how they end, and why each has to be so.
   *
   * @default - there are none
   */
  readonly wildcards?: Readonly<Record<string, string>>;
}

/** An AWS service that takes a role for this account alone: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
export const forThisAccount = (service: string): iam.IPrincipal =>
  new iam.ServicePrincipal(`${service}.amazonaws.com`, {
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });

const GITHUB = 'token.actions.githubusercontent.com';

/**
 * The workflows of a GitHub repository in one of its environments. By the provider's ARN: it is made once per account,
 * perhaps by another stage.
 *
 * @param repository owner/name, or owner@ID/name@ID: as the subject of its OIDC tokens names it
 */
export function forGithubEnvironment(scope: Construct, repository: string, environment: string): iam.IPrincipal {
  const { partition, account } = Stack.of(scope);
  return new iam.WebIdentityPrincipal(`arn:${partition}:iam::${account}:oidc-provider/${GITHUB}`, {
    StringEquals: {
      [`${GITHUB}:aud`]: 'sts.amazonaws.com',
      [`${GITHUB}:sub`]: `repo:${repository}:environment:${environment}`,
    },
  });
}

/**
 * A role whose rights are all in one managed policy of its own.
 *
 * Hand `sealed` to constructs: CDK's grants would add inline policies, which HIPAA.Security-IAMNoInlinePolicy refuses
 * and which hide what a role may do among the constructs that use it.
 */
export class LeastPrivilegeRole extends iam.Role {
  readonly sealed: iam.IRole;

  constructor(scope: Construct, id: string, props: LeastPrivilegeRoleProps) {
    super(scope, id, {
      assumedBy: props.assumedBy,
      description: props.description,
      roleName: props.roleName,
      managedPolicies: props.awsManaged?.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    if (props.statements?.length) {
      const policy = new iam.ManagedPolicy(this, 'Policy', {
        description: props.description,
        roles: [this],
        statements: props.statements.map((statement) => new iam.PolicyStatement(statement)),
      });
      acknowledgeWildcards(policy.node.defaultChild as iam.CfnManagedPolicy, props.wildcards ?? {});
    }
    this.sealed = this.withoutPolicyUpdates();
  }
}
