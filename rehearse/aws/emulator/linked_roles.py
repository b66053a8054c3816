"""Service-linked roles: an account that has never used a service lacks its role, and the first use fails.

- ECS: "Unable to assume the service linked role. Please verify that the ECS service linked role exists."; recreating the
  stack succeeds. https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/818
- RDS: "Missing necessary credentials. Please check ...ServiceLinkedRoles.html"
  https://github.com/terraform-aws-modules/terraform-aws-rds/issues/364

The refused use creates the role, as it does at AWS.
"""
from moto.cloudformation import parsing
from moto.iam import exceptions, models
from moto.utilities.utils import get_partition

from limits import HELD

# First use of a service: the service, and the text of the refusal.
FIRST_USES = {
    "AWS::ECS::ClusterCapacityProviderAssociations": (
        "ecs.amazonaws.com",
        "Unable to assume the service linked role. Please verify that the ECS service linked role exists.",
    ),
    "AWS::RDS::DBSubnetGroup": (
        "rds.amazonaws.com",
        "Missing necessary credentials. Please check http://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/"
        "UsingWithRDS.IAM.ServiceLinkedRoles.html",
    ),
}
# Names that AWS gives, by service; moto has a rule of its own.
NAMES = {
    "ecs.amazonaws.com": "AWSServiceRoleForECS",
    "rds.amazonaws.com": "AWSServiceRoleForRDS",
    "elasticloadbalancing.amazonaws.com": "AWSServiceRoleForElasticLoadBalancing",
    "ecs.application-autoscaling.amazonaws.com": "AWSServiceRoleForApplicationAutoScaling_ECSService",
    "restore-testing.backup.amazonaws.com": "AWSServiceRoleForBackupRestoreTesting",
}


def extend(emulator):
    def linked_role(properties, _name, region, account):
        backend = models.iam_backends[account][get_partition(region)]
        role = backend.create_service_linked_role(properties["AWSServiceName"], "", "")
        return role.name, {"RoleName": role.name}

    HELD.append(emulator.make("AWS::IAM::ServiceLinkedRole", linked_role, ""))
    create_role = models.IAMBackend.create_service_linked_role

    def create_service_linked_role(self, service_name, description, suffix):
        name = NAMES[service_name]
        if any(role.name == name for role in self.roles.values()):
            raise exceptions.InvalidInput(
                f"Service role name {name} has been taken in this account, please try a different suffix."
            )
        role = create_role(self, service_name, description, suffix)
        role.name = name
        return role

    models.IAMBackend.create_service_linked_role = create_service_linked_role
    create = parsing.parse_and_create_resource

    def parse_and_create_resource(logical_id, resource_json, resources_map, account_id, region_name):
        service, refusal = FIRST_USES.get(resource_json["Type"], (None, None))
        if service is not None:
            backend = models.iam_backends[account_id][get_partition(region_name)]
            if all(role.path != f"/aws-service-role/{service}/" for role in backend.roles.values()):
                backend.create_service_linked_role(service, "", "")
                raise RuntimeError(refusal)
        return create(logical_id, resource_json, resources_map, account_id, region_name)

    parsing.parse_and_create_resource = parse_and_create_resource
