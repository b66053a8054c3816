#!/usr/bin/env python3
"""The emulator of ../shared with what a rehearsal of this project needs on top.

usage: python3 launch.py EMULATOR -H 127.0.0.1 -p PORT      (REGISTRY=https://localhost:5001: where images are pushed,
                                                               REGISTRY_<account>: of another account)

Each module beside this one adds one thing that AWS does and the emulator does not; what stays a stub prints a line
`STUB <type>` or `STUB ATTRIBUTE <type> <attribute>`, and the rehearsal refuses any that is not on its list.
"""
import importlib.util
import logging
import os
import sys


def load_emulator(path):
    sys.argv = [path, *sys.argv[2:]]
    spec = importlib.util.spec_from_file_location("aws_emulator", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["aws_emulator"] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    emulator = load_emulator(sys.argv[1])
    import accounts, backups, cloudformation, cross_stack, database, deletes, deployments, drift, events, firewall, keys, limits, linked_roles
    import network, operations, registry, tasks

    stricter = (limits, linked_roles, cross_stack, deployments, events, firewall, backups)
    for extension in (accounts, cloudformation, database, *stricter, network, deletes, drift, keys, operations, registry, tasks):
        extension.extend(emulator)
    from moto.server import main

    main(sys.argv[1:])
