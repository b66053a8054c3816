"""ECR: the registry of each account, to which images are pushed, and a scan of them that has ended.

A planted fault `{"criticalFindings": 2}` is what every scan finds.
"""
import os

from moto.core.responses import ActionResult

from moto.ecr import models, responses

import faults


def extend(_emulator):
    def describe_image_scan_findings(self):
        name, image_id = self._get_param("repositoryName"), self._get_param("imageId")
        # Refuses an image that is not there.
        self.ecr_backend.describe_images(repository_name=name, image_ids=[image_id])
        critical = faults.planted(self.region).get("criticalFindings", 0)
        findings = [{"name": f"CVE-2026-{n:05}", "severity": "CRITICAL"} for n in range(1, critical + 1)]
        counts = {"CRITICAL": critical} if critical else {}
        return ActionResult({
            "repositoryName": name, "imageId": image_id, "imageScanStatus": {"status": "COMPLETE"},
            "imageScanFindings": {"findings": findings, "findingSeverityCounts": counts},
        })

    responses.ECRResponse.describe_image_scan_findings = describe_image_scan_findings
    if not os.environ.get("REGISTRY"):
        return
    token = responses.ECRResponse.get_authorization_token

    # The SDK is told the address of the local registry where AWS would name its own.
    def get_authorization_token(self):
        answer = token(self)
        for entry in answer.result["authorizationData"]:
            entry["proxyEndpoint"] = address_of(self.current_account)
        return answer

    responses.ECRResponse.get_authorization_token = get_authorization_token
    repository = models.Repository.__init__

    def init(self, *args, **kwargs):
        repository(self, *args, **kwargs)
        self.uri = f"{address_of(self.account_id).split('://')[1]}/{self.name}"

    models.Repository.__init__ = init


def address_of(account):
    return os.environ.get(f"REGISTRY_{account}", os.environ["REGISTRY"])
