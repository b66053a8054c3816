"""CloudFormation: termination protection, SSM parameters read anew, and stubs that are reported."""
import logging

from moto.cloudformation import models, responses
from moto.cloudformation.exceptions import ValidationError
from moto.core.common_models import CloudFormationModel
from moto.core.responses import ActionResult
from moto.ssm.models import ssm_backends

log = logging.getLogger("aws_emulator")
Backend = models.CloudFormationBackend


def extend(emulator):
    protect_stacks()
    read_parameters()
    report_stub_attributes(emulator)


def protect_stacks():
    def update_termination_protection(self):
        stack = self.cloudformation_backend.get_stack(self._get_param("StackName"))
        stack.enable_termination_protection = self._get_bool_param("EnableTerminationProtection", False)
        return ActionResult({"StackId": stack.stack_id})

    responses.CloudFormationResponse.update_termination_protection = update_termination_protection
    delete = Backend.delete_stack

    def delete_stack(self, name_or_id):
        for stack in list(self.stacks.values()):
            if name_or_id in (stack.name, stack.stack_id) and stack.enable_termination_protection:
                raise ValidationError(
                    stack.name, message=f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled"
                )
        return delete(self, name_or_id)

    Backend.delete_stack = delete_stack


def resolved(backend, template, stack_name):
    """Values of the SSM parameters that a template reads, as they are now."""
    values = {}
    for name, parameter in models.Stack.parse_template(template).get("Parameters", {}).items():
        if not parameter["Type"].startswith("AWS::SSM::Parameter::Value<String>"):
            continue
        path = parameter["Default"]
        found = ssm_backends[backend.account_id][backend.region_name].get_parameter(path)
        if found is None:
            text = f"Unable to fetch parameters [{path}] from parameter store for this account."
            raise ValidationError(stack_name, message=text)
        values[name] = found.value
    return values


def read_parameters():
    """CloudFormation looks an SSM parameter up whenever it is asked to change, and refuses one that is not there."""
    create = Backend.create_change_set

    def create_change_set(self, stack_name, change_set_name, template, parameters, *args, **kwargs):
        parameters = {**parameters, **resolved(self, template, stack_name)}
        return create(self, stack_name, change_set_name, template, parameters, *args, **kwargs)

    Backend.create_change_set = create_change_set

    def diff(self):
        found = self.stack.resource_map.build_resource_diff(self.template_dict, self.parameters)
        types = {**self.stack.resource_map._resource_json_map, **self.template_dict["Resources"]}
        return [models.Change(action, name, types[name]["Type"]) for action, names in found.items() for name in names]

    models.ChangeSet.diff = diff

    def parameter_list(self):
        shown = []
        for name, value in self.resource_map.resolved_parameters.items():
            declared = self.template_dict.get("Parameters", {}).get(name, {})
            if declared.get("Type", "").startswith("AWS::SSM::"):
                shown.append({"ParameterKey": name, "ParameterValue": declared["Default"], "ResolvedValue": value})
            else:
                shown.append({"ParameterKey": name, "ParameterValue": value})
        return shown

    models.Stack.parameter_list = property(parameter_list)


def report_stub_attributes(emulator):
    def watch(made):
        read = made.get_cfn_attribute

        def get_cfn_attribute(self, name):
            value = read(self, name)
            if isinstance(value, str) and value.startswith("stub-"):
                log.warning("STUB ATTRIBUTE %s %s", made.cloudformation_type(), name)
            return value

        made.get_cfn_attribute = get_cfn_attribute
        return made

    for made in CloudFormationModel.__subclasses__():
        if made.__name__.startswith("Cfn_"):
            watch(made)
    make = emulator.make
    emulator.make = lambda *args: watch(make(*args))
