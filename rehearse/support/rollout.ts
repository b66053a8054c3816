import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../test/service/support/free-port.ts';
import type { Engine } from './engine.ts';
import type { LoadBalancer } from './haproxy.ts';
import { startTask, stopTask } from './hardened.ts';

/** A task that serves behind the load balancer. */
export interface Task {
  readonly name: string;
  readonly slot: string;
}

export interface RolloutContext {
  readonly engine: Engine;
  readonly balancer: LoadBalancer;
  readonly env: Readonly<Record<string, string>>;
  /** Tasks that serve now. */
  tasks: Task[];
}

/** Starts a task of an image, and waits for the load balancer to find it healthy. */
export async function addTask(context: RolloutContext, image: string, seconds = 30): Promise<Task> {
  const used = new Set(context.tasks.map(({ slot }) => slot));
  const slot = context.balancer.slots.find((one) => !used.has(one))!;
  const task = { name: `task-${randomUUID()}`, slot };
  const env = { ...context.env, PORT: slot, METRICS_PORT: String(await freePort()) };
  await startTask(context.engine, { image, name: task.name, env });
  for (let waited = 0; waited < seconds * 1000; waited += 200) {
    if (await context.balancer.isUp(slot)) {
      context.tasks.push(task);
      return task;
    }
    await sleep(200);
  }
  throw new UnhealthyTask(task, seconds, await lastWords(context.engine, task.name));
}

export class UnhealthyTask extends Error {
  readonly task: Task;

  constructor(task: Task, seconds: number, lastWords: string) {
    super(`${task.name} did not become healthy within ${seconds} seconds: ${lastWords}`);
    this.task = task;
  }
}

/** Whether a task still runs, its exit code, and the end of what it logged. */
async function lastWords(engine: Engine, name: string): Promise<string> {
  const format = '{{.State.Status}}, exit code {{.State.ExitCode}}';
  const state = await engine.podman(['inspect', '--format', format, name], { accept: [0, 125] });
  const logs = await engine.podman(['logs', '--tail', '5', name], { accept: [0, 125] });
  return `${state.stdout.trim()}\n${`${logs.stdout}\n${logs.stderr}`.trim().slice(-1500)}`;
}

/**
 * Replaces every task by one of the image, one at a time and the new one first, as ECS, Kubernetes and Swarm do with
 * the settings in deploy/. A task that does not become healthy ends the rollout: the old ones keep serving.
 *
 * @returns exit codes of the tasks that were replaced
 */
export async function rollOut(context: RolloutContext, image: string, seconds?: number): Promise<number[]> {
  const codes: number[] = [];
  for (const old of [...context.tasks]) {
    try {
      await addTask(context, image, seconds);
    } catch (error) {
      if (error instanceof UnhealthyTask) await context.engine.podman(['rm', '-f', '-t', '0', error.task.name]);
      throw error;
    }
    codes.push(await stopTask(context.engine, old.name));
    context.tasks = context.tasks.filter((task) => task !== old);
  }
  return codes;
}
