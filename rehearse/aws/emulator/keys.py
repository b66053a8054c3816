"""AWS::KMS::Key: what a key is for, which moto drops; its policy as text, which moto expects when the key is asked for."""
import json

from moto.kms.models import Key


def extend(_emulator):
    create = Key.create_from_cloudformation_json.__func__

    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        key = create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)
        properties = cloudformation_json["Properties"]
        key.key_usage = properties.get("KeyUsage", key.key_usage)
        key.key_spec = properties.get("KeySpec", key.key_spec)
        if not isinstance(key.policy, str):
            key.policy = json.dumps(key.policy)
        return key

    Key.create_from_cloudformation_json = classmethod(create_from_cloudformation_json)
