import { canary } from './account/canary.ts';
import { configRecorder } from './account/config-recorder.ts';
import { ecrRepository } from './account/ecr-repository.ts';
import { eventRule } from './account/event-rule.ts';
import { eventsComplete } from './account/events-complete.ts';
import { guardduty } from './account/guardduty.ts';
import { oidcProvider } from './account/oidc-provider.ts';
import { snsTopic } from './account/sns-topic.ts';
import { topicPublishers } from './account/topic-publishers.ts';
import { alarmCanFire } from './alarms/alarm-can-fire.ts';
import { alarmMetricExists } from './alarms/alarm-metric-exists.ts';
import { alarmMissingData } from './alarms/alarm-missing-data.ts';
import { alarmNotifies } from './alarms/alarm-notifies.ts';
import { alarmsComplete } from './alarms/alarms-complete.ts';
import { albAttributes } from './alb/alb-attributes.ts';
import { albListenerAction } from './alb/alb-listener-action.ts';
import { albListenerRedirect } from './alb/alb-listener-redirect.ts';
import { albListenerTls } from './alb/alb-listener-tls.ts';
import { targetGroup } from './alb/target-group.ts';
import { timeoutChain } from './alb/timeout-chain.ts';
import { backupCopied } from './backup/backup-copied.ts';
import { backupNotifies } from './backup/backup-notifies.ts';
import { backupPlan } from './backup/backup-plan.ts';
import { backupVault } from './backup/backup-vault.ts';
import { restoreTesting } from './backup/restore-testing.ts';
import type { Policy } from './core/finding.ts';
import { cluster } from './ecs/cluster.ts';
import { containerEnvironment } from './ecs/container-environment.ts';
import { containerHardening } from './ecs/container-hardening.ts';
import { containerImage } from './ecs/container-image.ts';
import { containerLogs } from './ecs/container-logs.ts';
import { containerPorts } from './ecs/container-ports.ts';
import { containerSecrets } from './ecs/container-secrets.ts';
import { containerVolumes } from './ecs/container-volumes.ts';
import { scalingBounds } from './ecs/scaling-bounds.ts';
import { scalingTargetTracking } from './ecs/scaling-target-tracking.ts';
import { serviceDeployment } from './ecs/service-deployment.ts';
import { serviceExec } from './ecs/service-exec.ts';
import { serviceNetwork } from './ecs/service-network.ts';
import { taskDefinition } from './ecs/task-definition.ts';
import { iamComplete } from './iam/iam-complete.ts';
import { iamConditionSent } from './iam/iam-condition-sent.ts';
import { iamManagedPolicy } from './iam/iam-managed-policy.ts';
import { iamNoInverse } from './iam/iam-no-inverse.ts';
import { iamNoPublicPrincipal } from './iam/iam-no-public-principal.ts';
import { iamNoWildcardAction } from './iam/iam-no-wildcard-action.ts';
import { iamNoWildcardResource } from './iam/iam-no-wildcard-resource.ts';
import { iamPassRole } from './iam/iam-pass-role.ts';
import { iamRealAction } from './iam/iam-real-action.ts';
import { iamReviewedAction } from './iam/iam-reviewed-action.ts';
import { iamServiceTied } from './iam/iam-service-tied.ts';
import { iamTrust } from './iam/iam-trust.ts';
import { kmsCreateGrant } from './kms/kms-create-grant.ts';
import { kmsDataKeyRegions } from './kms/kms-data-key-regions.ts';
import { kmsDeletionWindow } from './kms/kms-deletion-window.ts';
import { kmsEnabled } from './kms/kms-enabled.ts';
import { kmsKeyPolicy } from './kms/kms-key-policy.ts';
import { kmsLogsGrant } from './kms/kms-logs-grant.ts';
import { kmsRotation } from './kms/kms-rotation.ts';
import { kmsServiceGrant } from './kms/kms-service-grant.ts';
import { kmsTaskContext } from './kms/kms-task-context.ts';
import { auditLogProtected } from './logs/audit-log-protected.ts';
import { logGroupEncrypted } from './logs/log-group-encrypted.ts';
import { logGroupMasked } from './logs/log-group-masked.ts';
import { logGroupRetention } from './logs/log-group-retention.ts';
import { logGroupStandard } from './logs/log-group-standard.ts';
import { logResourcePolicy } from './logs/log-resource-policy.ts';
import { metricFilter } from './logs/metric-filter.ts';
import { trail } from './logs/trail.ts';
import { defaultGroupClosed } from './network/default-group-closed.ts';
import { endpointPolicy } from './network/endpoint-policy.ts';
import { endpointsComplete } from './network/endpoints-complete.ts';
import { reachable } from './network/reachable.ts';
import { sgEgress } from './network/sg-egress.ts';
import { sgIngress } from './network/sg-ingress.ts';
import { sgPaired } from './network/sg-paired.ts';
import { subnetIsolated } from './network/subnet-isolated.ts';
import { subnetNoPublicIp } from './network/subnet-no-public-ip.ts';
import { twoZones } from './network/two-zones.ts';
import { vpcFlowLogs } from './network/vpc-flow-logs.ts';
import { databaseCluster } from './rds/database-cluster.ts';
import { databaseInstance } from './rds/database-instance.ts';
import { databaseReach } from './rds/database-reach.ts';
import { databaseTls } from './rds/database-tls.ts';
import { bucketEncrypted } from './s3/bucket-encrypted.ts';
import { bucketLifecycle } from './s3/bucket-lifecycle.ts';
import { bucketLogged } from './s3/bucket-logged.ts';
import { bucketObjectLock } from './s3/bucket-object-lock.ts';
import { bucketOwnership } from './s3/bucket-ownership.ts';
import { bucketPublicAccess } from './s3/bucket-public-access.ts';
import { bucketTlsOnly } from './s3/bucket-tls-only.ts';
import { bucketVersioned } from './s3/bucket-versioned.ts';
import { noLiteralSecret } from './template/no-literal-secret.ts';
import { parameters } from './template/parameters.ts';
import { references } from './template/references.ts';
import { retained } from './template/retained.ts';
import { reviewedProperty } from './template/reviewed-property.ts';
import { reviewedType } from './template/reviewed-type.ts';
import { terminationProtection } from './template/termination-protection.ts';
import { unconditional } from './template/unconditional.ts';
import { wired } from './template/wired.ts';
import { wafAssociated } from './waf/waf-associated.ts';
import { wafExceptionsReviewed } from './waf/waf-exceptions.ts';
import { wafLogged } from './waf/waf-logged.ts';
import { wafManagedGroups } from './waf/waf-managed-groups.ts';
import { wafNoShortcut } from './waf/waf-no-shortcut.ts';
import { wafRateLimit } from './waf/waf-rate-limit.ts';

export { Assembly } from './core/assembly.ts';
export type { Fault, Finding, Policy } from './core/finding.ts';
export type { Template, TemplateBody } from './core/template.ts';
export { evaluate } from './evaluate.ts';
export { HealthcarePolicies } from './plugin.ts';

/** Every policy of this deployment, in the order in which findings are printed. docs/gates.md lists them. */
export const policies: readonly Policy[] = [
  noLiteralSecret,
  parameters,
  references,
  retained,
  reviewedProperty,
  reviewedType,
  terminationProtection,
  unconditional,
  wired,
  iamComplete,
  iamConditionSent,
  iamManagedPolicy,
  iamNoInverse,
  iamNoPublicPrincipal,
  iamNoWildcardAction,
  iamNoWildcardResource,
  iamPassRole,
  iamRealAction,
  iamReviewedAction,
  iamServiceTied,
  iamTrust,
  kmsCreateGrant,
  kmsDataKeyRegions,
  kmsDeletionWindow,
  kmsEnabled,
  kmsKeyPolicy,
  kmsLogsGrant,
  kmsRotation,
  kmsServiceGrant,
  kmsTaskContext,
  bucketEncrypted,
  bucketLifecycle,
  bucketLogged,
  bucketObjectLock,
  bucketOwnership,
  bucketPublicAccess,
  bucketTlsOnly,
  bucketVersioned,
  auditLogProtected,
  logGroupEncrypted,
  logGroupMasked,
  logGroupRetention,
  logGroupStandard,
  logResourcePolicy,
  metricFilter,
  trail,
  defaultGroupClosed,
  endpointPolicy,
  endpointsComplete,
  reachable,
  sgEgress,
  sgIngress,
  sgPaired,
  subnetIsolated,
  subnetNoPublicIp,
  twoZones,
  vpcFlowLogs,
  albAttributes,
  albListenerAction,
  albListenerRedirect,
  albListenerTls,
  targetGroup,
  timeoutChain,
  wafAssociated,
  wafExceptionsReviewed,
  wafLogged,
  wafManagedGroups,
  wafNoShortcut,
  wafRateLimit,
  cluster,
  containerEnvironment,
  containerHardening,
  containerImage,
  containerLogs,
  containerPorts,
  containerSecrets,
  containerVolumes,
  scalingBounds,
  scalingTargetTracking,
  serviceDeployment,
  serviceExec,
  serviceNetwork,
  taskDefinition,
  databaseCluster,
  databaseInstance,
  databaseReach,
  databaseTls,
  backupCopied,
  backupNotifies,
  backupPlan,
  backupVault,
  restoreTesting,
  alarmCanFire,
  alarmMetricExists,
  alarmMissingData,
  alarmNotifies,
  alarmsComplete,
  canary,
  configRecorder,
  ecrRepository,
  eventRule,
  eventsComplete,
  guardduty,
  oidcProvider,
  snsTopic,
  topicPublishers,
];
