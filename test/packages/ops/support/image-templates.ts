import type { Names } from '../../../../lib/config/names.ts';

/** The least that an image needs to be rolled out: what the migration and the service stack have in common with this. */
export function imageTemplates(names: Names) {
  const Parameters = {
    ImageDigest: { Type: 'AWS::SSM::Parameter::Value<String>', Default: names.imageDigestParameter },
  };
  const task = (family: string, container: string, group: string) => ({
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      Family: family,
      Cpu: '256',
      Memory: '512',
      NetworkMode: 'awsvpc',
      RequiresCompatibilities: ['FARGATE'],
      ContainerDefinitions: [
        {
          Name: container,
          Image: {
            'Fn::Join': [
              '@',
              [`123456789012.dkr.ecr.us-east-1.amazonaws.com/${names.repository}`, { Ref: 'ImageDigest' }],
            ],
          },
          LogConfiguration: {
            LogDriver: 'awslogs',
            Options: { 'awslogs-group': group, 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': container },
          },
        },
      ],
    },
  });
  const logs = (LogGroupName: string) => ({ Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName } });
  return {
    migration: {
      Parameters,
      Resources: {
        Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: names.cluster } },
        Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.20.0.0/16' } },
        Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.20.1.0/24' } },
        Group: {
          Type: 'AWS::EC2::SecurityGroup',
          Properties: { VpcId: { Ref: 'Vpc' }, GroupDescription: 'tasks' },
        },
        Logs: logs(names.logGroups.migrate),
        Task: task(names.migrateFamily, 'migrate', names.logGroups.migrate),
      },
      Outputs: {
        MigrateTaskDefinition: { Value: { Ref: 'Task' } },
        TaskSubnets: { Value: { Ref: 'Subnet' }, Export: { Name: 'subnet' } },
        MigrateSecurityGroup: { Value: { Ref: 'Group' }, Export: { Name: 'group' } },
      },
    },
    service: {
      Parameters,
      Resources: {
        Logs: logs(names.logGroups.service),
        Task: task(names.serviceFamily, 'service', names.logGroups.service),
        Service: {
          Type: 'AWS::ECS::Service',
          Properties: {
            ServiceName: names.service,
            Cluster: names.cluster,
            TaskDefinition: { Ref: 'Task' },
            // The emulator of ../shared brings up one task a look, and the breaker trips at the third that fails.
            DesiredCount: 4,
            LaunchType: 'FARGATE',
            NetworkConfiguration: {
              AwsvpcConfiguration: {
                Subnets: [{ 'Fn::ImportValue': 'subnet' }],
                SecurityGroups: [{ 'Fn::ImportValue': 'group' }],
              },
            },
            DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
          },
        },
        Target: {
          Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
          DependsOn: 'Service',
          Properties: {
            ServiceNamespace: 'ecs',
            ScalableDimension: 'ecs:service:DesiredCount',
            ResourceId: `service/${names.cluster}/${names.service}`,
            MinCapacity: 4,
            MaxCapacity: 6,
          },
        },
      },
    },
  } as const;
}
