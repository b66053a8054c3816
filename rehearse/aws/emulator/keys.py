"""AWS::KMS::Key: its policy as KMS keeps it, so that a key can be described, and the update of the policy."""
import json

from moto.kms.models import Key


def extend(_emulator):
    create = Key.create_from_cloudformation_json.__func__

    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        key = create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)
        if not isinstance(key.policy, str):
            key.policy = json.dumps(key.policy)
        return key

    Key.create_from_cloudformation_json = classmethod(create_from_cloudformation_json)
    Key.update_from_cloudformation_json = classmethod(update_policy)


def update_policy(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    original_resource.policy = json.dumps(cloudformation_json["Properties"]["KeyPolicy"])
    return original_resource
