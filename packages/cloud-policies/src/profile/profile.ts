import { type ReviewedAcknowledgement, reviewedAcknowledgements } from './acknowledgements.ts';
import { type ReviewedActions, reviewedActions } from './reviewed-actions.ts';
import { reviewedTypes } from './reviewed-types.ts';
import { serviceMetrics } from './service-metrics.ts';
import { wires } from './wires.ts';

/** Facts on which the service and its deployment agree. Times are in seconds. */
export interface ContractFacts {
  readonly port: number;
  readonly metricsPort: number;
  readonly paths: { readonly health: string };
  readonly user: { readonly uid: number; readonly gid: number };
  readonly timeouts: {
    readonly loadBalancerIdle: number;
    readonly shutdownDelay: number;
    readonly shutdownDeadline: number;
    readonly stop: number;
    readonly healthCheckGrace: number;
  };
  readonly edgeRateLimit: { readonly perSecond: number };

  /** Environment variables that the service reads. */
  readonly environment: readonly string[];
  readonly metrics: { readonly namespace: string; readonly dimensions: readonly string[] };

  /** Resource metadata with the findings that the code acknowledges: a list of `{ id, reason }`. */
  readonly acknowledgedMetadata: string;
}

/** A rule of an AWS managed group that counts instead of blocks on some paths. */
export interface WafExceptionFacts {
  readonly group: string;
  readonly rule: string;
  readonly label: string;
}

/** What the rules of this product compare a deployment with. */
export interface Profile {
  readonly contract: ContractFacts;
  readonly wafExceptions: readonly WafExceptionFacts[];

  /** The paths on which the exceptions hold. */
  readonly wafExceptionPaths: readonly string[];

  /** Resource types that were reviewed, each with its reviewed properties. */
  readonly reviewedTypes: ReadonlyMap<string, readonly string[]>;

  /** IAM actions that were reviewed, by the policy that allows them. */
  readonly reviewedActions: readonly ReviewedActions[];

  /** Metrics that the service reports to CloudWatch, with the statistics that fit them. */
  readonly serviceMetrics: Readonly<Record<string, RegExp>>;

  /** Findings of public packs that were reviewed and accepted. An acknowledgement that is not here does not count. */
  readonly acknowledgements: readonly ReviewedAcknowledgement[];

  /** Whether CloudFormation has a resource type in a region. */
  readonly isOffered: (type: string, region: string) => boolean;

  /** Properties that must refer to a resource of the deployment. */
  readonly wires: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
}

/** The profile of this product: its allow-lists, with the facts that the caller passes in. */
export const healthcareProfile = (
  facts: Pick<Profile, 'contract' | 'wafExceptions' | 'wafExceptionPaths' | 'isOffered'>,
): Profile => ({
  ...facts,
  reviewedTypes,
  reviewedActions,
  serviceMetrics,
  acknowledgements: reviewedAcknowledgements,
  wires,
});
