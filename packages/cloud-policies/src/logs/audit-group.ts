import type { Resource } from '../core/resource.ts';

/** Whether a log group holds the audit trail: the service's own, by name, or CloudTrail's. */
export function isAuditGroup(group: Resource): boolean {
  const name = group.text('LogGroupName');
  if (/audit/i.test(name)) return true;
  return group.assembly
    .resources('AWS::CloudTrail::Trail')
    .some((trail) => trail.assembly.mentioned(trail.text('CloudWatchLogsLogGroupArn')).includes(group));
}

/** Whether containers write their output to the group, or the database does. */
export function isApplicationGroup(group: Resource): boolean {
  if (group.text('LogGroupName').startsWith('/aws/rds/cluster/')) return true;
  return group.assembly
    .resources('AWS::ECS::TaskDefinition')
    .some(
      (task) =>
        group.assembly.mentioned(task.text('ContainerDefinitions')).includes(group) || logged(task).includes(group),
    );
}

function logged(task: Resource): Resource[] {
  return task
    .items('ContainerDefinitions')
    .flatMap(({ path }) => task.followAll(task.get(`${path}.LogConfiguration.Options.awslogs-group`)));
}
