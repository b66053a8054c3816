"""Drift detection of CloudFormation, for the two properties that AWS changes by itself.

- The weights of a production rule, which ECS shifts: reported one by one as differences of `Actions`.
  https://github.com/go-to-k/cdk-real-drift/issues/1730
- The minor version that RDS chooses for a template that names the major one.
"""
import json

from moto.cloudformation import responses
from moto.cloudformation.parsing import clean_json
from moto.core.responses import ActionResult
from moto.elbv2.models import elbv2_backends
from moto.rds.models import rds_backends


def extend(_emulator):
    Responses = responses.CloudFormationResponse

    def detect_stack_drift(self):
        stack = self.cloudformation_backend.get_stack(self._get_param("StackName"))
        return ActionResult({"StackDriftDetectionId": stack.stack_id})

    def describe_stack_drift_detection_status(self):
        identifier = self._get_param("StackDriftDetectionId")
        status = {"DetectionStatus": "DETECTION_COMPLETE", "Timestamp": "2026-01-01T00:00:00Z"}
        return ActionResult({**status, "StackId": identifier, "StackDriftDetectionId": identifier})

    def describe_stack_resource_drifts(self):
        backend = self.cloudformation_backend
        stack = backend.get_stack(self._get_param("StackName"))
        return ActionResult({"StackResourceDrifts": list(drifts(backend, stack))})

    for method in (detect_stack_drift, describe_stack_drift_detection_status, describe_stack_resource_drifts):
        setattr(Responses, method.__name__, method)


def drifts(backend, stack):
    place = (backend.account_id, backend.region_name)
    for logical_id, declared in stack.template_dict["Resources"].items():
        live = LIVE.get(declared["Type"])
        if live is None:
            continue
        resource = stack.resource_map[logical_id]
        # A reference to some models is resolved to the object.
        text = json.dumps(clean_json(declared["Properties"], stack.resource_map), default=str)
        expected = json.loads(text)
        actual = {**expected, **live(place, resource)}
        differences = list(compare(expected, actual, ""))
        if differences:
            yield {
                "StackId": stack.stack_id,
                "LogicalResourceId": logical_id,
                "PhysicalResourceId": resource.physical_resource_id,
                "ResourceType": declared["Type"],
                "StackResourceDriftStatus": "MODIFIED",
                "ExpectedProperties": json.dumps(expected),
                "ActualProperties": json.dumps(actual),
                "PropertyDifferences": differences,
                "Timestamp": "2026-01-01T00:00:00Z",
            }


def compare(expected, actual, path):
    """Differences in what a template sets; what it leaves out does not count."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key, value in expected.items():
            yield from compare(value, actual.get(key), f"{path}/{key}")
    elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        for index, value in enumerate(expected):
            yield from compare(value, actual[index], f"{path}/{index}")
    elif str(expected) != str(actual):
        values = {"ExpectedValue": str(expected), "ActualValue": str(actual)}
        yield {"PropertyPath": path, "DifferenceType": "NOT_EQUAL", **values}


def rule(place, resource):
    found = elbv2_backends[place[0]][place[1]].describe_rules(None, [resource.physical_resource_id])[0]
    return {"Actions": [action.data for action in found.actions]}


def cluster(place, resource):
    found = rds_backends[place[0]][place[1]].describe_db_clusters(resource.physical_resource_id)[0]
    return {"EngineVersion": found.engine_version}


LIVE = {"AWS::ElasticLoadBalancingV2::ListenerRule": rule, "AWS::RDS::DBCluster": cluster}
