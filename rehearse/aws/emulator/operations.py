"""What CloudFormation does with a stack: it waits for services, reports which resource failed, and rolls back.

A planted fault `{"AWS::Some::Type": "reason"}` fails the creation of that type; `tickSeconds` slows a service down.
"""
import logging
import threading
import time

from moto.cloudformation import models, parsing
from moto.cloudformation.exceptions import ValidationError
from moto.ecs.models import ecs_backends

import cross_stack
import faults
from cloudformation import Backend, resolved

log = logging.getLogger("aws_emulator")
FAILED_RESOURCES = {}
# What an update has replaced: deletes the old resource when everything else is done.
REPLACED = []
BREAKER = "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'."
# So long UpdateStack waits for its own end: what is quick is seen as done, what is slow as in progress.
PATIENCE_SECONDS = 2


def extend(_emulator):
    name_failures()
    delete_stacks()
    execute_change_sets()
    update_stacks()
    remove_last()


def failed_update(reason):
    return "Update", "AWS::CloudFormation::Stack", reason


def remove_last():
    """An update deletes what a template no longer has when everything else is done: nothing refers to it any more."""
    update = parsing.ResourceMap.update

    def update_then_remove(self, template, parameters=None):
        diff = self.build_resource_diff(template, parameters)
        removed = {name: (self._parsed_resources.get(name), self._resource_json_map[name]) for name in diff["Remove"]}
        self.build_resource_diff = lambda *_: {**diff, "Remove": []}
        try:
            update(self, template, parameters)
        except Exception as error:
            FAILED_RESOURCES.setdefault(self.stack_id, failed_update(str(error)))
            raise
        finally:
            del self.build_resource_diff
        failures = {}
        for _ in range(len(removed) + len(REPLACED) + 1):
            for delete_old in list(REPLACED):
                try:
                    delete_old()
                except Exception as error:
                    failures[delete_old] = error
                    continue
                REPLACED.remove(delete_old)
            for name, (resource, declared) in list(removed.items()):
                try:
                    if resource is not None and not str(declared.get("DeletionPolicy", "")).startswith("Retain"):
                        self._delete_resource(resource, declared)
                except Exception as error:
                    # What refers to it is removed as well, and may come later.
                    failures[name] = error
                    continue
                self._parsed_resources.pop(name, None)
                del removed[name]
        if removed or REPLACED:
            REPLACED.clear()
            reason = ", ".join(map(str, failures.values()))
            FAILED_RESOURCES.setdefault(self.stack_id, failed_update(reason))
            raise RuntimeError(reason)

    parsing.ResourceMap.update = update_then_remove


def name_failures():
    create = parsing.parse_and_create_resource

    def parse_and_create_resource(logical_id, resource_json, resources_map, account_id, region_name):
        try:
            reason = faults.planted(region_name).get(resource_json["Type"])
            if reason:
                raise RuntimeError(reason)
            return create(logical_id, resource_json, resources_map, account_id, region_name)
        except Exception as error:
            # The first is the cause; what depends on it fails as well.
            text = str(error).split("): ")[-1] or type(error).__name__
            FAILED_RESOURCES.setdefault(resources_map.stack_id, (logical_id, resource_json["Type"], text))
            raise

    parsing.parse_and_create_resource = parse_and_create_resource


def delete_stacks():
    """A stack whose resource cannot be deleted is DELETE_FAILED and stays."""
    delete = models.Stack.delete

    def delete_stack(self):
        # moto's outputs are computed when they are asked for, and would make again what was deleted.
        self.output_map = FixedOutputs(list(self.output_map.values()), list(self.output_map.exports))
        try:
            delete(self)
            self.output_map = FixedOutputs([], [])
        except Exception as error:
            self.status = "DELETE_FAILED"
            event(self, self.name, "AWS::CloudFormation::Stack", "DELETE_FAILED", str(error))
            raise DeletionFailed() from error

    models.Stack.delete = delete_stack
    from_backend = Backend.delete_stack

    def backend_delete(self, name_or_id):
        before = dict(self.stacks)
        try:
            from_backend(self, name_or_id)
        except DeletionFailed:
            self.stacks.update(before)
        # With a stack go its change sets: CDK waits for the old one to be gone before it makes another of the name.
        for identifier, change_set in list(self.change_sets.items()):
            if change_set.stack_id in before and change_set.stack_id not in self.stacks:
                del self.change_sets[identifier]

    Backend.delete_stack = backend_delete


class FixedOutputs:
    def __init__(self, outputs, exports):
        self.outputs, self.exports = outputs, exports

    def values(self):
        return self.outputs


class DeletionFailed(Exception):
    pass


def event(stack, logical_id, resource_type, status, reason):
    stack.events.append(models.Event(stack.stack_id, stack.name, logical_id, "", resource_type, status, reason, None))


def execute_change_sets():
    execute = Backend.execute_change_set

    def execute_change_set(self, change_set_name, stack_name=None):
        found = [c for i, c in self.change_sets.items() if change_set_name in (i, c.change_set_name)]
        change_set = next(c for c in reversed(found) if not stack_name or stack_name in (c.stack_name, c.stack_id))
        stack = self.stacks[change_set.stack_id]
        before = (stack.template, dict(stack.resource_map.input_parameters))
        created = change_set.change_set_type == "CREATE"
        FAILED_RESOURCES.pop(stack.stack_id, None)
        exports = {} if created else cross_stack.exports_of(stack)
        failure = cross_stack.refusal(self, stack, exports, change_set.template_dict)
        failure = failure or cross_stack.dangling(self, stack, change_set.template_dict)
        if failure:
            stack._add_stack_event("UPDATE_IN_PROGRESS", resource_status_reason="User Initiated")
        else:
            failure = carry_out(self, stack, change_set, lambda: execute(self, change_set_name, stack_name))
            failure = failure or cross_stack.refusal(self, stack, exports, None)
        if failure:
            change_set.execution_status = "EXECUTE_FAILED"
            undo(stack, created, before, failure)
        else:
            cross_stack.forget(self, stack)
            stack.parameters = change_set.parameters

    Backend.execute_change_set = execute_change_set


def carry_out(backend, stack, change_set, execute):
    """Executes a change set. Returns what failed, or None."""
    execute()
    if "ROLLBACK" in stack.status:
        # The emulator has ended it already; its last two events are added again, with the resource.
        del stack.events[-2:]
        return FAILED_RESOURCES.get(stack.stack_id, (stack.name, "AWS::CloudFormation::Stack", "unknown"))
    services = [c.logical_resource_id for c in change_set.changes if c.resource_type == "AWS::ECS::Service"]
    return wait_for_services(backend, stack, services)


def update_stacks():
    """UpdateStack, which an ops command calls with the template that is there."""

    def update_stack(self, name, template, role_arn, parameters, tags):
        stack = self.get_stack(name)
        values = resolved(self, template, name)
        if template == stack.template and values == stack.resource_map.input_parameters:
            raise ValidationError(name, message="No updates are to be performed.")
        before = (stack.template, dict(stack.resource_map.input_parameters))
        parsed = models.Stack.parse_template(template)
        changed = stack.resource_map.build_resource_diff(parsed, values)
        services = [n for n in changed["Modify"] + changed["Add"] if parsed["Resources"][n]["Type"] == "AWS::ECS::Service"]
        stack._add_stack_event("UPDATE_IN_PROGRESS", resource_status_reason="User Initiated")
        stack.status, stack.cancelled = "UPDATE_IN_PROGRESS", False

        def work():
            try:
                stack.resource_map.update(parsed, values)
                stack.template, stack.parameters = template, values
                stack.output_map = models.OutputMap(stack.resource_map, parsed, stack.stack_id)
                failure = wait_for_services(self, stack, services)
            except Exception as error:
                log.exception("the update of %s", name)
                failure = FAILED_RESOURCES.get(stack.stack_id) or (name, "AWS::CloudFormation::Stack", str(error))
            if failure:
                return undo(stack, False, before, failure)
            stack.status = "UPDATE_COMPLETE"
            stack._add_stack_event(stack.status)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        thread.join(PATIENCE_SECONDS)
        return stack

    Backend.update_stack = update_stack
    from moto.cloudformation import responses
    from moto.core.responses import EmptyResult

    def cancel_update_stack(self):
        stack = self.cloudformation_backend.get_stack(self._get_param("StackName"))
        if stack.status != "UPDATE_IN_PROGRESS":
            text = f"CancelUpdateStack cannot be called from current stack status {stack.status}"
            raise ValidationError(stack.name, message=text)
        stack.cancelled = True
        return EmptyResult()

    responses.CloudFormationResponse.cancel_update_stack = cancel_update_stack


def wait_for_services(backend, stack, logical_ids):
    """Asks ECS until the deployment ends, as CloudFormation does. Returns what failed, or None."""
    ecs = ecs_backends[backend.account_id][backend.region_name]
    for logical_id in logical_ids:
        name = stack.resource_map[logical_id]._attrs["Name"]
        cluster = next(c for c in ecs.clusters if f"{c}:{name}" in ecs.services)
        while True:
            if getattr(stack, "cancelled", False):
                return logical_id, "AWS::ECS::Service", "Resource update cancelled"
            service = ecs.describe_services(cluster, [name])[0][0]
            states = [d["rolloutState"] for d in service.deployments]
            failed, service.failed_reason = getattr(service, "failed_reason", None), None
            if failed:
                return logical_id, "AWS::ECS::Service", BREAKER
            if states == ["COMPLETED"]:
                break
            time.sleep(faults.planted(backend.region_name).get("tickSeconds", 0.05))
    return None


def undo(stack, created, before, failure):
    logical_id, resource_type, reason = failure
    verb = "CREATE" if created else "UPDATE"
    prefix = "" if created else "UPDATE_"
    event(stack, logical_id, resource_type, f"{verb}_FAILED", reason)
    stack._add_stack_event(f"{prefix}ROLLBACK_IN_PROGRESS", resource_status_reason=f"The following resource(s) failed: [{logical_id}].")
    stack.status = f"{prefix}ROLLBACK_IN_PROGRESS"
    end = f"{prefix}ROLLBACK_COMPLETE"
    try:
        if created:
            stack.resource_map.delete()
        else:
            template, parameters = before
            stack.resource_map.update(models.Stack.parse_template(template), parameters)
            stack.template, stack.parameters = template, parameters
            stack._parse_template()
            stack.output_map = models.OutputMap(stack.resource_map, stack.template_dict, stack.stack_id)
            stack.cancelled = False
    except Exception as error:
        log.exception("the rollback of %s", stack.name)
        event(stack, stack.name, "AWS::CloudFormation::Stack", "DELETE_FAILED", str(error))
        end = f"{prefix}ROLLBACK_FAILED"
    stack.status = end
    stack._add_stack_event(end)
