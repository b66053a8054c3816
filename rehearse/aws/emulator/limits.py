"""What an account has only once: creating it again is refused, with the text of the service.

- One detector a region: "The request is rejected because a detector already exists for the current account."
  https://github.com/hashicorp/terraform-provider-aws/issues/11780
- One configuration recorder and one delivery channel a region: moto refuses the second with the texts of AWS Config.
  https://github.com/trussworks/terraform-aws-config/issues/69 and /issues/121
- A log group of a name: https://github.com/nozaq/terraform-aws-secure-baseline/issues/35
"""
HELD = []


def extend(emulator):
    replace(emulator, "AWS::GuardDuty::Detector", detector(emulator), delete_detector(emulator))
    replace(emulator, "AWS::Config::ConfigurationRecorder", recorder(emulator), delete_recorder(emulator))
    replace(emulator, "AWS::Config::DeliveryChannel", channel(emulator), delete_channel(emulator))
    replace(emulator, "AWS::Logs::LogGroup", log_group(emulator), delete_log_group(emulator), "LogGroupName")


def replace(emulator, resource_type, create, remove, name_property=""):
    """Makes the model of a type. It is held: moto finds models among the subclasses that exist."""
    made = emulator.make(resource_type, create, name_property)
    made.delete = lambda self, _account_id, region: remove(region, self.physical_resource_id)
    HELD.append(made)


def detector(emulator):
    def create(properties, _name, region, _account, old=None):
        client = emulator.client("guardduty", region)
        if old is not None:
            emulator.call("guardduty", region, "UpdateDetector", {**properties, "DetectorId": old._pid})
            return old._pid, {"Id": old._pid}
        if client.list_detectors()["DetectorIds"]:
            raise RuntimeError("The request is rejected because a detector already exists for the current account.")
        identifier = emulator.call("guardduty", region, "CreateDetector", properties)["DetectorId"]
        return identifier, {"Id": identifier}

    return create


def delete_detector(emulator):
    return lambda region, identifier: emulator.client("guardduty", region).delete_detector(DetectorId=identifier)


def recorder(emulator):
    def create(properties, name, region, _account):
        name = properties.get("Name", name)
        # CloudFormation starts a recorder when its delivery channel is there: nothing asks for that here.
        emulator.call("config", region, "PutConfigurationRecorder", {"ConfigurationRecorder": {**properties, "Name": name}})
        return name, {}

    return create


def delete_recorder(emulator):
    return lambda region, name: emulator.client("config", region).delete_configuration_recorder(ConfigurationRecorderName=name)


def channel(emulator):
    def create(properties, name, region, _account):
        name = properties.get("Name", name)
        emulator.call("config", region, "PutDeliveryChannel", {"DeliveryChannel": {**properties, "Name": name}})
        return name, {}

    return create


def delete_channel(emulator):
    return lambda region, name: emulator.client("config", region).delete_delivery_channel(DeliveryChannelName=name)


def log_group(emulator):
    create_group = emulator.TYPES["AWS::Logs::LogGroup"][0]

    def create(properties, logical_name, region, account, old=None):
        name = properties.get("LogGroupName", logical_name)
        found = emulator.client("logs", region).describe_log_groups(logGroupNamePrefix=name)["logGroups"]
        if old is None and any(group["logGroupName"] == name for group in found):
            raise RuntimeError(
                'Resource of type \'AWS::Logs::LogGroup\' with identifier \'{"/properties/LogGroupName":"%s"}\' already exists.' % name
            )
        return create_group(properties, logical_name, region, account)

    return create


def delete_log_group(emulator):
    return lambda region, name: emulator.client("logs", region).delete_log_group(logGroupName=name)
