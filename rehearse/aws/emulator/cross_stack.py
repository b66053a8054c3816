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


def read_outputs():
    clean = parsing.clean_json

    def clean_json(resource_json, resources_map):
        if not (isinstance(resource_json, dict) and "Fn::GetStackOutput" in resource_json):
            return clean(resource_json, resources_map)
        wanted = clean_json(resource_json["Fn::GetStackOutput"], resources_map)
        region = wanted.get("Region", resources_map._region_name)
        backend = models.cloudformation_backends[resources_map._account_id][region]
        # A deployment that was killed leaves an empty stack of the same name.
        found = [s for s in backend.stacks.values() if s.name == wanted["StackName"] and s.status != "REVIEW_IN_PROGRESS"]
        output = found[-1].template_dict.get("Outputs", {}).get(wanted["OutputName"]) if found else None
        if output is not None:
            return clean_json(output["Value"], found[-1].resource_map)
        raise ValidationError(message=f"Output {wanted['OutputName']} of stack {wanted['StackName']} does not exist")

    parsing.clean_json = clean_json
