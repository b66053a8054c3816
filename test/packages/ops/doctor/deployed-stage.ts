import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImportCertificateCommand } from '@aws-sdk/client-acm';
import { CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { PutImageCommand } from '@aws-sdk/client-ecr';
import { DescribeTargetGroupsCommand, RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateDetectorCommand } from '@aws-sdk/client-guardduty';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { AwsClients } from '@healthcare-ai/ops/aws/clients';
import { createLinkedRoles, linkedRoles } from '@healthcare-ai/ops/aws/linked-roles';
import { systemClock } from '@healthcare-ai/ops/clock';
import { schemaAnnotations } from '@healthcare-ai/ops/rollout/image';
import { oneOffPlace } from '@healthcare-ai/ops/rollout/migration';
import { endOfTask, startOneOffTask } from '@healthcare-ai/ops/rollout/one-off-task';
import { namesOf } from '../../../../lib/config/names.ts';
import { SynthesizedStage } from '../../../lib/support/stage.ts';

const names = namesOf('dev', 'us-east-1');
const sha256 = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** Puts the index of an image for Fargate into ECR. @returns its digest */
export async function pushImage({ ecr }: AwsClients, tag: string, schema = 1): Promise<string> {
  const put = async (manifest: object, mediaType: string, imageTag?: string) => {
    const text = JSON.stringify({ schemaVersion: 2, mediaType, ...manifest });
    const imageDigest = sha256(text);
    const image = { imageManifest: text, imageManifestMediaType: mediaType, imageDigest, imageTag };
    await ecr.send(new PutImageCommand({ repositoryName: names.repository, ...image }));
    return { digest: imageDigest, size: text.length };
  };
  const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: sha256(tag), size: 1 };
  const child = await put({ config, layers: [] }, 'application/vnd.oci.image.manifest.v1+json', `${tag}-arm64`);
  const index = {
    manifests: [
      {
        ...child,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        platform: { os: 'linux', architecture: 'arm64' },
      },
    ],
    annotations: { [schemaAnnotations.version]: String(schema), [schemaAnnotations.oldestService]: '1', tag },
  };
  return (await put(index, 'application/vnd.oci.image.index.v1+json', tag)).digest;
}

/** What the service's migration writes at its end. The emulator's task runs nothing. */
async function writeMigrated({ logs }: AwsClients, task: string): Promise<void> {
  const stream = { logGroupName: names.logGroups.migrate, logStreamName: `migrate/migrate/${task}-log` };
  const message = `${new Date().toISOString()} INFO  schema_ready count=1`;
  await logs.send(new CreateLogStreamCommand(stream));
  await logs.send(new PutLogEventsCommand({ ...stream, logEvents: [{ timestamp: Date.now(), message }] }));
}

/** ECS registers the tasks of a service; the emulator's does not. */
async function registerTarget(clients: AwsClients): Promise<void> {
  const { elb } = clients;
  const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({}));
  const Targets = [{ Id: '10.20.0.10', Port: 8000 }];
  await elb.send(new RegisterTargetsCommand({ TargetGroupArn: TargetGroups[0]?.TargetGroupArn, Targets }));
}

/** Imports a certificate made for the occasion. @returns its ARN */
export async function importCertificate({ acm }: AwsClients, name: string, days: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-certificate-'));
  try {
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
    execFileSync('openssl', [...made, '-days', String(days), '-keyout', key, '-out', certificate, ...subject], {
      stdio: 'ignore',
    });
    const { CertificateArn } = await acm.send(
      new ImportCertificateCommand({ Certificate: readFileSync(certificate), PrivateKey: readFileSync(key) }),
    );
    return CertificateArn!;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function deploy({ cloudFormation }: AwsClients, stage: SynthesizedStage, part: string): Promise<void> {
  const StackName = `${names.base}-${part}`;
  const TemplateBody = JSON.stringify(stage.templates[part]);
  await cloudFormation.send(
    new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'] }),
  );
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  const status = Stacks?.[0]?.StackStatus;
  if (status !== 'CREATE_COMPLETE') throw new Error(`${StackName} is ${status}`);
}

/** Every stack of dev in the order of a first deploy, with an image, its migration and a certificate. */
export async function deployStage(clients: AwsClients): Promise<{ readonly certificateArn: string }> {
  const put = (Name: string, Value: string) =>
    clients.ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
  const certificateArn = await importCertificate(clients, 'notes.dev.example.org', 365);
  const stage = new SynthesizedStage('dev', { 'edge.certificateArn': certificateArn });
  await put('/cdk-bootstrap/hnb659fds/version', '30');
  await createLinkedRoles({ clients }, linkedRoles);
  await clients.guardDuty.send(new CreateDetectorCommand({ Enable: true }));
  for (const part of ['audit', 'network', 'registry']) await deploy(clients, stage, part);
  await put(names.imageDigestParameter, await pushImage(clients, 'v1'));
  for (const part of ['database', 'tasks']) await deploy(clients, stage, part);
  const context = { clients, names, clock: systemClock, signal: new AbortController().signal, timeoutMs: 60_000 };
  const place = await oneOffPlace(context);
  const task = await startOneOffTask(context, { ...place, startedBy: 'first-deploy', token: randomUUID() });
  const { exitCode, id } = await endOfTask(context, task, place.container);
  if (exitCode !== 0) throw new Error(`the migration ended with ${exitCode}`);
  await writeMigrated(clients, id);
  for (const part of ['service', 'monitoring']) await deploy(clients, stage, part);
  await registerTarget(clients);
  return { certificateArn };
}
