import { contract } from '@healthcare-ai/contract';
import { Aspects, CfnResource, type IAspect, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

const { acknowledgedMetadata } = contract;

export interface Acknowledgement {
  /** Id of a cdk-nag rule, with its finding in brackets where the rule has several. */
  readonly id: string;

  /** Why the finding is not a fault here: what an auditor is handed. */
  readonly reason: string;

  /**
   * CloudFormation types below the construct that have the finding.
   *
   * @default - every resource below the construct
   */
  readonly types?: readonly string[];
}

/** Writes an acknowledgement into the metadata of one resource. */
export function recordAcknowledgement(resource: CfnResource, { id, reason }: Acknowledgement): void {
  const earlier = (resource.getMetadata(acknowledgedMetadata) ?? []) as { id: string; reason: string }[];
  if (!earlier.some((item) => item.id === id)) resource.addMetadata(acknowledgedMetadata, [...earlier, { id, reason }]);
}

const compliancePacks = ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'] as const;

class RecordAcknowledgement implements IAspect {
  private readonly given: Acknowledgement;

  constructor(given: Acknowledgement) {
    this.given = given;
  }

  visit(node: IConstruct): void {
    if (!CfnResource.isCfnResource(node)) return;
    if (this.given.types?.includes(node.cfnResourceType) === false) return;
    recordAcknowledgement(node, this.given);
  }
}

/**
 * Accepts a finding on the narrowest construct that has it, for cdk-nag and in the metadata of each
 * resource of the template.
 */
export function acknowledge(construct: IConstruct, ...acknowledgements: readonly Acknowledgement[]): void {
  for (const given of acknowledgements) {
    Validations.of(construct).acknowledge({ id: given.id, reason: given.reason });
    Aspects.of(construct).add(new RecordAcknowledgement(given));
  }
}

/**
 * Accepts the finding of a rule that several packs of cdk-nag have under one name.
 *
 * @param packs those that have it; all three by default
 */
export function acknowledgeRule(
  construct: IConstruct,
  rule: string,
  finding: Omit<Acknowledgement, 'id'>,
  packs: readonly (typeof compliancePacks)[number][] = compliancePacks,
): void {
  acknowledge(construct, ...packs.map((pack) => ({ id: `${pack}-${rule}`, ...finding })));
}
