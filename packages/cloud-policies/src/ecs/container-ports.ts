import { contract } from '@healthcare-ai/contract';
import type { Policy } from '../core/finding.ts';
import { isRecord } from '../core/template.ts';
import { containers, environment, isService } from './containers.ts';

export const containerPorts: Policy = {
  id: 'container-ports',
  description:
    'The service listens where the load balancer looks for it; metrics stand on a port that nobody forwards.',
  *check(assembly) {
    for (const container of containers(assembly)) {
      const { task, path } = container;
      for (const { path: at, value } of task.items(`${path}.PortMappings`)) {
        const port = isRecord(value) ? value.ContainerPort : undefined;
        if (isService(container) && port !== contract.port)
          yield task.fault(at, `got ${String(port)}; use ${contract.port} alone`);
      }
      if (isService(container) && task.items(`${path}.PortMappings`).length === 0)
        yield task.fault(`${path}.PortMappings`, `got none; use ${contract.port}`);
      for (const { path: at, name, value } of environment(container)) {
        const expected = { PORT: contract.port, METRICS_PORT: contract.metricsPort }[name];
        if (expected !== undefined && value !== String(expected))
          yield task.fault(at, `${name}: got ${value}; use ${expected}`);
      }
    }
    for (const service of assembly.resources('AWS::ECS::Service')) {
      for (const { path, value } of service.items('LoadBalancers')) {
        const port = isRecord(value) ? value.ContainerPort : undefined;
        const named = service.target('TaskDefinition')?.items('ContainerDefinitions') ?? [];
        if (!named.some((item) => isRecord(item.value) && isRecord(value) && item.value.Name === value.ContainerName)) {
          yield service.fault(`${path}.ContainerName`, 'names no container of the task; correct it');
        }
        if (port !== contract.port)
          yield service.fault(`${path}.ContainerPort`, `got ${String(port)}; use ${contract.port}`);
      }
    }
  },
};
