import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly name: string;
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly environment?: string | { readonly name: string };
  readonly needs?: string | readonly string[];
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency?: Job['concurrency'];
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface Action {
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const read = (path: string) => ({ path, text: readFileSync(path, 'utf8') });

const folder = join('.github', 'workflows');

/** Every workflow by its file's name. */
export const workflows = Object.fromEntries(
  readdirSync(folder).map((file) => {
    const { path, text } = read(join(folder, file));
    return [file, { path, text, content: parse(text) as Workflow }];
  }),
);

/** Every action of our own by its folder's name. */
export const actions = Object.fromEntries(
  readdirSync(join('.github', 'actions')).map((name) => {
    const { path, text } = read(join('.github', 'actions', name, 'action.yml'));
    return [name, { path, text, content: parse(text) as Action }];
  }),
);

/** Every job with where it stands, `ci.yml check`. */
export const jobs: readonly (readonly [string, Job])[] = Object.entries(workflows).flatMap(([file, { content }]) =>
  Object.entries(content.jobs).map(([id, job]) => [`${file} ${id}`, job] as const),
);

/** Every step of every job and of every action, with where it stands. */
export const steps: readonly (readonly [string, Step])[] = [
  ...jobs.map(([where, job]) => [where, job.steps ?? []] as const),
  ...Object.entries(actions).map(([name, { content }]) => [`action ${name}`, content.runs.steps] as const),
].flatMap(([where, list]) => list.map((step) => [`${where}: ${step.name ?? step.uses ?? step.run}`, step] as const));

/** Steps that run a script. */
export const scripts = steps.filter((entry): entry is readonly [string, Step & { readonly run: string }] =>
  Boolean(entry[1].run),
);

/** The script of the only step with this name. */
export function scriptOf(name: string): string {
  const found = scripts.filter(([where]) => where.endsWith(`: ${name}`));
  if (found.length !== 1) throw new Error(`${found.length} steps are named ${name}`);
  return found[0]![1].run;
}
