import { waysOut } from '../rollout/change-record.ts';
import { short } from '../rollout/digest.ts';
import { eventText, primaryOf } from '../rollout/service-view.ts';
import { aligned } from '../table.ts';
import { readableTime } from '../wait.ts';
import type { Asked, StageStatus } from './gather.ts';

/** How long ago, no finer than it matters: `40s`, `12m5s`, `3h7m`, `12d`. */
function age(at: Date | undefined, now: number): string {
  if (at === undefined) return '?';
  const seconds = Math.max(0, Math.round((now - at.getTime()) / 1000));
  if (seconds >= 172_800) return `${Math.floor(seconds / 86_400)}d`;
  return readableTime(1000 * (seconds < 3600 ? seconds : seconds - (seconds % 60)));
}

const ago = (at: Date | undefined, now: number): string => (at === undefined ? '' : `${age(at, now)} ago`);

function* section<T>(
  title: string,
  part: Asked<readonly T[]>,
  none: string,
  cells: (row: T) => readonly (string | undefined)[],
): Generator<string> {
  if ('unavailable' in part) yield `${title}: not available. ${part.unavailable}`;
  else if (part.length === 0) yield `${title}: ${none}`;
  else {
    yield `${title}:`;
    for (const line of aligned(part.map((row) => cells(row).map((cell) => cell ?? '')))) yield `  ${line}`;
  }
}

function* changeLines({ change, stage }: StageStatus, now: number): Generator<string> {
  if (change === undefined) return;
  const { kind, from, to, step, abandoned, operator, startedAt } = change;
  yield `${abandoned ? 'HALF DONE' : 'UNDER WAY'}: ${kind} ${short(from)} -> ${short(to)}, at "${step}"`;
  yield `  begun ${ago(new Date(startedAt), now)} by ${operator}${abandoned ? ', whose command has ended' : ''}`;
  if (abandoned && kind !== 'restart') yield waysOut(change, stage);
}

function* alarmLines({ alarms }: StageStatus, now: number): Generator<string> {
  if ('unavailable' in alarms) yield `Alarms: not available. ${alarms.unavailable}`;
  else if (alarms.length === 0) yield 'Alarms: none';
  else yield `ALARMS: ${alarms.length}`;
  if ('unavailable' in alarms) return;
  for (const { name, since, reason } of alarms) {
    yield `  ${name}, for ${age(since, now)}`;
    yield `    ${reason}`;
  }
}

/** Expected states that an operator may take for a fault. */
const meanings: Readonly<Record<string, string>> = {
  UPDATE_ROLLBACK_COMPLETE: ': its last update failed and was taken back; it can be updated again',
};

/** Where SSM, CloudFormation and ECS do not name one image. */
function* disagreement({ digest, service, stacks, change }: StageStatus): Generator<string> {
  if (change !== undefined && !change.abandoned) return;
  const primary = service && primaryOf(service)?.digest;
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
    `${status.stage} in ${status.region}, ${new Date(now).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    ...changeLines(status, now),
    `Image: ${status.digest ?? 'none yet: `npm run deploy` brings the first'}`,
    ...disagreement(status),
  ];
  for (const { name, status: state } of status.stacks)
    if (!/^(CREATE|UPDATE)_COMPLETE$/.test(state)) lines.push(`Stack ${name}: ${state}${meanings[state] ?? ''}`);
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
    // What is wrong comes first: the rest may be below the edge of the screen.
    ...alarmLines(status, now),
    ...section('Deployments', service.deployments, 'none', (row) => [
      row.status,
      row.state,
      short(row.digest),
      `revision ${row.taskDefinition.split(':').at(-1)}`,
      `${row.running}/${row.desired}`,
      row.failed > 0 ? `${row.failed} failed` : '',
      ago(row.createdAt, now),
    ]),
    ...section('Tasks', status.tasks, 'none listed', (row) => [
      // As long as in `logs`, which takes it for --task.
      row.id.slice(0, 8),
      row.status,
      row.health,
      short(row.digest),
      row.zone,
      ago(row.startedAt, now),
    ]),
    ...section('Targets', status.targets, 'none', ({ target, state, reason, group }) => [target, state, group, reason]),
    ...section('Last events', service.events, 'none', (event) => [ago(event.at, now), eventText(event)]),
  );
  return lines.join('\n');
}
