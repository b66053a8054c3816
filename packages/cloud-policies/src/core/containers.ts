import type { Assembly, Resource } from './assembly.ts';
import { recordOf, type Value } from './template.ts';

/** One container of one task definition. */
export interface Container {
  readonly task: Resource;
  readonly path: string;
  readonly body: { readonly [key: string]: Value };
}

export const containers = (assembly: Assembly): Container[] =>
  assembly
    .resources('AWS::ECS::TaskDefinition')
    .flatMap((task) =>
      task.items('ContainerDefinitions').map(({ path, value }) => ({ task, path, body: recordOf(value) })),
    );

/** The environment of a container, by name, with paths and rendered values. */
export const environment = ({
  task,
  path,
}: Container): { readonly path: string; readonly name: string; readonly value: string }[] =>
  task.items(`${path}.Environment`).map(({ path: at, value }) => ({
    path: at,
    name: String(recordOf(value).Name ?? ''),
    value: task.render(recordOf(value).Value),
  }));

/** The values of an environment variable over all containers of an assembly, rendered. */
export const environmentValues = (assembly: Assembly, name: string): string[] =>
  containers(assembly)
    .flatMap(environment)
    .filter((variable) => variable.name === name)
    .map(({ value }) => value);
