"""Accounts: what CloudFormation makes belongs to the account of its stack.

moto distinguishes accounts by the credentials of a call. The emulator of ../shared makes a resource by calling moto back, and
always with the credentials of the first account.
"""
from contextvars import ContextVar

from moto.cloudformation.parsing import ResourceMap

ACCOUNT = ContextVar("account", default=None)


def extend(emulator):
    client = emulator.client

    def client_of_account(service_name, region):
        made = client(service_name, region)
        account = ACCOUNT.get()
        if account is not None:
            made.meta.events.register("before-call", lambda params, **_: params["headers"].update({"x-moto-account-id": account}))
        return made

    emulator.client = client_of_account
    for name in ("__getitem__", "update", "_delete_resource"):
        setattr(ResourceMap, name, in_account_of_stack(getattr(ResourceMap, name)))


def in_account_of_stack(work):
    def working(self, *args, **kwargs):
        before = ACCOUNT.set(self._account_id)
        try:
            return work(self, *args, **kwargs)
        finally:
            ACCOUNT.reset(before)

    return working
