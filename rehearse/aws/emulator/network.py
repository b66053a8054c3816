"""What keeps a subnet or a load balancer where it is, and what a network team makes.

- A subnet whose range or zone changes is replaced, and the new one may not overlap one that is there: "The CIDR '...' conflicts
  with another subnet". https://github.com/aws/aws-cdk/issues/6683
- A subnet in use is not deleted: "The subnet '...' has dependencies and cannot be deleted." AWS tries three times, leaves
  it behind and calls the stack UPDATE_COMPLETE; here the update fails, so that nobody overlooks it.
  https://repost.aws/knowledge-center/cloudformation-stack-cleanup-stuck
- The id of a hosted zone begins with Z, which moto leaves to chance.
  https://docs.aws.amazon.com/Route53/latest/APIReference/API_HostedZone.html
- A load balancer of another scheme replaces the old one, and cannot have its target groups.
  https://github.com/hashicorp/terraform-provider-aws/issues/22005
"""
import inspect

from moto.ec2.models import ec2_backends
from moto.ec2.models.subnets import Subnet, SubnetBackend
from moto.ecs.models import ecs_backends
from moto.elbv2.models import ELBv2Backend, elbv2_backends
from moto.rds.models import DBSubnetGroup, rds_backends
from moto.route53 import models as route53

import operations
from limits import HELD

ASSOCIATION = "The following target groups cannot be associated with more than one load balancer: %s"


def extend(emulator):
    replace_subnets()
    keep_used_subnets()
    keep_target_groups()
    replace_load_balancers(emulator)
    change_subnet_groups()
    attach_transit_gateways(emulator)
    name_zones()


def replace_subnets():
    def update(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        wanted = cloudformation_json["Properties"]
        if (wanted["CidrBlock"], wanted.get("AvailabilityZone")) == (str(original_resource.cidr), original_resource.availability_zone):
            return original_resource
        made = cls.create_from_cloudformation_json(new_resource_name, cloudformation_json, account_id, region_name)
        operations.REPLACED.append(lambda: ec2_backends[account_id][region_name].delete_subnet(original_resource.id))
        return made

    Subnet.update_from_cloudformation_json = classmethod(update)


def keep_used_subnets():
    delete = SubnetBackend.delete_subnet

    def delete_subnet(self, subnet_id):
        if subnet_id in used_subnets(self.account_id, self.region_name):
            raise RuntimeError(f"The subnet '{subnet_id}' has dependencies and cannot be deleted.")
        return delete(self, subnet_id)

    SubnetBackend.delete_subnet = delete_subnet


def used_subnets(account, region):
    for balancer in elbv2_backends[account][region].load_balancers.values():
        yield from (subnet.id for subnet in balancer.subnets)
    for group in rds_backends[account][region].subnet_groups.values():
        yield from (subnet.id for subnet in group._subnets)
    for service in ecs_backends[account][region].services.values():
        if service.status == "ACTIVE":
            yield from (service.network_configuration or {}).get("awsvpcConfiguration", {}).get("subnets", [])


def keep_target_groups():
    for name, balancer_of in (
        ("create_listener", lambda self, arguments: arguments["load_balancer_arn"]),
        ("create_rule", lambda self, arguments: self.describe_listeners(None, [arguments["listener_arn"]])[0].load_balancer_arn),
    ):
        setattr(ELBv2Backend, name, checked(getattr(ELBv2Backend, name), balancer_of))


def checked(create, balancer_of):
    parameters = inspect.signature(create)

    def create_checked(self, *args, **kwargs):
        arguments = parameters.bind(self, *args, **kwargs).arguments
        wanted = balancer_of(self, arguments)
        for action in arguments["actions"]:
            for group in self._get_target_group_arns_from(action_data=action):
                if balancers_with(self, group) - {wanted}:
                    raise RuntimeError(ASSOCIATION % group)
        return create(self, *args, **kwargs)

    return create_checked


def balancers_with(backend, group):
    """Load balancers that forward to a target group."""
    found = set()
    for balancer in backend.load_balancers.values():
        for listener in balancer.listeners.values():
            actions = [*listener.default_actions, *(a for rule in listener.rules.values() for a in rule.actions)]
            if any(group in backend._get_target_group_arns_from(action_data=action.data) for action in actions):
                found.add(balancer.arn)
    return found


def replace_load_balancers(emulator):
    create, name_property = emulator.TYPES["AWS::ElasticLoadBalancingV2::LoadBalancer"]

    def load_balancer(properties, name, region, account, old=None):
        if old is None:
            return create(properties, name, region, account)
        backend = elbv2_backends[account][region]
        if properties.get("Scheme") == old.properties.get("Scheme"):
            backend.set_subnets(old._pid, properties["Subnets"], [])
            return old._pid, old._attrs
        # Its listeners would be made again at the new one, and forward to the same groups.
        for group in backend.target_groups:
            if old._pid in balancers_with(backend, group):
                raise RuntimeError(ASSOCIATION % group)
        operations.REPLACED.append(lambda: old.delete(account, region))
        return create(properties, f"{len(backend.load_balancers)}-{name}", region, account)

    made = emulator.make("AWS::ElasticLoadBalancingV2::LoadBalancer", load_balancer, name_property)
    HELD.append(made)


def change_subnet_groups():
    def update(_cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        wanted = cloudformation_json["Properties"]["SubnetIds"]
        original_resource._subnets = [ec2_backends[account_id][region_name].get_subnet(subnet) for subnet in wanted]
        return original_resource

    DBSubnetGroup.update_from_cloudformation_json = classmethod(update)


def attach_transit_gateways(emulator):
    def attachment(properties, _name, region, account):
        made = ec2_backends[account][region].create_transit_gateway_vpc_attachment(
            properties["TransitGatewayId"], properties["VpcId"], properties["SubnetIds"]
        )
        return made.id, {"Id": made.id}

    HELD.append(emulator.make("AWS::EC2::TransitGatewayAttachment", attachment, ""))


def name_zones():
    make = route53.create_route53_zone_id
    route53.create_route53_zone_id = lambda *args, **kwargs: "Z" + make(*args, **kwargs)[1:]
