import type { Assembly } from '../core/assembly.ts';
import type { Resource } from '../core/resource.ts';
import { isRecord, type Value } from '../core/template.ts';

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
      task.items('ContainerDefinitions').map(({ path, value }) => ({ task, path, body: isRecord(value) ? value : {} })),
    );

/** The environment of a container, by name, with paths and rendered values. */
export const environment = ({
  task,
  path,
}: Container): { readonly path: string; readonly name: string; readonly value: string }[] =>
  task.items(`${path}.Environment`).map(({ path: at, value }) => ({
    path: at,
    name: isRecord(value) ? String(value.Name) : '',
    value: isRecord(value) ? task.render(value.Value) : '',
  }));

/** Whether a container is the service itself rather than an agent beside it: a load balancer sends to it. */
export const isService = ({ task, body }: Container): boolean =>
  task.assembly
    .resources('AWS::ECS::Service')
    .some(
      (service) =>
        service.target('TaskDefinition') === task &&
        service.items('LoadBalancers').some(({ value }) => isRecord(value) && value.ContainerName === body.Name),
    );

/** Whether the image is of this deployment, rather than an agent of somebody else. */
export const isOurs = ({ task, body }: Container): boolean =>
  task.assembly.mentioned(task.render(body.Image)).some(({ type }) => type === 'AWS::ECR::Repository');
