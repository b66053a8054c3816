import { short } from '../rollout/digest.ts';
import { readableTime } from '../wait.ts';
import type { Asked, StageStatus } from './gather.ts';

const ago = (at: Date | undefined, now: number): string =>
  at === undefined ? 'at an unknown time' : `${readableTime(Math.max(0, now - at.getTime()))} ago`;

function* section<T>(
  title: string,
  part: Asked<readonly T[]>,
  none: string,
  line: (row: T) => string,
): Generator<string> {
  if ('unavailable' in part) yield `${title}: not available. ${part.unavailable}`;
  else if (part.length === 0) yield `${title}: ${none}`;
  else {
    yield `${title}:`;
    for (const row of part) yield `  ${line(row)}`;
  }
}

function* changeLines({ change, stage }: StageStatus): Generator<string> {
  if (change === undefined) return;
  const what = `${change.kind} ${short(change.from)} -> ${short(change.to)}, at "${change.step}", by ${change.operator} since ${change.startedAt}`;
  if (!change.abandoned) {
    yield `UNDER WAY: ${what}`;
    return;
  }
  yield `HALF DONE: ${what}; whoever did it is gone.`;
  if (change.kind === 'restart') return;
  yield `  finish it: npm run ops -- rollout ${change.to} --stage ${stage}`;
  yield `  go back:   npm run ops -- rollback --stage ${stage}`;
}

/** Where SSM, CloudFormation and ECS do not name one image. */
function* disagreement({ digest, service, stacks, change }: StageStatus): Generator<string> {
  if (change !== undefined && !change.abandoned) return;
  const primary = service?.deployments.find(({ status }) => status === 'PRIMARY')?.digest;
  const others = [
    ...stacks.map((stack) => ({ what: stack.name, digest: stack.digest })),
    ...(service ? [{ what: 'the service', digest: primary }] : []),
  ].filter((other) => other.digest !== digest);
  for (const other of others) yield `NOT AS SSM SAYS: ${other.what} has ${short(other.digest)}`;
}

/** A status as people read it. */
export function statusText(status: StageStatus, now: number): string {
  const { service, scaling, canary } = status;
  const lines: string[] = [
    `${status.stage} in ${status.region}`,
    ...changeLines(status),
    `Image: ${status.digest ?? 'none yet: `npm run deploy` brings the first'}`,
    ...disagreement(status),
  ];
  for (const { name, status: state } of status.stacks)
    if (!/^(CREATE|UPDATE)_COMPLETE$/.test(state)) lines.push(`Stack ${name}: ${state}`);
  if (service === undefined) {
    lines.push('Service: none yet');
    return lines.join('\n');
  }
  const range =
    scaling === undefined
      ? 'not scaled'
      : 'unavailable' in scaling
        ? `scaling not available. ${scaling.unavailable}`
        : `scaled between ${scaling.min} and ${scaling.max}`;
  lines.push(
    `Service: ${service.status}, ${service.running} of ${service.desired} tasks run, ${service.pending} starting; ${range}`,
  );
  if (canary !== undefined) {
    lines.push(
      'unavailable' in canary
        ? `Canary: not available. ${canary.unavailable}`
        : `Canary: ${canary.status}${canary.stage ? `, ${canary.stage}` : ''}`,
    );
  }
  lines.push(
    ...section('Deployments', service.deployments, 'none', (row) => {
      const revision = row.taskDefinition.split(':').at(-1);
      const failed = row.failed > 0 ? `, ${row.failed} failed` : '';
      return `${row.status} ${row.state ?? ''} ${short(row.digest)} (revision ${revision}) ${row.running}/${row.desired}${failed}, ${ago(row.createdAt, now)}`;
    }),
    ...section('Tasks', status.tasks, 'none listed', (row) =>
      [row.id, row.status, row.health, short(row.digest), row.zone, ago(row.startedAt, now)].filter(Boolean).join('  '),
    ),
    ...section('Targets', status.targets, 'none', ({ target, state, reason, group }) =>
      [target, state, reason, group].filter(Boolean).join('  '),
    ),
    ...section(
      'Alarms',
      status.alarms,
      'none in ALARM',
      ({ name, since, reason }) => `ALARM ${name}, ${ago(since, now)}: ${reason}`,
    ),
    ...section('Last events', service.events, 'none', ({ at, message }) => `${ago(at, now)}  ${message}`),
  );
  return lines.join('\n');
}
