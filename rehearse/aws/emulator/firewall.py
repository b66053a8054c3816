"""The web ACL's core rule set, and the uptime canary that meets it.

- The core rule set refuses a request without a User-Agent (NoUserAgent_HEADER), unless the rule only counts.
  https://repost.aws/knowledge-center/waf-block-http-requests-no-user-agent
- A target group without a target answers 503 (deployments.py).

A canary runs when it is created, and again when somebody asks for its metric: `SuccessPercent` of `CloudWatchSynthetics`.
"""
import json
import os
import subprocess

from moto.cloudwatch.models import CloudWatchBackend, cloudwatch_backends
from moto.core.utils import utcnow
from moto.ecs.models import ecs_backends
from moto.wafv2.models import wafv2_backends

from deployments import without_task
from limits import HELD

CORE = "AWSManagedRulesCommonRuleSet"
NAMESPACE = "CloudWatchSynthetics"
REQUEST_OF = os.path.join(os.path.dirname(os.path.abspath(__file__)), "canary-request.mjs")
CANARIES = {}


def extend(emulator):
    def canary(properties, logical_name, region, account):
        name = properties.get("Name", logical_name)
        CANARIES[(account, region, name)] = properties["Code"]["Script"]
        run(account, region, name)
        return name, {"Id": name, "State": "RUNNING"}

    made = emulator.make("AWS::Synthetics::Canary", canary, "Name")

    def delete(self, account, region):
        CANARIES.pop((account, region, self.physical_resource_id), None)

    made.delete = delete
    HELD.append(made)
    statistics = CloudWatchBackend.get_metric_statistics

    def get_metric_statistics(self, namespace, *args, **kwargs):
        if namespace == NAMESPACE:
            for account, region, name in list(CANARIES):
                if (account, region) == (self.account_id, self.region_name):
                    run(account, region, name)
        return statistics(self, namespace, *args, **kwargs)

    CloudWatchBackend.get_metric_statistics = get_metric_statistics


def run(account, region, name):
    status = answer(account, region, name)
    data = {
        "MetricName": "SuccessPercent",
        "Value": 100 if status == 200 else 0,
        "Dimensions": [{"Name": "CanaryName", "Value": name}],
        "Timestamp": utcnow(),
    }
    cloudwatch_backends[account][region].put_metric_data(NAMESPACE, [data])


def answer(account, region, name):
    """Status that the first request of a canary gets."""
    headers = headers_of(CANARIES[(account, region, name)])
    acls = [a for a in wafv2_backends[account][region].wacls.values() if name.startswith(a.name) and a.associated_resources]
    if "user-agent" not in headers and any(blocks_without_agent(acl) for acl in acls):
        return 403
    return 503 if without_task(ecs_backends[account][region]) else 200


def headers_of(script):
    """Headers of the first request of a script, with those that Node.js adds."""
    ran = subprocess.run(["node", REQUEST_OF], input=script, capture_output=True, text=True, timeout=60, check=True)
    return json.loads(ran.stdout)


def blocks_without_agent(acl):
    for rule in acl.rules:
        group = rule.statement.get("ManagedRuleGroupStatement", {})
        if group.get("Name") != CORE or "Count" in (rule.override_action or {}):
            continue
        overrides = {o["Name"]: o["ActionToUse"] for o in group.get("RuleActionOverrides", [])}
        return "Block" in overrides.get("NoUserAgent_HEADER", {"Block": {}})
    return False
