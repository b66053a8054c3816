import type { AwsServer } from './support/aws-server.ts';
import { runOps } from './support/run-ops.ts';
import { startWorld } from './support/world/start.ts';
import { World } from './support/world/world.ts';

let server: AwsServer;
afterEach(() => server.close());

async function scaled(...args: readonly string[]) {
  const world = new World();
  server = await startWorld(world);
  const ran = await runOps(server.endpoint, ['scale', '--stage', 'dev', '--yes', ...args]);
  return { ...ran, scaling: world.scaling };
}

test('the range is set, and where it differs from the configuration that is said', async () => {
  const { code, out, err, scaling } = await scaled('--min', '2', '--max', '4');
  expect({ code, scaling }).toEqual({ code: 0, scaling: { min: 2, max: 4 } });
  expect(err).toMatch(/1 to 3 tasks -> 2 to 4/);
  expect(out).toMatch(/^Scaled: 2 to 4 tasks\. lib\/config\/stages\.ts says 1 to 3/);
});

test('what is not given stays', async () => {
  expect((await scaled('--min', '2')).scaling).toEqual({ min: 2, max: 3 });
});

test.each([
  [['--min', '5', '--max', '4'], /maxTasks: got 4; use at least minTasks, 5/],
  [['--max', '500'], /2 x 500 tasks x 7 connections.*; 2 ACU leave 169/],
  [['--min', '-1'], /use a whole number from 0/],
  [[], /give --min, --max or both/],
])('%j is refused before anything is changed', async (args, message) => {
  const { code, err, scaling } = await scaled(...args);
  expect(code).toBe(2);
  expect(err).toMatch(message);
  expect(scaling).toEqual({ min: 1, max: 3 });
  expect(server.calls.filter(({ name }) => name === 'autoScaling.RegisterScalableTarget')).toEqual([]);
});
