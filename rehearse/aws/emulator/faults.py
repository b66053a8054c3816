"""Faults that a rehearsal plants: one JSON document in the SSM parameter /rehearsal/faults
of the first account in us-east-1, for every account and region."""
import json

from moto.core import DEFAULT_ACCOUNT_ID
from moto.ssm.models import ssm_backends

NAME = "/rehearsal/faults"


def planted(_region):
    found = ssm_backends[DEFAULT_ACCOUNT_ID]["us-east-1"].get_parameter(NAME)
    return json.loads(found.value) if found else {}
