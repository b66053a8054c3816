"""Deleting what the emulator only creates: a stack that is undone, or destroyed, must leave its names free."""
def extend(emulator):
    deletes = {
        "AWS::ECS::Service": service,
        "AWS::ECS::Cluster": lambda client, name, _: client("ecs").delete_cluster(cluster=name),
        "AWS::WAFv2::WebACL": web_acl,
        "AWS::ElasticLoadBalancingV2::LoadBalancer": load_balancer,
        "AWS::ElasticLoadBalancingV2::TargetGroup": lambda client, name, _: client("elbv2").delete_target_group(TargetGroupArn=name),
        "AWS::CloudWatch::Alarm": lambda client, name, _: client("cloudwatch").delete_alarms(AlarmNames=[name]),
        "AWS::Logs::MetricFilter": lambda client, name, p: client("logs").delete_metric_filter(logGroupName=p["LogGroupName"], filterName=name),
    }
    from moto.core.common_models import CloudFormationModel

    for made in CloudFormationModel.__subclasses__():
        if made.__name__.startswith("Cfn_") and made.cloudformation_type() in deletes:
            made.delete = deleter(emulator, deletes[made.cloudformation_type()])
    detach_policies()
    delete_network()


def detach_policies():
    """CloudFormation takes a managed policy off its roles before it deletes it."""
    from moto.iam.models import ManagedPolicy, Role

    def delete_policy(self, _account_id, _region):
        for role in self.backend.roles.values():
            role.managed_policies.pop(self.arn, None)
        self.attachment_count = 0
        if self.arn in self.backend.managed_policies:
            self.backend.delete_policy(self.arn)

    def delete_role(self, account_id, region):
        for policy in self.managed_policies.values():
            policy.attachment_count -= 1
        self.managed_policies.clear()
        Role.delete_from_cloudformation_json(self.name, {}, account_id, region)

    ManagedPolicy.delete, Role.delete = delete_policy, delete_role


def delete_network():
    """moto deletes a VPC only without route tables, and CloudFormation's of these are never deleted."""
    from moto.ec2.models import ec2_backends
    from moto.ec2.models.route_tables import RouteTable
    from moto.ec2.models.vpcs import VPCEndPoint

    def delete_table(self, account_id, region):
        backend = ec2_backends[account_id][region]
        self._associations.clear()
        if self.id in backend.route_tables:
            backend.delete_route_table(self.id)

    def delete_endpoint(self, account_id, region):
        ec2_backends[account_id][region].delete_vpc_endpoints([self.id])

    RouteTable.delete, VPCEndPoint.delete = delete_table, delete_endpoint


def deleter(emulator, remove):
    def delete(self, _account_id, region):
        try:
            remove(lambda service_name: emulator.client(service_name, region), self.physical_resource_id, self.properties)
        except (TypeError, AttributeError) as error:
            # moto would take it for "has no delete".
            raise RuntimeError(str(error)) from error

    return delete


def service(client, arn, properties):
    client("ecs").delete_service(cluster=properties["Cluster"], service=arn.split("/")[-1], force=True)


def web_acl(client, identifier, _properties):
    name, acl_id, scope = identifier.split("|")
    waf = client("wafv2")
    found = waf.get_web_acl(Name=name, Id=acl_id, Scope=scope)
    waf.delete_web_acl(Name=name, Id=acl_id, Scope=scope, LockToken=found["LockToken"])


def load_balancer(client, arn, _properties):
    elb = client("elbv2")
    attributes = {a["Key"]: a["Value"] for a in elb.describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]}
    if attributes.get("deletion_protection.enabled") == "true":
        raise RuntimeError(f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled")
    elb.delete_load_balancer(LoadBalancerArn=arn)
