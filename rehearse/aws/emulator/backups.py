"""AWS Backup: the opt-in of an account by resource type, and backup jobs on demand.

Aurora needs the opt-in even when it is named: "For these services... the opt-in must be enabled".
https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
"""
import json

from moto.backup import models, responses, urls
from moto.moto_api._internal import mock_random

OPT_IN = {"Aurora": True, "RDS": True, "S3": True}
JOBS = {}


def extend(_emulator):
    made = models.BackupBackend.__init__

    def init(self, region_name, account_id):
        made(self, region_name, account_id)
        self.opt_in = dict(OPT_IN)

    models.BackupBackend.__init__ = init
    dispatch = responses.BackupResponse.dispatch
    for path in ("account-settings", "backup-jobs", "backup-jobs/(?P<id>[^/]+)"):
        urls.url_paths["{0}/%s/?$" % path] = dispatch
    responses.BackupResponse.describe_region_settings = describe_region_settings
    responses.BackupResponse.update_region_settings = update_region_settings
    responses.BackupResponse.start_backup_job = start_backup_job
    responses.BackupResponse.describe_backup_job = describe_backup_job


def describe_region_settings(self):
    return json.dumps({"ResourceTypeOptInPreference": self.backup_backend.opt_in, "ResourceTypeManagementPreference": {}})


def update_region_settings(self):
    self.backup_backend.opt_in.update(json.loads(self.body)["ResourceTypeOptInPreference"])
    return "{}"


def start_backup_job(self):
    request = json.loads(self.body)
    identifier = str(mock_random.uuid4())
    aurora = ":rds:" in request["ResourceArn"] and ":cluster:" in request["ResourceArn"]
    refused = aurora and not self.backup_backend.opt_in["Aurora"]
    JOBS[identifier] = {
        "BackupJobId": identifier,
        "BackupVaultName": request["BackupVaultName"],
        "ResourceArn": request["ResourceArn"],
        "State": "FAILED" if refused else "RUNNING",
        **({"StatusMessage": "the account is not opted in for Aurora"} if refused else {}),
    }
    return json.dumps({"BackupJobId": identifier})


def describe_backup_job(self):
    return json.dumps(JOBS[self.path.rstrip("/").split("/")[-1]])
