import type { ReviewedTypes } from '../reviewed-types.ts';

export const compute: ReviewedTypes = {
  'AWS::ApplicationAutoScaling::ScalableTarget': `
    MaxCapacity
    MinCapacity
    ResourceId
    RoleARN
    ScalableDimension
    ServiceNamespace
  `,
  'AWS::ApplicationAutoScaling::ScalingPolicy': `
    PolicyName
    PolicyType
    ScalingTargetId
    TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType
    TargetTrackingScalingPolicyConfiguration.ScaleInCooldown TargetTrackingScalingPolicyConfiguration.ScaleOutCooldown
    TargetTrackingScalingPolicyConfiguration.TargetValue
  `,
  'AWS::ECR::Repository': `
    EmptyOnDelete
    EncryptionConfiguration.EncryptionType EncryptionConfiguration.KmsKey
    ImageScanningConfiguration.ScanOnPush
    ImageTagMutability
    LifecyclePolicy.LifecyclePolicyText
    RepositoryName
  `,
  'AWS::ECS::Cluster': `
    ClusterName
    ClusterSettings.*.Name ClusterSettings.*.Value
  `,
  'AWS::ECS::ClusterCapacityProviderAssociations': `
    CapacityProviders
    Cluster
  `,
  'AWS::ECS::Service': `
    AvailabilityZoneRebalancing
    CapacityProviderStrategy.*.CapacityProvider CapacityProviderStrategy.*.Weight
    Cluster
    DeploymentConfiguration.Alarms.AlarmNames DeploymentConfiguration.Alarms.Enable
    DeploymentConfiguration.Alarms.Rollback DeploymentConfiguration.BakeTimeInMinutes
    DeploymentConfiguration.CanaryConfiguration.CanaryBakeTimeInMinutes
    DeploymentConfiguration.CanaryConfiguration.CanaryPercent DeploymentConfiguration.DeploymentCircuitBreaker.Enable
    DeploymentConfiguration.DeploymentCircuitBreaker.Rollback DeploymentConfiguration.MaximumPercent
    DeploymentConfiguration.MinimumHealthyPercent DeploymentConfiguration.Strategy
    DesiredCount
    EnableECSManagedTags
    EnableExecuteCommand
    HealthCheckGracePeriodSeconds
    LaunchType
    LoadBalancers.*.AdvancedConfiguration.AlternateTargetGroupArn
    LoadBalancers.*.AdvancedConfiguration.ProductionListenerRule LoadBalancers.*.AdvancedConfiguration.RoleArn
    LoadBalancers.*.ContainerName LoadBalancers.*.ContainerPort LoadBalancers.*.TargetGroupArn
    NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp NetworkConfiguration.AwsvpcConfiguration.SecurityGroups
    NetworkConfiguration.AwsvpcConfiguration.Subnets
    PlatformVersion
    PropagateTags
    SchedulingStrategy
    ServiceName
    TaskDefinition
  `,
  'AWS::ECS::TaskDefinition': `
    ContainerDefinitions.*.Command ContainerDefinitions.*.Cpu ContainerDefinitions.*.DependsOn.*.Condition
    ContainerDefinitions.*.DependsOn.*.ContainerName ContainerDefinitions.*.Environment.*.Name
    ContainerDefinitions.*.Environment.*.Value ContainerDefinitions.*.Essential
    ContainerDefinitions.*.HealthCheck.Command ContainerDefinitions.*.HealthCheck.Interval
    ContainerDefinitions.*.HealthCheck.Retries ContainerDefinitions.*.HealthCheck.StartPeriod
    ContainerDefinitions.*.HealthCheck.Timeout ContainerDefinitions.*.Image
    ContainerDefinitions.*.LinuxParameters.Capabilities.Drop ContainerDefinitions.*.LinuxParameters.InitProcessEnabled
    ContainerDefinitions.*.LogConfiguration.LogDriver ContainerDefinitions.*.LogConfiguration.Options.awslogs-group
    ContainerDefinitions.*.LogConfiguration.Options.awslogs-region
    ContainerDefinitions.*.LogConfiguration.Options.awslogs-stream-prefix
    ContainerDefinitions.*.LogConfiguration.Options.max-buffer-size
    ContainerDefinitions.*.LogConfiguration.Options.mode ContainerDefinitions.*.Memory
    ContainerDefinitions.*.MountPoints.*.ContainerPath ContainerDefinitions.*.MountPoints.*.ReadOnly
    ContainerDefinitions.*.MountPoints.*.SourceVolume ContainerDefinitions.*.Name
    ContainerDefinitions.*.PortMappings.*.ContainerPort ContainerDefinitions.*.PortMappings.*.Protocol
    ContainerDefinitions.*.Privileged ContainerDefinitions.*.ReadonlyRootFilesystem
    ContainerDefinitions.*.RestartPolicy.Enabled ContainerDefinitions.*.RestartPolicy.IgnoredExitCodes
    ContainerDefinitions.*.RestartPolicy.RestartAttemptPeriod ContainerDefinitions.*.Secrets.*.Name
    ContainerDefinitions.*.Secrets.*.ValueFrom ContainerDefinitions.*.StopTimeout ContainerDefinitions.*.User
    ContainerDefinitions.*.VersionConsistency
    Cpu
    ExecutionRoleArn
    Family
    Memory
    NetworkMode
    RequiresCompatibilities
    RuntimePlatform.CpuArchitecture RuntimePlatform.OperatingSystemFamily
    TaskRoleArn
    Volumes.*.Name
  `,
  'AWS::ElasticLoadBalancingV2::Listener': `
    Certificates.*.CertificateArn
    DefaultActions.*.FixedResponseConfig.ContentType DefaultActions.*.FixedResponseConfig.MessageBody
    DefaultActions.*.FixedResponseConfig.StatusCode DefaultActions.*.RedirectConfig.Port
    DefaultActions.*.RedirectConfig.Protocol DefaultActions.*.RedirectConfig.StatusCode DefaultActions.*.Type
    LoadBalancerArn
    Port
    Protocol
    SslPolicy
  `,
  'AWS::ElasticLoadBalancingV2::ListenerRule': `
    Actions.*.ForwardConfig.TargetGroups.*.TargetGroupArn Actions.*.ForwardConfig.TargetGroups.*.Weight
    Actions.*.JwtValidationConfig.Issuer Actions.*.JwtValidationConfig.JwksEndpoint Actions.*.Order
    Actions.*.TargetGroupArn Actions.*.Type
    Conditions.*.Field Conditions.*.PathPatternConfig.Values
    ListenerArn
    Priority
  `,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': `
    LoadBalancerAttributes.*.Key LoadBalancerAttributes.*.Value
    Scheme
    SecurityGroups
    Subnets
    Type
  `,
  'AWS::ElasticLoadBalancingV2::TargetGroup': `
    HealthCheckIntervalSeconds
    HealthCheckPath
    HealthCheckProtocol
    HealthCheckTimeoutSeconds
    HealthyThresholdCount
    Matcher.HttpCode
    Port
    Protocol
    TargetGroupAttributes.*.Key TargetGroupAttributes.*.Value
    TargetType
    UnhealthyThresholdCount
    VpcId
  `,
  'AWS::Events::Rule': `
    EventPattern.**
    ScheduleExpression
    State
    Targets.*.Arn Targets.*.Id
  `,
  'AWS::Lambda::Function': `
    Code.ZipFile
    Description
    Environment.Variables.BUCKET Environment.Variables.SOURCES
    FunctionName
    Handler
    LoggingConfig.LogGroup
    MemorySize
    Role
    Runtime
    Timeout
  `,
  'AWS::Lambda::Permission': `
    Action
    FunctionName
    Principal
    SourceArn
  `,
  'AWS::Synthetics::Canary': `
    ArtifactS3Location
    Code.Handler Code.Script
    ExecutionRoleArn
    FailureRetentionPeriod
    Name
    ProvisionedResourceCleanup
    RunConfig.TimeoutInSeconds
    RuntimeVersion
    Schedule.DurationInSeconds Schedule.Expression
    StartCanaryAfterCreation
    SuccessRetentionPeriod
  `,
};
