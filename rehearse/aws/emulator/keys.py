"""AWS::KMS::Key: its policy as KMS keeps it, so that a key can be described, and the update of the policy."""
import json

from moto.kms.models import Key, kms_backends


def extend(_emulator):
    create = Key.create_from_cloudformation_json.__func__

    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        key = create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)
        if not isinstance(key.policy, str):
            key.policy = json.dumps(key.policy)
        key.window = int(cloudformation_json["Properties"].get("PendingWindowInDays", 30))
        return key

    Key.create_from_cloudformation_json = classmethod(create_from_cloudformation_json)
    Key.update_from_cloudformation_json = classmethod(update_policy)
    Key.delete = schedule_deletion


def schedule_deletion(self, account_id, region_name):
    """CloudFormation never deletes a key at once: KMS waits. https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html"""
    kms_backends[account_id][region_name].schedule_key_deletion(self.id, getattr(self, "window", 30))


def update_policy(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    original_resource.policy = json.dumps(cloudformation_json["Properties"]["KeyPolicy"])
    return original_resource
