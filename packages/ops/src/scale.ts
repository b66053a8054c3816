import {
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { crossCheck } from '@healthcare-ai/lib/config/cross-checks';
import type { OpsContext } from './context.ts';
import { OpsFailure, UsageError } from './errors.ts';

const dimension = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' } as const;

/** Application Auto Scaling's name of the service. */
const resourceId = ({ cluster, service }: OpsContext['names']): string => `service/${cluster}/${service}`;

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Between how many tasks the service is scaled; undefined if it is not. */
export async function scalingRange({
  clients,
  names,
}: Pick<OpsContext, 'clients' | 'names'>): Promise<Range | undefined> {
  const { ScalableTargets } = await clients.autoScaling.send(
    new DescribeScalableTargetsCommand({ ...dimension, ResourceIds: [resourceId(names)] }),
  );
  const [target] = ScalableTargets ?? [];
  return target && { min: target.MinCapacity ?? 0, max: target.MaxCapacity ?? 0 };
}

/**
 * Sets how few and how many tasks there may be. Scaling obeys at once; the stage's configuration is what the next
 * change of the template goes back to.
 *
 * @throws UsageError when the stage's cross-checks reject it; OpsFailure when the service is not scaled
 */
export async function scale(context: OpsContext, wanted: Partial<Range>): Promise<void> {
  const { clients, names, config, output, stage } = context;
  if (wanted.min === undefined && wanted.max === undefined) throw new UsageError('give --min, --max or both');
  const before = await scalingRange(context);
  if (before === undefined) throw new OpsFailure(`${names.service} is not scaled. \`npm run deploy\` makes it so.`);
  const { min, max } = { ...before, ...definedOf(wanted) };
  const faults = crossCheck({ ...config, service: { ...config.service, minTasks: min, maxTasks: max } });
  if (faults.length > 0) {
    throw new UsageError(`not scaled: ${faults.map(({ path, message }) => `${path}: ${message}`).join('; ')}`);
  }
  output.progress(`${stage} in ${context.region}: ${before.min} to ${before.max} tasks -> ${min} to ${max}`);
  await context.confirm(`Scale ${stage}?`);
  await clients.autoScaling.send(
    new RegisterScalableTargetCommand({
      ...dimension,
      ResourceId: resourceId(names),
      MinCapacity: min,
      MaxCapacity: max,
    }),
  );
  const { minTasks, maxTasks } = config.service;
  const differs = min !== minTasks || max !== maxTasks;
  const hint = differs
    ? ` lib/config/stages.ts says ${minTasks} to ${maxTasks}: change it there too, or a later deploy undoes this.`
    : '';
  output.result({ outcome: 'scaled', min, max, before }, `Scaled: ${min} to ${max} tasks.${hint}`);
}

const definedOf = (range: Partial<Range>): Partial<Range> =>
  Object.fromEntries(Object.entries(range).filter(([, value]) => value !== undefined));
