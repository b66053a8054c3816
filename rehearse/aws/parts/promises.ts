import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetTrailCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import { DescribeServicesCommand, DescribeTaskDefinitionCommand, type TaskDefinition } from '@aws-sdk/client-ecs';
import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { DescribeKeyCommand, GetKeyRotationStatusCommand } from '@aws-sdk/client-kms';
import { DescribeDBClustersCommand } from '@aws-sdk/client-rds';
import {
  GetBucketEncryptionCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetWebACLForResourceCommand } from '@aws-sdk/client-wafv2';
import { contract } from '@healthcare-ai/contract';
import { stages } from '../../../lib/config/stages.ts';
import type { Part } from '../../support/rehearsal.ts';
import { REGION } from '../emulator.ts';
import { names } from '../support.ts';
import type { AwsWorld } from '../world.ts';

const { dev } = stages;

/** What the stage promises, read back from the account by the SDK: not from the templates. */
export const promisesPart = ({ clients, notes, emulator }: AwsWorld): Part => ({
  name: 'What is deployed is what the stage promises',
  needs: [],
  async run({ check }) {
    const keyArn = async (purpose: string) => {
      const { KeyMetadata } = await clients.kms.send(
        new DescribeKeyCommand({ KeyId: `alias/${names.base}/${purpose}` }),
      );
      return KeyMetadata!.Arn!;
    };
    const keyId = async (purpose: string) => (await keyArn(purpose)).split('/').at(-1)!;

    await check('eight keys, each enabled; those that encrypt rotate', async () => {
      // moto knows no keys of Ed25519: it makes the signing key one that encrypts.
      const purposes = ['data', 'logs', 'audit', 'database', 'images', 'topics', 'backups', 'signing'];
      for (const purpose of purposes) {
        const { KeyMetadata } = await clients.kms.send(
          new DescribeKeyCommand({ KeyId: `alias/${names.base}/${purpose}` }),
        );
        equal(KeyMetadata?.KeyState, 'Enabled', purpose);
        if (purpose === 'signing') continue;
        const { KeyRotationEnabled } = await clients.kms.send(
          new GetKeyRotationStatusCommand({ KeyId: KeyMetadata.KeyId! }),
        );
        equal(KeyRotationEnabled, true, `${purpose} does not rotate`);
      }
    });

    await check("every log group has the stage's key and the retention of its kind", async () => {
      const days: Readonly<Record<string, number>> = {
        [names.logGroups.audit]: dev.retention.audit,
        [names.logGroups.trail]: dev.retention.audit,
      };
      const logs = await keyArn('logs');
      const audit = await keyArn('audit');
      for (const name of Object.values(names.logGroups)) {
        const { logGroups } = await clients.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
        const group = logGroups?.find(({ logGroupName }) => logGroupName === name);
        ok(group, `there is no ${name}`);
        ok([logs, audit].includes(group.kmsKeyId!), `${name} has the key ${group.kmsKeyId}`);
        equal(group.retentionInDays, days[name] ?? dev.retention.applicationLogs, name);
      }
      return `${Object.values(names.logGroups).length} groups`;
    });

    await check('images cannot be overwritten, are scanned when they come, and have their key', async () => {
      const { repositories } = await clients.ecr.send(
        new DescribeRepositoriesCommand({ repositoryNames: [names.repository] }),
      );
      const [repository] = repositories!;
      equal(repository!.imageTagMutability, 'IMMUTABLE');
      equal(repository!.imageScanningConfiguration?.scanOnPush, true);
      equal(repository!.encryptionConfiguration?.encryptionType, 'KMS');
      equal(repository!.encryptionConfiguration?.kmsKey, await keyArn('images'));
    });

    await check(
      'the database is encrypted by its key, protected, kept for days, entered by IAM, its password a secret',
      async () => {
        const { DBClusters } = await clients.rds.send(
          new DescribeDBClustersCommand({ DBClusterIdentifier: names.databaseCluster }),
        );
        const [cluster] = DBClusters!;
        equal(cluster!.StorageEncrypted, true);
        ok([await keyArn('database'), await keyId('database')].includes(cluster!.KmsKeyId!), cluster!.KmsKeyId);
        equal(cluster!.DeletionProtection, true);
        equal(cluster!.BackupRetentionPeriod, dev.database.backupDays);
        equal(cluster!.IAMDatabaseAuthenticationEnabled, true);
        ok(cluster!.MasterUserSecret?.SecretArn?.startsWith('arn:aws:secretsmanager:'));
        equal(cluster!.DBClusterMembers?.length, 1);
      },
    );

    const { services } = await clients.ecs.send(
      new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] }),
    );
    const [service] = services!;
    await check('the service rolls back by itself: circuit breaker, alarms, none fewer than all tasks', async () => {
      const configuration = service!.deploymentConfiguration!;
      deepEqual(configuration.deploymentCircuitBreaker, { enable: true, rollback: true });
      equal(configuration.alarms?.enable, true);
      equal(configuration.alarms.rollback, true);
      equal(configuration.alarms.alarmNames?.length, 3);
      equal(configuration.minimumHealthyPercent, 100);
      equal(service!.networkConfiguration?.awsvpcConfiguration?.assignPublicIp, 'DISABLED');
    });

    const definition = async (arn: string): Promise<TaskDefinition> =>
      (await clients.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn }))).taskDefinition!;
    await check('its tasks: read-only root, a user without rights, no capability, digest, size', async () => {
      for (const task of [await definition(service!.taskDefinition!), await definition(names.migrateFamily)]) {
        for (const container of task.containerDefinitions!) {
          equal(container.readonlyRootFilesystem, true);
          equal(container.user, `${contract.user.uid}:${contract.user.gid}`);
          equal(container.privileged ?? false, false);
          ok(container.image!.includes('@sha256:'), container.image);
          deepEqual(container.linuxParameters?.capabilities?.drop, ['ALL']);
        }
        equal(task.networkMode, 'awsvpc');
        ok(task.taskRoleArn && task.executionRoleArn && task.taskRoleArn !== task.executionRoleArn);
      }
      const task = await definition(service!.taskDefinition!);
      deepEqual([task.cpu, task.memory], [String(dev.service.cpu), String(dev.service.memory)]);
    });

    await check('scaling: bounds, target, cooldowns', async () => {
      const ServiceNamespace = 'ecs' as const;
      const { ScalableTargets } = await clients.autoScaling.send(
        new DescribeScalableTargetsCommand({ ServiceNamespace }),
      );
      const [target] = ScalableTargets!;
      deepEqual([target!.MinCapacity, target!.MaxCapacity], [dev.service.minTasks, dev.service.maxTasks]);
      const { ScalingPolicies } = await clients.autoScaling.send(
        new DescribeScalingPoliciesCommand({ ServiceNamespace }),
      );
      const { TargetValue, ScaleInCooldown, ScaleOutCooldown } =
        ScalingPolicies![0]!.TargetTrackingScalingPolicyConfiguration!;
      deepEqual([TargetValue, ScaleInCooldown, ScaleOutCooldown], [70, 300, 60]);
      return '70 % CPU, 300 s in, 60 s out';
    });

    await check('the load balancer: TLS policy, redirect, health path, drain, protections, WAF', async () => {
      const { LoadBalancers } = await clients.elb.send(new DescribeLoadBalancersCommand({}));
      const LoadBalancerArn = LoadBalancers![0]!.LoadBalancerArn!;
      const { Listeners } = await clients.elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
      const https = Listeners!.find(({ Port }) => Port === 443)!;
      equal(https.SslPolicy, 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09');
      equal(https.Certificates![0]!.CertificateArn, notes.get('certificate'));
      const redirect = Listeners!.find(({ Port }) => Port === 80)!.DefaultActions![0]!;
      deepEqual([redirect.Type, redirect.RedirectConfig?.Protocol], ['redirect', 'HTTPS']);
      const attributes = async (list: { Key?: string; Value?: string }[]) =>
        Object.fromEntries(list.map(({ Key, Value }) => [Key!, Value]));
      const balancer = await attributes(
        (await clients.elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }))).Attributes!,
      );
      equal(balancer['deletion_protection.enabled'], 'true');
      equal(balancer['routing.http.drop_invalid_header_fields.enabled'], 'true');
      equal(balancer['routing.http.desync_mitigation_mode'], 'strictest');
      equal(balancer['access_logs.s3.enabled'], 'true');
      const { TargetGroups } = await clients.elb.send(new DescribeTargetGroupsCommand({ LoadBalancerArn }));
      const [group] = TargetGroups!;
      deepEqual(
        [group!.HealthCheckPath, group!.Protocol, group!.Port],
        [contract.paths.health, 'HTTPS', contract.port],
      );
      const TargetGroupArn = group!.TargetGroupArn!;
      const target = await attributes(
        (await clients.elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }))).Attributes!,
      );
      ok(Number(target['deregistration_delay.timeout_seconds']) >= contract.timeouts.shutdownDelay);
      const { WebACL } = await clients.waf.send(new GetWebACLForResourceCommand({ ResourceArn: LoadBalancerArn }));
      equal(WebACL?.Name, names.base);
      return `${WebACL?.Rules?.length} rules of the WAF`;
    });

    await check("every alarm has its action, is enabled, and notifies the stage's topic", async () => {
      const { MetricAlarms } = await clients.cloudWatch.send(new DescribeAlarmsCommand({ MaxRecords: 100 }));
      const { Stacks } = await clients.cloudFormation.send(
        new DescribeStacksCommand({ StackName: `${names.base}-audit` }),
      );
      const topic = Stacks![0]!
        .Outputs!.map(({ OutputValue }) => OutputValue!)
        .find((value) => value.startsWith('arn:aws:sns:'));
      // Application Auto Scaling makes alarms of its own, which scale.
      const ours = MetricAlarms!.filter(({ AlarmName }) => !AlarmName!.startsWith('TargetTracking-'));
      for (const { AlarmName, AlarmActions, ActionsEnabled } of ours) {
        equal(ActionsEnabled, true, AlarmName);
        ok(AlarmActions!.includes(topic!), `${AlarmName} notifies ${AlarmActions}`);
      }
      ok(ours.length >= 30);
      const watched = ours.map(({ AlarmName }) => AlarmName!.replace(`${names.base}-audit-`, ''));
      for (const name of ['lag', 'sink-failures', 'seal-refusals', 'broken-chains', 'broken-trail']) {
        ok(watched.includes(name), `nothing watches the audit trail for ${name}`);
      }
      return `${ours.length} alarms`;
    });

    await check(
      'the trail logs, checks its files, is encrypted; its bucket cannot be emptied or read in public',
      async () => {
        const { Trail } = await clients.cloudTrail.send(new GetTrailCommand({ Name: names.trail }));
        equal((await clients.cloudTrail.send(new GetTrailStatusCommand({ Name: names.trail }))).IsLogging, true);
        equal(Trail!.LogFileValidationEnabled, true);
        equal(Trail!.IsMultiRegionTrail, true);
        equal(Trail!.KmsKeyId, await keyArn('audit'));
        // No DNS resolves a bucket name before localhost.
        const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
        const s3 = new S3Client({ region: REGION, endpoint: emulator.endpoint, credentials, forcePathStyle: true });
        const Bucket = Trail!.S3BucketName!;
        const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
        const rule = ServerSideEncryptionConfiguration!.Rules![0]!.ApplyServerSideEncryptionByDefault!;
        deepEqual([rule.SSEAlgorithm, rule.KMSMasterKeyID], ['aws:kms', await keyArn('audit')]);
        const { ObjectLockConfiguration } = await s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
        equal(ObjectLockConfiguration?.ObjectLockEnabled, 'Enabled');
        const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
        deepEqual(new Set(Object.values(PublicAccessBlockConfiguration!)), new Set([true]));
      },
    );

    await check('stacks that hold data are protected from deletion, the others are not', async () => {
      const { Stacks } = await clients.cloudFormation.send(new DescribeStacksCommand({}));
      const open = Stacks!.filter(({ EnableTerminationProtection }) => !EnableTerminationProtection);
      deepEqual(open.map(({ StackName }) => StackName).sort(), [
        'CDKToolkit',
        ...['monitoring', 'service', 'tasks'].map((part) => `${names.base}-${part}`),
      ]);
    });
  },
});
