import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { OpsContext } from '../context.ts';

/** Whose log it is: streams are named `prefix/container/task`. */
export interface TaskLog {
  readonly logGroup: string;
  readonly container: string;
  readonly task: string;
}

/** The last lines that a task logged; none when it never came to log. */
export async function lastLines(
  { clients }: Pick<OpsContext, 'clients'>,
  { logGroup, container, task }: TaskLog,
  limit = 5,
): Promise<string[]> {
  const request = new GetLogEventsCommand({
    logGroupName: logGroup,
    logStreamName: `${container}/${container}/${task}`,
    limit,
    startFromHead: false,
  });
  const { events = [] } = await clients.logs.send(request).catch((error: Error) => {
    if (error.name !== 'ResourceNotFoundException') throw error;
    return { events: [] };
  });
  return events.map(({ message }) => message ?? '');
}
