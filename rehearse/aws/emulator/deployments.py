"""ECS services: what CreateService and UpdateService refuse, and traffic that ECS shifts between target groups.

- A bake time with rolling: "Amazon ECS computes this time period based on the alarm configuration associated with the
  deployment. You can't set this value."
  https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
- ECS rewrites the weights of the production rule and leaves them, from the first deployment on.
  https://github.com/go-to-k/cdk-real-drift/issues/1730
- CloudFormation sends the actions of the template again with any change of the rule.
  https://github.com/aws/aws-cdk/issues/36649
"""
from moto.elbv2.models import FakeAction, elbv2_backends
from moto.ecs import models

from limits import HELD

BAKE_TIME = (
    "Invalid bakeTimeInMinutes for a rolling deployment: Amazon ECS computes this time period based on the alarm "
    "configuration associated with the deployment. You can't set this value."
)
SHIFTING = {"BLUE_GREEN", "CANARY", "LINEAR"}


def extend(emulator):
    create, name = emulator.TYPES["AWS::ECS::Service"]

    def service(properties, logical_name, region, account, old=None):
        configuration = properties.get("DeploymentConfiguration", {})
        if "BakeTimeInMinutes" in configuration and configuration.get("Strategy", "ROLLING") == "ROLLING":
            raise RuntimeError(BAKE_TIME)
        return create(properties, logical_name, region, account, old)

    made = emulator.make("AWS::ECS::Service", service, name)
    HELD.append(made)


def shift(backend, service):
    """A deployment has ended: the production rule sends everything to the group that its tasks are in."""
    strategy = (getattr(service, "deployment_configuration", None) or {}).get("strategy", "ROLLING")
    balanced = next((lb for lb in service.load_balancers or [] if lb.get("advancedConfiguration")), None)
    if strategy not in SHIFTING or balanced is None:
        return
    groups = [balanced["targetGroupArn"], balanced["advancedConfiguration"]["alternateTargetGroupArn"]]
    service.live_group = next(group for group in groups if group != getattr(service, "live_group", groups[0]))
    rule = production_rule(backend, service)
    weights = [{"TargetGroupArn": group, "Weight": 100 if group == service.live_group else 0} for group in groups]
    for index, action in enumerate(rule.actions):
        if action.type == "forward":
            data = {"Type": "forward", "ForwardConfig": {"TargetGroups": weights}}
            rule.actions[index] = FakeAction({**data, "Order": action.data["Order"]} if "Order" in action.data else data)


def production_rule(backend, service):
    balanced = next(lb for lb in service.load_balancers if lb.get("advancedConfiguration"))
    arn = balanced["advancedConfiguration"]["productionListenerRule"]
    return elbv2_backends[backend.account_id][backend.region_name].describe_rules(None, [arn])[0]


def without_task(backend):
    """Production rules that send requests to a group in which no task is: the load balancer answers 503."""
    found = []
    for service in backend.services.values():
        live = getattr(service, "live_group", None)
        if live is None or service.status != "ACTIVE":
            continue
        for action in production_rule(backend, service).actions:
            groups = action.data.get("ForwardConfig", {}).get("TargetGroups", []) if action.type == "forward" else []
            found += [g for g in groups if int(g.get("Weight", 1)) > 0 and g["TargetGroupArn"] != live]
    return found
