"""ECR: the registry of each account, to which images are pushed, and their scans.

A planted fault `{"criticalFindings": 2}` is what every scan finds, `{"scan": {"status": ..., "description": ...}}` how it ends.

Under enhanced scanning (Amazon Inspector) an image has no scan for a moment after its push, then one that is ACTIVE, and
StartImageScan is refused: "This feature is disabled". https://github.com/alexjurkiewicz/ecr-scan-image/issues/44
"""
import os

from moto.core.responses import ActionResult

from moto.ecr import exceptions, models, responses

import faults


LOOKS_UNTIL_SCANNED = 2
LOOKS = {}


def extend(_emulator):
    start = models.ECRBackend.start_image_scan

    def start_image_scan(self, *args, **kwargs):
        if enhanced(self):
            raise exceptions.ValidationException("This feature is disabled")
        return start(self, *args, **kwargs)

    models.ECRBackend.start_image_scan = start_image_scan

    def describe_image_scan_findings(self):
        name, image_id = self._get_param("repositoryName"), self._get_param("imageId")
        # Refuses an image that is not there.
        self.ecr_backend.describe_images(repository_name=name, image_ids=[image_id])
        planted = faults.planted(self.region)
        critical = planted.get("criticalFindings", 0)
        scan = planted.get("scan", {"status": "COMPLETE"})
        if enhanced(self.ecr_backend):
            key = (self.current_account, name, image_id.get("imageDigest"))
            LOOKS[key] = LOOKS.get(key, 0) + 1
            if LOOKS[key] < LOOKS_UNTIL_SCANNED:
                raise exceptions.ScanNotFoundException(image_id.get("imageDigest"), name, self.current_account)
            scan = {"status": "ACTIVE", "description": "Continuous scan is selected for image."}
        findings = [{"name": f"CVE-2026-{n:05}", "severity": "CRITICAL"} for n in range(1, critical + 1)]
        counts = {"CRITICAL": critical} if critical else {}
        return ActionResult({
            "repositoryName": name, "imageId": image_id, "imageScanStatus": scan,
            "imageScanFindings": {"findings": findings, "findingSeverityCounts": counts},
        })

    responses.ECRResponse.describe_image_scan_findings = describe_image_scan_findings
    if not os.environ.get("REGISTRY"):
        return
    token = responses.ECRResponse.get_authorization_token

    # The SDK gets the address of the local registry instead of AWS's own.
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


def enhanced(backend):
    return backend.registry_scanning_configuration.get("scanType") == "ENHANCED"


def address_of(account):
    return os.environ.get(f"REGISTRY_{account}", os.environ["REGISTRY"])
