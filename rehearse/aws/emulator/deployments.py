"""ECS services: what CreateService and UpdateService refuse, and traffic that ECS shifts between target groups.

- A bake time with rolling: "Amazon ECS computes this time period based on the alarm configuration associated with the
  deployment. You can't set this value."
  https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
- ECS rewrites the weights of the production rule and leaves them, from the first deployment on.
  https://github.com/go-to-k/cdk-real-drift/issues/1730
- CloudFormation sends the actions of the template again with any change of the rule.
  https://github.com/aws/aws-cdk/issues/36649
"""
from moto.core.responses import ActionResult
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.elbv2.models import FakeAction, elbv2_backends

from limits import HELD

BAKE_TIME = (
    "Invalid bakeTimeInMinutes for a rolling deployment: Amazon ECS computes this time period based on the alarm "
    "configuration associated with the deployment. You can't set this value."
)
SHIFTING = {"BLUE_GREEN", "CANARY", "LINEAR"}
# Status of a service deployment, by the rollout state of the deployment of its service.
STATUS = {"IN_PROGRESS": "IN_PROGRESS", "COMPLETED": "SUCCESSFUL", "FAILED": "ROLLBACK_SUCCESSFUL"}


def extend(emulator):
    create, name = emulator.TYPES["AWS::ECS::Service"]

    def service(properties, logical_name, region, account, old=None):
        configuration = properties.get("DeploymentConfiguration", {})
        if "BakeTimeInMinutes" in configuration and configuration.get("Strategy", "ROLLING") == "ROLLING":
            raise RuntimeError(BAKE_TIME)
        return create(properties, logical_name, region, account, old)

    made = emulator.make("AWS::ECS::Service", service, name)
    HELD.append(made)
    EC2ContainerServiceResponse.list_service_deployments = list_service_deployments
    EC2ContainerServiceResponse.describe_service_deployments = describe_service_deployments


def list_service_deployments(self):
    service = self.ecs_backend._get_service(self._get_param("cluster"), self._get_param("service"))
    arn = service.arn.replace(":service/", ":service-deployment/")
    return ActionResult({"serviceDeployments": [brief(arn, deployment) for deployment in service.deployments]})


def describe_service_deployments(self):
    found = []
    for arn in self._get_param("serviceDeploymentArns"):
        cluster, name, identifier = arn.split("/")[1:]
        deployments = self.ecs_backend._get_service(cluster, name).deployments
        found += [brief(arn.rsplit("/", 1)[0], d) for d in deployments if d["id"].endswith(f"/{identifier}")]
    return ActionResult({"serviceDeployments": found, "failures": []})


def brief(arn, deployment):
    under_way = {"lifecycleStage": "PRODUCTION_TRAFFIC_SHIFT"} if deployment["rolloutState"] == "IN_PROGRESS" else {}
    return {
        "serviceDeploymentArn": f"{arn}/{deployment['id'].split('/')[-1]}",
        "status": STATUS[deployment["rolloutState"]],
        **under_way,
    }


def shift(backend, service):
    """A deployment has ended: the production rule sends everything to the group that its tasks are in."""
    strategy = (getattr(service, "deployment_configuration", None) or {}).get("strategy", "ROLLING")
    balanced = next((lb for lb in service.load_balancers or [] if lb.get("advancedConfiguration")), None)
    if strategy not in SHIFTING or balanced is None:
        return
    groups = [balanced["targetGroupArn"], balanced["advancedConfiguration"]["alternateTargetGroupArn"]]
    service.live_group = next(group for group in groups if group != getattr(service, "live_group", groups[0]))
    arn = balanced["advancedConfiguration"]["productionListenerRule"]
    rule = elbv2_backends[backend.account_id][backend.region_name].describe_rules(None, [arn])[0]
    weights = [{"TargetGroupArn": group, "Weight": 100 if group == service.live_group else 0} for group in groups]
    for index, action in enumerate(rule.actions):
        if action.type == "forward":
            data = {"Type": "forward", "ForwardConfig": {"TargetGroups": weights}}
            rule.actions[index] = FakeAction({**data, "Order": action.data["Order"]} if "Order" in action.data else data)


def without_task(backend):
    """Target groups that get requests and hold no task, of load balancers with tasks behind them: these answer 503."""
    live = {group for service in backend.services.values() if service.status == "ACTIVE" for group in groups_with_tasks(service)}
    found = []
    for balancer in elbv2_backends[backend.account_id][backend.region_name].load_balancers.values():
        weights = {}
        for listener in balancer.listeners.values():
            for rule in listener.rules.values():
                for action in rule.actions:
                    for group in action.data.get("ForwardConfig", {}).get("TargetGroups", []) or [action.data]:
                        if "TargetGroupArn" in group:
                            arn = group["TargetGroupArn"]
                            weights[arn] = max(weights.get(arn, 0), int(group.get("Weight", 1)))
        if live & weights.keys():
            found += [group for group, weight in weights.items() if weight > 0 and group not in live]
    return found


def groups_with_tasks(service):
    balancers = service.load_balancers or []
    if any(lb.get("advancedConfiguration") for lb in balancers):
        return [service.live_group] if hasattr(service, "live_group") else []
    return [lb["targetGroupArn"] for lb in balancers]
