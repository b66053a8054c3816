import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stages } from '../../../lib/config/stages.ts';
import { type Properties, SynthesizedStage } from '../../lib/support/stage.ts';
import { runOps } from './support/run-ops.ts';
import { startWorld } from './support/world/start.ts';
import { World } from './support/world/world.ts';

/** IAM's names of the services that the server names as the clients do. */
const prefixes: Readonly<Record<string, string>> = {
  ecs: 'ecs',
  ecr: 'ecr',
  ssm: 'ssm',
  logs: 'logs',
  cloudFormation: 'cloudformation',
  cloudWatch: 'cloudwatch',
  autoScaling: 'application-autoscaling',
  elb: 'elasticloadbalancing',
};

const document = new SynthesizedStage('dev', { githubRepository: 'example/healthcare-ai' }).only(
  'AWS::IAM::ManagedPolicy',
  '"Description":"Deploys dev from GitHub Actions"',
).PolicyDocument;
const allowed = document.Statement.flatMap(({ Action }: Properties) => Action) as string[];

test('the role of the pipeline may make every call of status, rollout, rollback and restart', async () => {
  const world = new World();
  world.push({ tag: 'v2' });
  world.push({ tag: 'v3-bad', exitCode: 1 });
  const server = await startWorld(world);
  const canary = {
    stages: { dev: { ...stages.dev, service: { ...stages.dev.service, deployment: 'canary' } } },
  } as const;
  for (const command of ['status', 'rollout v2', 'rollout v3-bad', 'restart', 'rollback', 'status']) {
    await runOps(server.endpoint, [...command.split(' '), '--stage', 'dev', '--yes'], canary);
  }
  await server.close();
  const wanted = new Set(
    server.calls
      .map(({ name }) => name.split('.') as [string, string])
      // Everybody may ask who he is.
      .filter(([service]) => service !== 'sts')
      .map(([service, action]) => `${prefixes[service]}:${action}`),
  );
  expect(wanted.size).toBeGreaterThan(20);
  expect([...wanted].filter((action) => !allowed.includes(action))).toEqual([]);
});

/** What repairs a stack that is stuck or was never made: for a person, with rights of his own. */
const repairs = [
  'ContinueUpdateRollback',
  'DeleteStack',
  'ModifyLoadBalancerAttributes',
  'UpdateTerminationProtection',
];

test('the role may make every call of a deploy, save those that repair a stack', () => {
  const sources = readdirSync('packages/ops/src/deploy').map((file) =>
    readFileSync(join('packages/ops/src/deploy', file), 'utf8'),
  );
  const calls = new Set(
    sources.flatMap((source) => [...source.matchAll(/new (\w+)Command\(/g)].map(([, call]) => call!)),
  );
  calls.delete('GetCallerIdentity');
  const actions = new Set(allowed.map((action) => action.split(':')[1]));
  const missing = [...calls].filter((call) => !actions.has(call));
  expect(calls.size).toBeGreaterThan(10);
  expect(missing.toSorted()).toEqual(repairs);
});

test('the policy of the role stays below the size that IAM takes', () => {
  // What CloudFormation puts in for a reference is shorter than the reference.
  expect(JSON.stringify(document).length).toBeLessThan(6144);
});
