import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../support/engine.ts';
import { type LoadBalancer, startLoadBalancer } from '../support/haproxy.ts';
import { buildImage, bundleIn, image } from '../support/images.ts';
import type { Part } from '../support/rehearsal.ts';
import { addTask, type RolloutContext, rollOut, UnhealthyTask } from '../support/rollout.ts';
import { SteadyLoad } from '../support/steady-load.ts';
import { makeWorld, verifyTrail } from '../support/world.ts';

const PER_SECOND = 250;
const RUNS = 3;
const TASKS = 2;
// The contract's 15 s fit a load balancer that asks every 10 s; this one asks every second, and two answers suffice.
const DELAY_SECONDS = '4';

export const rollingUpdatePart: Part = {
  name: `Rolling update under load: ${PER_SECOND} notes a second, ${TASKS} tasks, ${RUNS} runs`,
  needs: ['podman', 'runc', 'haproxy', '/usr/lib/postgresql'],
  async run({ engine, folder, check }) {
    await buildImage(engine, { version: 'v2', bundle: bundleIn(folder) });
    const broken = await brokenImages(engine, folder);
    const world = await makeWorld(engine, image('v1'));
    const balancer = await startLoadBalancer(folder, TASKS + 2);
    const env = { ...world.env, SHUTDOWN_DELAY_SECONDS: DELAY_SECONDS };
    const context: RolloutContext = { engine, balancer, env, tasks: [] };
    let acknowledged = 0;
    try {
      const token = await world.key('integration');
      while (context.tasks.length < TASKS) await addTask(context, image('v1'));
      for (let number = 1; number <= RUNS; number++) {
        for (const [what, version] of [
          ['update', 'v2'],
          ['rollback', 'v1'],
        ] as const) {
          await check(`run ${number}, ${what} to ${version}: every task replaced, no request failed`, async () => {
            const load = new SteadyLoad(balancer.url, token, PER_SECOND);
            const codes = await rollOut(context, image(version)).finally(() => load.stop());
            acknowledged += load.acknowledged;
            deepEqual([...load.failures], []);
            deepEqual(codes, Array(TASKS).fill(0));
            deepEqual(await imagesOf(context), Array(TASKS).fill(image(version)));
            ok(load.perSecond > 0.8 * PER_SECOND, `only ${load.perSecond} a second were sent`);
            return `${load.acknowledged} notes, ${load.perSecond.toFixed(0)} a second`;
          });
        }
      }
      for (const [what, name] of Object.entries(broken)) {
        await check(`an image that ${what} never takes traffic, and no request fails`, async () => {
          const load = new SteadyLoad(balancer.url, token, PER_SECOND);
          const slot = freeSlot(context, balancer);
          const before = await balancer.requestsTo(slot);
          await rejects(rollOut(context, name, 6), UnhealthyTask).finally(() => load.stop());
          acknowledged += load.acknowledged;
          deepEqual([...load.failures], []);
          equal(await balancer.requestsTo(slot), before);
          deepEqual(await imagesOf(context), Array(TASKS).fill(image('v1')));
          return `${load.acknowledged} notes meanwhile`;
        });
      }
      await check('every note that was acknowledged is in the database, and every audit chain checks', async () => {
        const [row] = await world.server.query<{ count: string }>('SELECT count(*) FROM notes');
        equal(Number(row!.count), acknowledged);
        return await verifyTrail(world.ownerEnv);
      });
      await check('control: a task that stops at once, without the delay, costs requests', async () => {
        const hasty = { ...context, env: { ...env, SHUTDOWN_DELAY_SECONDS: '0' } };
        await rollOut(hasty, image('v1'));
        context.tasks = hasty.tasks;
        const load = new SteadyLoad(balancer.url, token, PER_SECOND);
        await rollOut(context, image('v1')).finally(() => load.stop());
        ok(load.failed > 0, 'no request failed, so the checks above could not have failed either');
        return `${load.failed} of ${load.sent} failed`;
      });
    } finally {
      balancer.stop();
      for (const { name } of context.tasks) await engine.podman(['rm', '-f', '-t', '0', name]);
      world.server.remove();
    }
  },
};

const freeSlot = ({ tasks }: RolloutContext, balancer: LoadBalancer): string =>
  balancer.slots.find((slot) => !tasks.some((task) => task.slot === slot))!;

async function imagesOf({ engine, tasks }: RolloutContext): Promise<string[]> {
  const names = tasks.map(({ name }) => name);
  return (await engine.podman(['inspect', '--format', '{{.ImageName}}', ...names])).stdout.trim().split('\n');
}

/** Two ways in which a release is broken: its process ends, or it runs and is not healthy. */
async function brokenImages(engine: Engine, folder: string): Promise<Record<string, string>> {
  const unhealthy =
    "require('node:http').createServer((q,s)=>{s.statusCode=500;s.end()}).listen(process.env.PORT,'127.0.0.1')";
  const commands = { 'ends at once': ['dist/missing.cjs'], 'answers 500 on /health': ['-e', unhealthy] };
  const names: Record<string, string> = {};
  for (const [index, [what, command]] of Object.entries(commands).entries()) {
    const file = join(folder, `broken-${index}.Dockerfile`);
    writeFileSync(file, `FROM ${image('v1')}\nCMD ${JSON.stringify(command)}\n`);
    names[what] = image(`broken-${index}`);
    await engine.buildah(['bud', '-f', file, '-t', names[what], bundleIn(folder)]);
  }
  return names;
}
