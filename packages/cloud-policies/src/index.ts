import type { Policy } from './core/policy.ts';
import type { Profile } from './profile/profile.ts';
import * as account from './rules/account.ts';
import * as alarms from './rules/alarms.ts';
import * as alb from './rules/alb.ts';
import * as backup from './rules/backup.ts';
import * as containers from './rules/containers.ts';
import * as ecs from './rules/ecs.ts';
import * as outside from './rules/elsewhere.ts';
import * as kms from './rules/kms.ts';
import * as logs from './rules/logs.ts';
import * as network from './rules/network.ts';
import * as permissions from './rules/permissions.ts';
import * as principals from './rules/principals.ts';
import * as rds from './rules/rds.ts';
import * as reviewed from './rules/reviewed.ts';
import * as s3 from './rules/s3.ts';
import * as secrets from './rules/secrets.ts';
import * as groups from './rules/security-groups.ts';
import * as templates from './rules/templates.ts';
import * as waf from './rules/waf.ts';

export { Assembly } from './core/assembly.ts';
export type { Finding, Policy, PolicyFault } from './core/policy.ts';
export type { Template, TemplateBody } from './core/template.ts';
export { evaluate, failing } from './evaluate.ts';
export { type ContractFacts, healthcareProfile, type Profile } from './profile/profile.ts';

/** Rules for any deployment on AWS. */
export const generalPolicies: readonly Policy[] = [
  secrets.noLiteralSecret,
  templates.parameters,
  templates.references,
  templates.retained,
  templates.terminationProtection,
  templates.unconditional,
  outside.elsewhere,
  outside.disposable,
  outside.permissionsBoundary,
  permissions.iamComplete,
  permissions.iamManagedPolicy,
  permissions.iamNoWildcardAction,
  permissions.iamNoWildcardResource,
  principals.iamConditionSent,
  principals.iamNoPublicPrincipal,
  principals.iamServiceTied,
  principals.iamTrust,
  kms.kmsDeletionWindow,
  kms.kmsEnabled,
  kms.kmsKeyPolicy,
  kms.kmsLogsGrant,
  kms.kmsRotation,
  kms.kmsServiceGrant,
  s3.bucketEncrypted,
  s3.bucketObjectLock,
  s3.bucketOwnership,
  s3.bucketPublicAccess,
  s3.bucketTlsOnly,
  logs.logGroupEncrypted,
  logs.logGroupRetention,
  logs.metricFilter,
  network.defaultGroupClosed,
  network.endpointPolicy,
  network.subnetIsolated,
  network.twoZones,
  network.vpcFlowLogs,
  groups.sgIngress(),
  groups.sgEgress(),
  groups.sgPaired,
  alb.albListenerAction,
  alb.albListenerRedirect,
  alb.albListenerTls,
  waf.wafLogged,
  waf.wafManagedGroups,
  containers.containerHardening(),
  containers.containerImage,
  containers.containerLogs,
  containers.containerSecrets,
  ecs.scalingBounds,
  ecs.scalingTargetTracking,
  ecs.serviceDeployment,
  ecs.serviceExec,
  ecs.serviceNetwork,
  rds.databaseCluster,
  rds.databaseInstance,
  rds.databaseTls,
  backup.backupCopied,
  backup.backupNotifies,
  backup.backupPlan,
  backup.backupVault,
  alarms.alarmCanFire,
  alarms.alarmNotifies,
  account.configRecorder,
  account.ecrRepository,
  account.eventRule,
  account.snsTopic,
  account.topicPublishers,
];

/** Rules of this product: allow-lists, and what its service and its runbooks need. */
export const productPolicies = (profile: Profile): readonly Policy[] => [
  reviewed.reviewedProperty(profile),
  reviewed.reviewedType(profile),
  reviewed.wired(profile),
  templates.weakReferences,
  templates.regionalNames,
  backup.restoreTesting(profile),
  permissions.iamReviewedAction(profile),
  kms.kmsCreateGrant,
  kms.kmsDataKeyRegions,
  kms.kmsTaskContext,
  s3.bucketLifecycle,
  logs.auditLogProtected,
  logs.logGroupMasked,
  logs.trail,
  network.endpointsComplete,
  groups.reachable(profile),
  groups.sgIngress([profile.contract.port]),
  groups.sgEgress([profile.contract.port]),
  alb.albAttributes(profile),
  alb.targetGroup(profile),
  alb.timeoutChain(profile),
  waf.wafExceptionsReviewed(profile),
  waf.wafRateLimit(profile),
  containers.containerEnvironment(profile),
  containers.containerHardening(profile.contract.user),
  containers.containerPorts(profile),
  ecs.taskDefinition,
  alarms.alarmMissingData,
  alarms.alarmMetricExists(profile),
  alarms.alarmsComplete(profile),
  account.canary(profile),
  account.eventsComplete,
  account.guardduty,
  account.oidcProvider,
];

/** Every rule for a deployment of this product. A product rule replaces the general rule with its id. */
export function policiesFor(profile: Profile): readonly Policy[] {
  const own = productPolicies(profile);
  return [...generalPolicies.filter(({ id }) => !own.some((policy) => policy.id === id)), ...own];
}
