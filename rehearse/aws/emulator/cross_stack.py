"""References between stacks: an export in use cannot go away or change, and `Fn::GetStackOutput` reads an output.

- "Export X cannot be deleted as it is in use by Y", "Cannot update export X as it is in use by Y":
  https://github.com/aws/aws-cdk/issues/17741 and /issues/33395
"""
from moto.cloudformation import models, parsing
from moto.cloudformation.exceptions import ValidationError


def extend(_emulator):
    read_outputs()
    protect_deletion()


def importers(backend, stack, name):
    """Names of the other stacks whose templates import an export."""
    return [
        other.name
        for other in backend.stacks.values()
        if other.stack_id != stack.stack_id and other.status != "REVIEW_IN_PROGRESS" and name in imported(other.template_dict)
    ]


def imported(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "Fn::ImportValue" and isinstance(inner, str):
                yield inner
            else:
                yield from imported(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from imported(inner)


def exports_of(stack):
    return {export.name: export.value for export in stack.exports}


def declared(template):
    """Names of the exports of a template. CDK writes them out; that of the bootstrap stack is made of parameters."""
    names = [output["Export"]["Name"] for output in template.get("Outputs", {}).values() if "Export" in output]
    return {name for name in names if isinstance(name, str)}


def refusal(backend, stack, before, template):
    """Why an update of a stack fails, given the values of its exports before: (logical id, type, reason), or None."""
    after = exports_of(stack) if template is None else None
    for name, value in before.items():
        users = importers(backend, stack, name)
        if not users:
            continue
        if name not in (declared(template) if after is None else after):
            return stack.name, "AWS::CloudFormation::Stack", f"Export {name} cannot be deleted as it is in use by {', '.join(users)}"
        if after is not None and after[name] != value:
            return stack.name, "AWS::CloudFormation::Stack", f"Cannot update export {name} as it is in use by {', '.join(users)}"
    return None


def forget(backend, stack):
    """Takes exports away that a stack no longer has."""
    kept = exports_of(stack)
    for name, export in list(backend.exports.items()):
        if export.exporting_stack_id == stack.stack_id and name not in kept:
            del backend.exports[name]


def protect_deletion():
    delete = models.CloudFormationBackend.delete_stack

    def delete_stack(self, name_or_id):
        for stack in list(self.stacks.values()):
            if name_or_id not in (stack.name, stack.stack_id) or stack.status.startswith("ROLLBACK"):
                continue
            for name in declared(stack.template_dict):
                users = importers(self, stack, name)
                if users:
                    raise ValidationError(
                        stack.name, message=f"Export {name} cannot be deleted as it is in use by {', '.join(users)}"
                    )
        return delete(self, name_or_id)

    models.CloudFormationBackend.delete_stack = delete_stack


# Values that were read once. The emulator resolves a resource's old properties again when an update deletes it; AWS
# keeps them resolved, so an output that is gone by then does not matter.
LAST_VALUES = {}


def output_of(account, region, stack_name, output_name):
    """An output of a stack, and that stack; None where there is none."""
    stacks = models.cloudformation_backends[account][region].stacks.values()
    # A deployment that was killed leaves an empty stack of the same name.
    found = [stack for stack in stacks if stack.name == stack_name and stack.status != "REVIEW_IN_PROGRESS"]
    output = found[-1].template_dict.get("Outputs", {}).get(output_name) if found else None
    return (output, found[-1]) if output is not None else None


def wanted_outputs(value):
    if isinstance(value, dict):
        if "Fn::GetStackOutput" in value:
            yield value["Fn::GetStackOutput"]
        for inner in value.values():
            yield from wanted_outputs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from wanted_outputs(inner)


def dangling(backend, stack, template):
    """Why a template cannot be deployed that reads an output nobody has: (logical id, type, reason), or None."""
    for wanted in wanted_outputs(template):
        names = (wanted["StackName"], wanted["OutputName"])
        region = wanted.get("Region", backend.region_name)
        if not all(isinstance(name, str) for name in (*names, region)):
            continue
        if output_of(backend.account_id, region, *names) is None:
            return stack.name, "AWS::CloudFormation::Stack", f"Output {names[1]} of stack {names[0]} does not exist"
    return None


def read_outputs():
    clean = parsing.clean_json

    def clean_json(resource_json, resources_map):
        if not (isinstance(resource_json, dict) and "Fn::GetStackOutput" in resource_json):
            return clean(resource_json, resources_map)
        wanted = clean_json(resource_json["Fn::GetStackOutput"], resources_map)
        region = wanted.get("Region", resources_map._region_name)
        key = (resources_map._account_id, region, wanted["StackName"], wanted["OutputName"])
        found = output_of(*key)
        if found is not None:
            output, stack = found
            LAST_VALUES[key] = clean_json(output["Value"], stack.resource_map)
        if key in LAST_VALUES:
            return LAST_VALUES[key]
        raise ValidationError(message=f"Output {wanted['OutputName']} of stack {wanted['StackName']} does not exist")

    parsing.clean_json = clean_json
