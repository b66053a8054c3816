"""AWS::KMS::Key: moto keeps the policy of a template as an object, and then fails to read it when the key is asked for."""
import json

from moto.kms.models import Key


def extend(_emulator):
    create = Key.create_from_cloudformation_json.__func__

    def create_from_cloudformation_json(cls, *args, **kwargs):
        key = create(cls, *args, **kwargs)
        if not isinstance(key.policy, str):
            key.policy = json.dumps(key.policy)
        return key

    Key.create_from_cloudformation_json = classmethod(create_from_cloudformation_json)
