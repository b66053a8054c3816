"""AWS::KMS::Key: its policy as KMS keeps it, so that a key can be described."""
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
