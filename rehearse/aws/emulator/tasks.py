"""ECS: tasks that need their image and their schema, that end, fail, and say why, as the tasks of this project do.

A digest fails when its manifest in ECR says so (annotation `rehearsal.fails.<container>`, whose value is the last log
line), when it is not in ECR, and, for the service, as long as no migration task has ended with exit code 0.
"""
import json
import time
import uuid

from moto.applicationautoscaling.models import applicationautoscaling_backends
from moto.core.utils import utcnow
from moto.ecr.models import ecr_backends
from moto.ecs import models, responses
from moto.core.responses import ActionResult
from moto.logs.models import logs_backends

import deployments
import faults

Backend = models.EC2ContainerServiceBackend
FAILURES_BEFORE_ROLLBACK = 3
LOOKS_UNTIL_STOPPED = 2


def extend(emulator):
    Backend.schema = False
    # moto's own, which only looks: the emulator's moves deployments in its own way.
    look = emulator._ds

    def describe_services(self, cluster, names):
        services, failures = look(self, cluster, names)
        for service in services:
            if service.deployments and service.status == "ACTIVE":
                step(self, service)
        return services, failures

    Backend.describe_services = describe_services
    list_tasks = Backend.list_tasks

    def tasks_of(self, cluster_str=None, container_instance=None, family=None, started_by=None, service_name=None, desiredStatus=None):
        found = list_tasks(self, cluster_str, container_instance, family, started_by, None, desiredStatus)
        return [t for t in found if not service_name or t.group == f"service:{service_name.split('/')[-1]}"]

    Backend.list_tasks = tasks_of
    models.Task.advance = advance
    create = Backend.create_service

    def create_service(self, cluster_str, service_name, desired_count, *args, **kwargs):
        # What ECS takes for none.
        return create(self, cluster_str, service_name, 1 if desired_count is None else desired_count, *args, **kwargs)

    Backend.create_service = create_service
    run = responses.EC2ContainerServiceResponse.run_task

    def run_task(self):
        failure = faults.planted(self.region).get("runTask")
        if failure:
            return ActionResult({"tasks": [], "failures": [{"reason": failure}]})
        return run(self)

    responses.EC2ContainerServiceResponse.run_task = run_task


def image_failure(backend, definition):
    """Why no container of a task definition can start: (reason, exit code, log line), or None."""
    for container in definition.container_definitions:
        repository, _, digest = container["image"].split("/", 1)[1].partition("@")
        found = ecr_backends[backend.account_id][backend.region_name].repositories.get(repository)
        image = next((i for i in (found.images if found else []) if i.image_digest == digest), None)
        if image is None:
            return f"CannotPullContainerError: {container['image']}: not found", None, None
        line = json.loads(image.image_manifest).get("annotations", {}).get(f"rehearsal.fails.{container['name']}")
        if line:
            return "Essential container in task exited", 1, line
    return None


def stop(task, reason, exit_code, line):
    task.status = task.desired_status = "STOPPED"
    task.stopped_reason = reason
    task.stop_code = "EssentialContainerExited" if exit_code is not None else "TaskFailedToStart"
    task.stopped_at = utcnow()
    for container in task.containers:
        container.last_status = "STOPPED"
        container.exit_code = container.exitCode = exit_code
        container.health_status = "UNKNOWN"
    if line:
        write_log(task, line)


def write_log(task, line):
    definition = task._backend.describe_task_definition(task.task_definition_arn)
    container = definition.container_definitions[0]
    options = container["logConfiguration"]["options"]
    stream = f"{options['awslogs-stream-prefix']}/{container['name']}/{task.id}"
    logs = logs_backends[task._account_id][task.region_name]
    logs.create_log_stream(options["awslogs-group"], stream)
    entry = {"timestamp": int(time.time() * 1000), "message": line}
    logs.put_log_events(options["awslogs-group"], stream, [entry])


def advance(task):
    """One look at a task that was run by hand: it runs for a few looks, then it ends."""
    if task.status == "STOPPED" or task.group.startswith("service:"):
        return
    task.looks = getattr(task, "looks", 0) + 1
    if task.looks < LOOKS_UNTIL_STOPPED:
        return
    backend = task._backend
    definition = backend.describe_task_definition(task.task_definition_arn)
    fault = faults.planted(task.region_name).get("task")
    failure = tuple(fault) if fault else image_failure(backend, definition)
    if failure:
        return stop(task, *failure)
    # With another command it is no migration: `keys create`.
    migrates = not task.overrides
    stop(task, "Essential container in task exited", 0, schema_ready(backend, definition) if migrates else None)
    backend.schema = backend.schema or migrates


def schema_ready(backend, definition):
    """What the service's migration says at its end, with the version that the image needs."""
    repository, _, digest = definition.container_definitions[0]["image"].split("/", 1)[1].partition("@")
    images = ecr_backends[backend.account_id][backend.region_name].repositories[repository].images
    manifest = json.loads(next(i for i in images if i.image_digest == digest).image_manifest)
    version = manifest.get("annotations", {}).get("org.healthcare-ai.schema.version")
    return version and f"{utcnow().isoformat()}Z INFO  schema_ready count={version}"


def start(backend, service, deployment):
    network = getattr(service, "network_configuration", None)
    task = models.Task(
        cluster=backend._get_cluster(service.cluster_name),
        task_definition=backend.describe_task_definition(deployment["taskDefinition"]),
        container_instance_arn=None, resource_requirements={}, backend=backend,
        group=f"service:{service.name}", launch_type="FARGATE", started_by=deployment["id"],
        networking_configuration=network,
    )
    backend.tasks.setdefault(service.cluster_name, {})[task.task_arn] = task
    return task


def say(service, text):
    entry = {"id": str(uuid.uuid4()), "createdAt": utcnow(), "message": f"(service {service.name}) {text}"}
    service.events.insert(0, entry)


def step(backend, service):
    """One look at a service moves its deployment by one task."""
    scale(backend, service)
    deployment, wanted = service.deployments[0], service.desired_count
    if deployment["rolloutState"] == "IN_PROGRESS":
        definition = backend.describe_task_definition(deployment["taskDefinition"])
        failure = image_failure(backend, definition)
        if failure is None and not (backend.schema or faults.planted(backend.region_name).get("schema")):
            failure = ("Essential container in task exited", 1, '{"level":"error","message":"the schema is older than this release: run migrate"}')
        if failure:
            fail(backend, service, deployment, failure)
        else:
            bring_up(backend, service, deployment)
    current = running(backend, service)
    for entry in service.deployments:
        mine = [t for t in current if t.started_by == entry["id"]]
        entry["runningCount"], entry["desiredCount"] = len(mine), wanted if entry is service.deployments[0] else entry["desiredCount"]
        entry["pendingCount"] = max(0, entry["desiredCount"] - len(mine)) if entry["rolloutState"] == "IN_PROGRESS" else 0
    if service.deployments[0]["rolloutState"] == "COMPLETED":
        mine = [t for t in current if t.started_by == service.deployments[0]["id"]]
        for task in mine[wanted:]:
            stop(task, "Scaling activity initiated by (deployment)", 0, None)
        for _ in range(wanted - len(mine)):
            start(backend, service, service.deployments[0])
        service.deployments[0]["runningCount"] = wanted
    service.running_count = len(running(backend, service))
    service.pending_count = max(0, wanted - service.running_count)


def scale(backend, service):
    """Application Auto Scaling keeps a service within its bounds."""
    scaling = applicationautoscaling_backends[backend.account_id][backend.region_name]
    name = f"service/{service.cluster_name}/{service.name}"
    for target in scaling.describe_scalable_targets("ecs", [name], "ecs:service:DesiredCount"):
        low, high = int(target.min_capacity), int(target.max_capacity)
        service.desired_count = min(max(service.desired_count, low), high)


def running(backend, service):
    tasks = backend.tasks.get(service.cluster_name, {}).values()
    return [t for t in tasks if t.group == f"service:{service.name}" and t.status == "RUNNING"]


def bring_up(backend, service, deployment):
    mine = [t for t in running(backend, service) if t.started_by == deployment["id"]]
    if len(mine) < service.desired_count:
        start(backend, service, deployment)
        return
    for task in running(backend, service):
        if task.started_by != deployment["id"]:
            stop(task, "Scaling activity initiated by (deployment)", 0, None)
    deployment["rolloutState"] = "COMPLETED"
    deployment["rolloutStateReason"] = f"ECS deployment {deployment['id']} completed."
    del service.deployments[1:]
    deployments.shift(backend, service)
    say(service, "has reached a steady state.")


def fail(backend, service, deployment, failure):
    task = start(backend, service, deployment)
    stop(task, *failure)
    deployment["failedTasks"] = deployment.get("failedTasks", 0) + 1
    say(service, f"(task {task.id}) failed to start: {failure[0]}")
    if deployment["failedTasks"] < FAILURES_BEFORE_ROLLBACK:
        return
    deployment["rolloutState"] = "FAILED"
    deployment["rolloutStateReason"] = "ECS deployment circuit breaker: tasks failed to start."
    service.failed_reason = deployment["rolloutStateReason"]
    breaker = (service.deployment_configuration or {}).get("deploymentCircuitBreaker", {})
    before = next((d for d in service.deployments[1:] if d["rolloutState"] == "COMPLETED"), None)
    if not (breaker.get("rollback") and before):
        return
    say(service, f"(deployment {deployment['id']}) deployment failed: rolling back to deployment {before['id']}.")
    old, identifier = before["taskDefinition"], f"ecs-svc/{uuid.uuid4().int % 10**18}"
    service.task_definition = old
    service.deployments = [
        {**before, "id": identifier, "status": "PRIMARY", "rolloutState": "IN_PROGRESS", "createdAt": utcnow(), "updatedAt": utcnow(),
         "rolloutStateReason": "ECS deployment circuit breaker: rolling back to the last completed deployment."},
        {**deployment, "status": "ACTIVE"},
    ]
    for task in running(backend, service):
        task.started_by = identifier
