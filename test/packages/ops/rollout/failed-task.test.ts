import type { AwsClients } from '@healthcare-ai/ops/aws/clients';
import { firstFailedTask } from '@healthcare-ai/ops/rollout/failed-task';
import { namesOf } from '../../../../lib/config/names.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 18, minute));
const failed = (id: string, revision: number, minute: number) => ({
  taskArn: `arn:aws:ecs:us-east-1:123456789012:task/cluster/${id}`,
  taskDefinitionArn: `arn:aws:ecs:us-east-1:123456789012:task-definition/service:${revision}`,
  createdAt: at(minute),
  stoppedAt: at(minute),
  stoppedReason: 'Essential container in task exited',
  containers: [{ name: 'service', exitCode: 1 }],
});

// GIVEN two changes that failed within the hour for which ECS keeps stopped tasks, the later one of revision 10
const tasks = [failed('a1', 9, 10), failed('b2', 10, 22), failed('b1', 10, 21)];
const clients = {
  ecs: { send: async () => ({ taskArns: tasks.map(({ taskArn }) => taskArn), tasks }) },
  logs: { send: async () => ({ events: [] }) },
} as unknown as AwsClients;
const context = { clients, names: namesOf('dev', 'us-east-1') };

test('of a task definition that is known, the task that failed first is reported', async () => {
  expect(await firstFailedTask(context, tasks[0]!.taskDefinitionArn)).toMatchObject({ id: 'a1' });
});

test('of one that came and went between two looks, it is the first task of the newest that failed', async () => {
  expect(await firstFailedTask(context, undefined)).toMatchObject({ id: 'b1' });
});

test('a task that failed before the change began is not reported', async () => {
  expect(await firstFailedTask(context, undefined, at(30))).toBeUndefined();
});
