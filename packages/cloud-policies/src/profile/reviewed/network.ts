import type { ReviewedTypes } from '../reviewed-types.ts';

export const network: ReviewedTypes = {
  'AWS::EC2::TransitGatewayAttachment': `
    SubnetIds
    Tags.*.Key Tags.*.Value
    TransitGatewayId
    VpcId
  `,
  'AWS::CertificateManager::Certificate': `
    DomainName
    DomainValidationOptions.*.DomainName DomainValidationOptions.*.HostedZoneId
    Tags.*.Key Tags.*.Value
    ValidationMethod
  `,
  'AWS::Route53::RecordSet': `
    AliasTarget.DNSName AliasTarget.HostedZoneId
    HostedZoneId
    Name
    Type
  `,
  'AWS::EC2::EIP': `
    Domain
    Tags.*.Key Tags.*.Value
  `,
  'AWS::EC2::FlowLog': `
    DeliverLogsPermissionArn
    LogDestinationType
    LogGroupName
    MaxAggregationInterval
    ResourceId
    ResourceType
    Tags.*.Key Tags.*.Value
    TrafficType
  `,
  'AWS::EC2::InternetGateway': `
    Tags.*.Key Tags.*.Value
  `,
  'AWS::EC2::NatGateway': `
    AllocationId
    SubnetId
    Tags.*.Key Tags.*.Value
  `,
  'AWS::EC2::Route': `
    DestinationCidrBlock
    GatewayId
    NatGatewayId
    RouteTableId
    TransitGatewayId
  `,
  'AWS::EC2::RouteTable': `
    Tags.*.Key Tags.*.Value
    VpcId
  `,
  'AWS::EC2::SecurityGroup': `
    GroupDescription
    SecurityGroupEgress.*.CidrIp SecurityGroupEgress.*.Description SecurityGroupEgress.*.FromPort
    SecurityGroupEgress.*.IpProtocol SecurityGroupEgress.*.ToPort
    SecurityGroupIngress.*.CidrIp SecurityGroupIngress.*.Description SecurityGroupIngress.*.FromPort
    SecurityGroupIngress.*.IpProtocol SecurityGroupIngress.*.ToPort
    VpcId
  `,
  'AWS::EC2::SecurityGroupEgress': `
    Description
    DestinationPrefixListId
    DestinationSecurityGroupId
    FromPort
    GroupId
    IpProtocol
    ToPort
  `,
  'AWS::EC2::SecurityGroupIngress': `
    Description
    FromPort
    GroupId
    IpProtocol
    SourceSecurityGroupId
    ToPort
  `,
  'AWS::EC2::Subnet': `
    AvailabilityZone
    CidrBlock
    MapPublicIpOnLaunch
    Tags.*.Key Tags.*.Value
    VpcId
  `,
  'AWS::EC2::SubnetRouteTableAssociation': `
    RouteTableId
    SubnetId
  `,
  'AWS::EC2::VPC': `
    CidrBlock
    EnableDnsHostnames
    EnableDnsSupport
    InstanceTenancy
    Tags.*.Key Tags.*.Value
  `,
  'AWS::EC2::VPCEndpoint': `
    DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint
    PolicyDocument.**
    PrivateDnsEnabled
    SecurityGroupIds
    ServiceName
    SubnetIds
    VpcEndpointType
    VpcId
  `,
  'AWS::EC2::VPCGatewayAttachment': `
    InternetGatewayId
    VpcId
  `,
  'AWS::WAFv2::LoggingConfiguration': `
    LogDestinationConfigs
    RedactedFields.*.SingleHeader.Name
    ResourceArn
  `,
  'AWS::WAFv2::WebACL': `
    CustomResponseBodies.too-many-requests.Content CustomResponseBodies.too-many-requests.ContentType
    DefaultAction.Allow
    Name
    Rules.*.Action.Block Rules.*.Action.Block.CustomResponse.CustomResponseBodyKey
    Rules.*.Action.Block.CustomResponse.ResponseCode Rules.*.Action.Block.CustomResponse.ResponseHeaders.*.Name
    Rules.*.Action.Block.CustomResponse.ResponseHeaders.*.Value Rules.*.Name Rules.*.OverrideAction.None
    Rules.*.Priority Rules.*.Statement.** Rules.*.VisibilityConfig.CloudWatchMetricsEnabled
    Rules.*.VisibilityConfig.MetricName Rules.*.VisibilityConfig.SampledRequestsEnabled
    Scope
    VisibilityConfig.CloudWatchMetricsEnabled VisibilityConfig.MetricName VisibilityConfig.SampledRequestsEnabled
  `,
  'AWS::WAFv2::WebACLAssociation': `
    ResourceArn
    WebACLArn
  `,
};
