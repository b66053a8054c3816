"""EventBridge delivers to topics and log groups, and drops what their policies do not allow: only a metric counts it.

EventBridge sends no `aws:SourceAccount`, `aws:SourceArn` or `aws:SourceOrgID` to an encrypted topic:
- "You can't use Condition blocks in Amazon SNS topic policies for EventBridge."
  https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
- Those keys in a KMS policy are "not supported for EventBridge-to-encrypted topics".
  https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
- The resource policy of a log group may name the rule (`aws:SourceArn`) for PutLogEvents, and nothing for CreateLogStream.
  https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html

Counted in `AWS/Events` by rule: TriggeredRules, Invocations (those that failed included), FailedInvocations.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
"""
import json
import logging
from fnmatch import fnmatchcase

from moto.cloudwatch.models import cloudwatch_backends
from moto.core.utils import utcnow
from moto.events.models import Rule
from moto.kms.models import kms_backends
from moto.logs.models import logs_backends
from moto.sns.models import sns_backends

log = logging.getLogger("aws_emulator")
EVENTBRIDGE = "events.amazonaws.com"


def extend(_emulator):
    send = Rule.send_to_targets

    def send_to_targets(self, event, transform_input=True):
        # A rule with a schedule alone has no pattern, which moto takes for one that every event matches.
        if self.state != "ENABLED" or self.scheduled_expression or not self.event_pattern.matches_event(event):
            return
        count(self, "TriggeredRules")
        targets, self.targets = self.targets, []
        try:
            for target in targets:
                refusal = refused(self, target["Arn"])
                count(self, "Invocations")
                if refusal:
                    count(self, "FailedInvocations")
                    log.warning("EVENT DROPPED by rule %s: %s", self.name, refusal)
                if refusal is None and ":sns:" in target["Arn"]:
                    backend(sns_backends, self).publish(json.dumps(event, default=str), target["Arn"])
                elif refusal is None:
                    self.targets = [target]
                    send(self, event, transform_input)
        finally:
            self.targets = targets

    Rule.send_to_targets = send_to_targets


def backend(backends, rule):
    return backends[rule.account_id][rule.region_name]


def count(rule, metric):
    data = {"MetricName": metric, "Value": 1, "Dimensions": [{"Name": "RuleName", "Value": rule.name}], "Timestamp": utcnow()}
    backend(cloudwatch_backends, rule).put_metric_data("AWS/Events", [data])


def refused(rule, target):
    """Why a target does not take the events of a rule, or None."""
    if ":sns:" in target:
        topic = backend(sns_backends, rule).topics[target]
        if not allowed(topic._policy_json, "sns:Publish"):
            return f"the policy of {target} does not allow {EVENTBRIDGE} without conditions"
        if not topic.kms_master_key_id:
            return None
        keys = backend(kms_backends, rule)
        policy = json.loads(keys.describe_key(topic.kms_master_key_id.split("/")[-1]).policy)
        for action in ("kms:Decrypt", "kms:GenerateDataKey"):
            if not allowed(policy, action):
                return f"the key of {target} does not allow {EVENTBRIDGE} {action} without conditions"
        return None
    if ":log-group:" in target:
        policies = [json.loads(p.policy_document) for p in backend(logs_backends, rule).resource_policies.values()]
        group = target.split(":log-group:")[1].split(":")[0]
        for action, keys in (("logs:CreateLogStream", set()), ("logs:PutLogEvents", {"aws:SourceArn"})):
            if not any(allowed(policy, action, keys, f"*:log-group:{group}:*") for policy in policies):
                return f"no resource policy allows {EVENTBRIDGE} {action} on {group}"
    return None


def allowed(policy, action, known=frozenset(), resource=None):
    """Whether a policy allows EventBridge an action; `known` are the keys of conditions that it sends."""
    return any(
        statement["Effect"] == "Allow"
        and EVENTBRIDGE in listed(statement.get("Principal", {}).get("Service", []) if isinstance(statement.get("Principal"), dict) else [])
        and any(fnmatchcase(action.lower(), pattern.lower()) for pattern in listed(statement["Action"]))
        and (resource is None or any(fnmatchcase(resource, r) or fnmatchcase(r, resource) for r in listed(statement["Resource"])))
        and keys_of(statement) <= known
        for statement in listed(policy["Statement"])
    )


def keys_of(statement):
    return {key for operator in statement.get("Condition", {}).values() for key in operator}


def listed(value):
    return value if isinstance(value, list) else [value]
