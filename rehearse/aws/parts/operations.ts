import { deepEqual, equal, match, ok } from 'node:assert/strict';
import {
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import {
  CreateLogStreamCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTasksCommand, ListTasksCommand } from '@aws-sdk/client-ecs';
import { DescribeKeyCommand, DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms';
import { stages } from '../../../lib/config/stages.ts';
import type { Part } from '../../support/rehearsal.ts';
import { any, ended, names, stageOptions } from '../support.ts';
import type { AwsWorld } from '../world.ts';

const REQUEST = '01a20969-dbd9-7ae5-9280-60e82f650675';

/** `npm run ops`, on what is deployed. */
export const operationsPart = (world: AwsWorld): Part => ({
  name: 'Operating it',
  needs: [],
  async run({ check }) {
    const { clients } = world;
    const tasks = async (): Promise<string[]> => {
      const { taskArns } = await clients.ecs.send(
        new ListTasksCommand({ cluster: names.cluster, serviceName: names.service, desiredStatus: 'RUNNING' }),
      );
      return taskArns!.sort();
    };
    await check(
      'doctor --live: the event arrives, the canary passes, a backup begins, the account is ready',
      async () => {
        const ran = await world.ops(['doctor', '--live', '--json', '--timeout', '60', ...stageOptions(world)], any);
        const { findings } = JSON.parse(ran.stdout) as { findings: { check: string; state: string; saw: string }[] };
        for (const name of ['events to the alarm topic', 'uptime canary', 'backup on demand', 'service-linked roles']) {
          const found = findings.find(({ check: one }) => one === name);
          equal(found?.state, 'ok', `${name}: ${found?.saw}`);
        }
      },
    );
    await check('status', async () => {
      ended(await world.ops(['status'], any), 0, /sha256:/, /COMPLETED/);
      const json = await world.ops(['status', '--json'], any);
      ended(json, 0);
      JSON.parse(json.stdout);
    });
    await check('scale: two to three tasks, of which two run', async () => {
      ended(await world.ops(['scale', '--min', '2', '--max', '3'], any), 0, /2 to 3 tasks/);
      await world.ops(['status'], any);
      equal((await tasks()).length, 2);
      ended(await world.ops(['scale', '--min', '9'], any), 2);
    });
    await check('restart: other tasks, of the same image', async () => {
      const before = await tasks();
      const { tasks: old } = await clients.ecs.send(
        new DescribeTasksCommand({ cluster: names.cluster, tasks: before }),
      );
      ended(await world.ops(['restart'], any), 0);
      const after = await tasks();
      equal(after.length, 2);
      deepEqual(
        after.filter((arn) => before.includes(arn)),
        [],
      );
      const { tasks: fresh } = await clients.ecs.send(
        new DescribeTasksCommand({ cluster: names.cluster, tasks: after }),
      );
      equal(fresh![0]!.taskDefinitionArn, old![0]!.taskDefinitionArn);
    });
    await check('logs: by request and by level', async () => {
      const logGroupName = names.logGroups.service;
      const logStreamName = 'service/service/0123456789abcdef';
      await clients.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      const line = (level: string, event: string, requestId: string) => ({
        timestamp: Date.now(),
        message: JSON.stringify({ level, event, request_id: requestId, time: new Date().toISOString() }),
      });
      const logEvents = [line('info', 'ours', REQUEST), line('error', 'theirs', REQUEST.replace('01', '02'))];
      await clients.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
      const byRequest = await world.ops(['logs', '--request-id', REQUEST], any);
      ended(byRequest, 0, /ours/);
      ok(!byRequest.stdout.includes('theirs'));
      const byLevel = await world.ops(['logs', '--level', 'error'], any);
      ended(byLevel, 0, /theirs/);
      ok(!byLevel.stdout.includes('ours'));
    });
    await check('keys create: a task beside the service stores it, and the key is shown once', async () => {
      const owner = ['--tenant', 'north', '--principal', 'ehr', '--role', 'integration'];
      const ran = await world.ops(['keys', 'create', ...owner], any);
      ended(ran, 0);
      match(ran.stdout.trim(), /^hai_[0-9a-z]{12}_[\w-]+$/);
      ok(!ran.stderr.includes(ran.stdout.trim()), 'the key is in what a terminal keeps of the progress');
    });
    await check('doctor finds three planted faults, each with its fix, and none when they are gone', async () => {
      const before = await faults(world);
      const { MetricAlarms } = await clients.cloudWatch.send(
        new DescribeAlarmsCommand({ AlarmNames: [`${names.base}-target-5xx`] }),
      );
      const [alarm] = MetricAlarms!;
      const { KeyMetadata } = await clients.kms.send(new DescribeKeyCommand({ KeyId: `alias/${names.base}/data` }));
      const { KeyId } = KeyMetadata!;
      const logGroupName = names.logGroups.service;
      // moto has no DisableAlarmActions.
      const mute = (ActionsEnabled: boolean) =>
        clients.cloudWatch.send(
          new PutMetricAlarmCommand({ ...(alarm as PutMetricAlarmCommandInput), ActionsEnabled }),
        );
      await mute(false);
      await clients.kms.send(new DisableKeyCommand({ KeyId }));
      await clients.logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 }));
      const planted = await faults(world);
      const added = planted.filter(({ check: name }) => !before.some((one) => one.check === name));
      deepEqual(added.map(({ check: name }) => name).length, 3, JSON.stringify(planted));
      for (const { fix } of added) ok(fix, 'a fault without a fix');
      const retentionInDays = stages.dev.retention.applicationLogs;
      await mute(true);
      await clients.kms.send(new EnableKeyCommand({ KeyId }));
      await clients.logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
      deepEqual(await faults(world), before);
      const known = before.map(({ check: name }) => name).join(', ') || 'none';
      return `${added.map(({ check: name }) => name).join(', ')}; found without them, because of the emulator: ${known}`;
    });
  },
});

interface DoctorRow {
  readonly check: string;
  readonly state: string;
  readonly fix?: string;
}

async function faults(world: AwsWorld): Promise<DoctorRow[]> {
  const ran = await world.ops(['doctor', '--json'], any);
  const { findings } = JSON.parse(ran.stdout) as { findings: DoctorRow[] };
  const found = findings.filter(({ state }) => state === 'fault');
  equal(ran.code, found.length > 0 ? 1 : 0);
  return found;
}
