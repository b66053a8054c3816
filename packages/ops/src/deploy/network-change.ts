import type { ResourceBody, TemplateBody } from '@healthcare-ai/cloud-policies/core/template';
import { OpsFailure } from '../errors.ts';
import type { DeployContext } from './context.ts';
import { outputsReadBy } from './replaced-outputs.ts';
import { deployedTemplate, findStack } from './stack-state.ts';

type Properties = NonNullable<ResourceBody['Properties']>;

/**
 * Whether the network stack comes before or after the stacks that use it. CloudFormation deletes a subnet only when
 * nothing is in it: after three attempts it leaves the subnet behind, and the stack is UPDATE_COMPLETE all the same.
 * https://repost.aws/knowledge-center/cloudformation-stack-cleanup-stuck
 */
export class NetworkChange {
  readonly #context: DeployContext;

  /** The new template removes subnets, so the stacks that use them come first. */
  comesLast = false;

  constructor(context: DeployContext) {
    this.#context = context;
  }

  /**
   * Compares the network stack with its new template.
   *
   * @throws OpsFailure when AWS would refuse the change
   */
  async look(): Promise<void> {
    const artifact = this.#context.stacks().find(({ part }) => part === 'network');
    if (artifact === undefined) return;
    const { cloudFormation } = this.#context.clientsOf(artifact.region);
    // A stack whose creation failed is made anew: nothing is in its subnets.
    if (/^(absent|creation-failed)$/.test((await findStack(cloudFormation, artifact.name)).state)) return;
    const before = (await deployedTemplate(cloudFormation, artifact.name)) ?? {};
    const after = artifact.template;
    const moved = subnetsOf(before).find(([id, properties]) => hasMoved(properties, after.Resources?.[id]?.Properties));
    if (moved !== undefined) {
      throw new OpsFailure(
        `The new template moves the subnet ${moved[0]} to another zone or address range, and AWS refuses a range that overlaps another subnet. Keep network.cidr, and add or remove zones at the end of availabilityZones.`,
      );
    }
    this.comesLast = subnetsOf(before).some(([id]) => after.Resources?.[id] === undefined);
    if (!this.comesLast) return;
    const missing = this.#context
      .stacks()
      .filter(({ part }) => part !== 'network')
      .flatMap(({ template }) => outputsReadBy(template))
      .find(({ stack, output }) => stack === artifact.name && before.Outputs?.[output] === undefined);
    if (missing !== undefined) {
      throw new OpsFailure(
        `The new templates remove subnets from ${artifact.name}, which the other stacks must leave first, and need its new output ${missing.output}, which must come first. Make the two changes one after the other: deploy with all zones and the old exposure, then without.`,
      );
    }
  }
}

const subnetsOf = ({ Resources = {} }: TemplateBody): [string, Properties][] =>
  Object.entries(Resources).flatMap(([id, { Type, Properties = {} }]) =>
    Type === 'AWS::EC2::Subnet' ? [[id, Properties] as [string, Properties]] : [],
  );

const hasMoved = (before: Properties, after: Properties | undefined): boolean =>
  after !== undefined && (before.CidrBlock !== after.CidrBlock || before.AvailabilityZone !== after.AvailabilityZone);
