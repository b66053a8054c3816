import { randomUUID } from 'node:crypto';
import { GetLogEventsCommand, type OutputLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { allPages } from '../aws/all-pages.ts';
import { unlessMissing } from '../aws/unless-missing.ts';
import type { OpsContext } from '../context.ts';
import { OpsFailure, UsageError } from '../errors.ts';
import { endOfTask, type OneOffTask, startOneOffTask } from './one-off-task.ts';

/** How long the log of a task that has ended may lag behind, in ms. */
const LOG_LAG_MS = 30_000;
const LOOK_MS = 2_000;

/** A task whose output is an answer. */
export type AnsweringTask = Omit<OneOffTask, 'token'>;

/**
 * Runs a command of the service as a task beside it, and waits for its end.
 *
 * @param answered whether lines hold the whole answer
 * @returns what the task wrote, as far as CloudWatch Logs has it in time
 * @throws OpsFailure, or UsageError when its arguments were wrong, with the task's own last line
 */
export async function runAnsweringTask(
  context: OpsContext,
  task: AnsweringTask,
  answered: (lines: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const { container } = task;
  const arn = await startOneOffTask(context, { ...task, token: randomUUID() });
  context.output.progress('Waiting for the task to end, which takes about a minute');
  const { id, exitCode, reason } = await endOfTask(context, arn, container);
  const stream = `${container}/${container}/${id}`;
  if (exitCode === 0) return linesOf(context, stream, answered);
  const lines = await linesOf(context, stream, (found) => found.some(isRefusal));
  const said = lines.findLast(isRefusal)?.replace(/^healthcare-ai: /, '');
  const Failure = exitCode === 2 ? UsageError : OpsFailure;
  throw new Failure(
    `The task ${id} ${exitCode === undefined ? 'never ran' : `ended with exit code ${exitCode}`}: ${said ?? reason ?? 'it wrote nothing'}.`,
  );
}

const isRefusal = (line: string): boolean => line.startsWith('healthcare-ai: ');

async function linesOf(
  context: OpsContext,
  stream: string,
  complete: (lines: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const { clock, signal } = context;
  const end = clock.now() + LOG_LAG_MS;
  for (;;) {
    const lines = await logged(context, stream);
    if (complete(lines) || clock.now() >= end) return lines;
    await clock.sleep(LOOK_MS, signal);
  }
}

async function logged({ clients, names }: OpsContext, logStreamName: string): Promise<string[]> {
  const events = allPages<OutputLogEvent>(async (nextToken) => {
    const logGroupName = names.logGroups.migrate;
    const page = await clients.logs.send(
      new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true, nextToken }),
    );
    // The end of a stream is the token that was sent.
    return [page.events, page.nextForwardToken === nextToken ? undefined : page.nextForwardToken];
  });
  // There is no stream before the first line.
  return ((await unlessMissing('ResourceNotFound', events)) ?? []).map(({ message }) => message ?? '');
}
