import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  type StackResourceDrift,
} from '@aws-sdk/client-cloudformation';
import { allPages } from '../aws/all-pages.ts';
import { type StageStack, stageStacks } from '../aws/stage-stacks.ts';
import type { OpsContext } from '../context.ts';
import { findStack } from '../deploy/stack-state.ts';
import { waitFor } from '../wait.ts';
import { reasonNotDrift } from './owned-by-aws.ts';

/** A difference between what a template says and what is there. */
export interface Difference {
  readonly stack: string;

  /** Logical id and type. */
  readonly resource: string;
  readonly type: string;

  /** Such as `/Actions/0/ForwardConfig/TargetGroups/0/Weight`; empty for a resource that was deleted. */
  readonly path: string;
  readonly expected: string;
  readonly actual: string;
}

export interface DriftReport {
  readonly stacks: readonly string[];
  readonly drift: readonly Difference[];

  /** Changes that AWS makes by itself. */
  readonly ignored: readonly (Difference & { readonly reason: string })[];

  /** Stacks that CloudFormation could not compare, or not all of. */
  readonly unknown: readonly { readonly stack: string; readonly reason: string }[];
}

/** Lets CloudFormation compare every stack of a stage with what is there. */
export async function detectDrift(context: OpsContext): Promise<DriftReport> {
  const wanted = stageStacks(context);
  const found = await Promise.all(
    wanted.map(async (stack) => (await findStack(clientOf(context, stack), stack.name)).state !== 'absent'),
  );
  const stacks = wanted.filter((_stack, index) => found[index]);
  const reports = await Promise.all(stacks.map((stack) => compare(context, stack)));
  const differences = reports.flatMap(({ differences }) => differences);
  return {
    stacks: stacks.map(({ name }) => name),
    drift: differences.flatMap(({ reason, ...difference }) => (reason === undefined ? [difference] : [])),
    ignored: differences.flatMap(({ reason, ...difference }) =>
      reason === undefined ? [] : [{ ...difference, reason }],
    ),
    unknown: reports.flatMap(({ unknown }) => unknown ?? []),
  };
}

const clientOf = (context: OpsContext, { region }: StageStack) => context.clientsOf(region).cloudFormation;

async function compare(context: OpsContext, stack: StageStack) {
  const client = clientOf(context, stack);
  const { StackDriftDetectionId } = await client.send(new DetectStackDriftCommand({ StackName: stack.name }));
  const end = await waitFor(context, {
    what: `drift detection of ${stack.name}`,
    look: async () => {
      const status = await client.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
      return status.DetectionStatus === 'DETECTION_IN_PROGRESS' ? undefined : status;
    },
  });
  const drifts = await driftsOf(context, stack);
  const differences = drifts.flatMap((drift) => differencesOf(stack.name, drift));
  // CloudFormation keeps what it could compare when it could not compare everything.
  const reason = end.DetectionStatusReason ?? 'CloudFormation gives no reason';
  return end.DetectionStatus === 'DETECTION_FAILED'
    ? { differences, unknown: { stack: stack.name, reason } }
    : { differences };
}

const driftsOf = (context: OpsContext, stack: StageStack): Promise<StackResourceDrift[]> =>
  allPages(async (NextToken) => {
    const page = await clientOf(context, stack).send(
      new DescribeStackResourceDriftsCommand({
        StackName: stack.name,
        StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'],
        NextToken,
      }),
    );
    return [page.StackResourceDrifts, page.NextToken];
  });

function differencesOf(stack: string, drift: StackResourceDrift): (Difference & { readonly reason?: string })[] {
  const { LogicalResourceId: resource = '', ResourceType: type = '', PropertyDifferences = [] } = drift;
  if (drift.StackResourceDriftStatus === 'DELETED') {
    return [{ stack, resource, type, path: '', expected: 'the resource', actual: 'deleted' }];
  }
  return PropertyDifferences.map(({ PropertyPath: path = '', ExpectedValue, ActualValue }) => ({
    ...{ stack, resource, type, path, expected: ExpectedValue ?? '', actual: ActualValue ?? '' },
    reason: reasonNotDrift(drift, path),
  }));
}
