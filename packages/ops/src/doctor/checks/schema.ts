import { DescribeLogStreamsCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { OpsContext } from '../../context.ts';
import { type DoctorCheck, fault, ok, Unknown } from '../check.ts';
import { wantedImage } from './image.ts';

/** Tasks of the migration log that are looked into, the newest first: keys are made by tasks of the same group. */
const STREAMS = 20;

interface Migrated {
  readonly version: number;
  readonly at: Date;
}

export const schema: DoctorCheck = {
  name: 'schema',
  async run(input) {
    const { context } = input;
    const { schema: known } = await wantedImage(input);
    const last = await lastMigration(context);
    const fix = `npm run ops -- rollout ${(await wantedImage(input)).digest} --stage ${context.stage}`;
    if (!last)
      throw new Unknown(`none of the last ${STREAMS} tasks of ${context.names.logGroups.migrate} has migrated`, fix);
    const saw = `version ${last.version} since ${last.at.toISOString()}`;
    if (!known) throw new Unknown(`${saw}; the image does not say which one it needs`);
    return last.version >= known.version ? ok(saw) : fault(`${saw}; the image needs ${known.version}`, fix);
  },
};

/** What the last migration said at its end: `schema_ready count=7`. */
async function lastMigration({ clients, names }: OpsContext): Promise<Migrated | undefined> {
  const logGroupName = names.logGroups.migrate;
  const { logStreams = [] } = await clients.logs.send(
    new DescribeLogStreamsCommand({ logGroupName, orderBy: 'LastEventTime', descending: true, limit: STREAMS }),
  );
  for (const { logStreamName } of logStreams) {
    const { events = [] } = await clients.logs.send(
      new GetLogEventsCommand({ logGroupName, logStreamName, limit: 100 }),
    );
    for (const { message = '', timestamp = 0 } of events.toReversed()) {
      const version = /\bschema_ready\b.*?\bcount"?[=:] ?(\d+)/.exec(message)?.[1];
      if (version) return { version: Number(version), at: new Date(timestamp) };
    }
  }
  return undefined;
}
