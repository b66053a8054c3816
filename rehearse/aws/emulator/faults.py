"""Faults that a rehearsal plants: one JSON document in the SSM parameter /rehearsal/faults."""
import json

from moto.core import DEFAULT_ACCOUNT_ID
from moto.ssm.models import ssm_backends

NAME = "/rehearsal/faults"


def planted(region):
    found = ssm_backends[DEFAULT_ACCOUNT_ID][region].get_parameter(NAME)
    return json.loads(found.value) if found else {}
