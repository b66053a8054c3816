import type { Policy } from '../core/finding.ts';
import { absent, between, equals, refersTo, unmet } from '../core/requirements.ts';

export const taskDefinition: Policy = {
  id: 'task-definition',
  description:
    'Tasks are Fargate on ARM64 with at most one vCPU (one Node thread), and two roles that are not the same.',
  *check(assembly) {
    for (const task of assembly.resources('AWS::ECS::TaskDefinition')) {
      yield* unmet(task, {
        Cpu: between(256, 1024),
        Memory: between(512, 30_720),
        NetworkMode: equals('awsvpc'),
        'RequiresCompatibilities.0': equals('FARGATE'),
        'RuntimePlatform.CpuArchitecture': equals('ARM64'),
        'RuntimePlatform.OperatingSystemFamily': equals('LINUX'),
        TaskRoleArn: refersTo('AWS::IAM::Role'),
        ExecutionRoleArn: refersTo('AWS::IAM::Role'),
        PidMode: absent,
        IpcMode: absent,
        EnableFaultInjection: absent,
        ProxyConfiguration: absent,
      });
      if (task.target('TaskRoleArn') !== undefined && task.target('TaskRoleArn') === task.target('ExecutionRoleArn')) {
        yield task.fault('TaskRoleArn', 'is the execution role too, which may read every secret; use two roles');
      }
      if (task.items('ContainerDefinitions').length === 0)
        yield task.fault('ContainerDefinitions', 'got none; add the service');
    }
  },
};
