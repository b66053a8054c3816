import { AwsFault, type Input } from '../aws-server.ts';
import { ACCOUNT, arn, names, type StoredImage, type World } from './world.ts';

type Answers = Readonly<Record<string, (world: World, input: Input) => unknown>>;

interface ImageId {
  readonly imageDigest?: string;
  readonly imageTag?: string;
}

function found(world: World, { imageIds }: Input): StoredImage {
  const [{ imageDigest, imageTag }] = imageIds as [ImageId];
  const image = world.images.find(({ digest, tag }) => digest === imageDigest || tag === imageTag);
  if (image === undefined) throw new AwsFault('ImageNotFoundException', 'The image requested does not exist');
  return image;
}

const registry = `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com`;

const ecr: Answers = {
  DescribeImages: (world, input) => {
    const { digest, tag } = found(world, input);
    return { imageDetails: [{ imageDigest: digest, imageTags: [tag], imagePushedAt: 1_700_000_000 }] };
  },
  DescribeRepositories: (_world, { repositoryNames }) => ({
    repositories: [{ repositoryUri: `${registry}/${(repositoryNames as string[])[0]}` }],
  }),
  GetAuthorizationToken: () => ({
    authorizationData: [{ authorizationToken: btoa(`AWS:login of ${ACCOUNT}`), proxyEndpoint: `https://${registry}` }],
  }),
  BatchGetImage: (world, input) => {
    const { digest, manifest } = found(world, input);
    return { images: [{ imageId: { imageDigest: digest }, imageManifest: manifest }], failures: [] };
  },
  DescribeImageScanFindings: (world, { imageId }) => {
    const image = world.images.find(({ manifest }) => manifest.includes((imageId as ImageId).imageDigest!));
    if (image === undefined) throw new AwsFault('ScanNotFoundException', 'Image scan does not exist');
    const critical = image.critical ?? 0;
    return {
      imageScanStatus: { status: 'COMPLETE' },
      imageScanFindings: {
        findingSeverityCounts: critical > 0 ? { CRITICAL: critical, LOW: 4 } : { LOW: 4 },
        findings: critical > 0 ? [{ name: 'CVE-2026-0001', severity: 'CRITICAL' }] : [],
      },
    };
  },
};

const ssm: Answers = {
  GetParameter: (world, { Name }) => {
    const latest = world.parameters.get(String(Name))?.at(-1);
    if (latest === undefined) throw new AwsFault('ParameterNotFound', '');
    const { value, version, at } = latest;
    return { Parameter: { Name, Type: 'String', Value: value, Version: version, LastModifiedDate: at / 1000 } };
  },
  PutParameter: (world, { Name, Value, Overwrite, Description }) => {
    const name = String(Name);
    if (!Overwrite && world.parameters.has(name))
      throw new AwsFault('ParameterAlreadyExists', 'The parameter already exists.');
    return { Version: world.put(name, String(Value), Description as string | undefined), Tier: 'Standard' };
  },
  GetParameterHistory: (world, { Name }) => ({
    Parameters: (world.parameters.get(String(Name)) ?? []).map(({ value, version, description, at }) => ({
      Name,
      Value: value,
      Version: version,
      Description: description,
      LastModifiedDate: at / 1000,
      LastModifiedUser: arn('iam', 'user/operator'),
    })),
  }),
  DeleteParameter: (world, { Name }) => {
    if (!world.parameters.delete(String(Name))) throw new AwsFault('ParameterNotFound', '');
    return {};
  },
};

const logs: Answers = {
  GetLogEvents: (world, { logStreamName }) => {
    const lines = world.logs.get(String(logStreamName));
    if (lines === undefined)
      throw new AwsFault('ResourceNotFoundException', 'The specified log stream does not exist.');
    return { events: lines.map((message) => ({ message, timestamp: 1_700_000_000_000 })) };
  },
};

const autoScaling: Answers = {
  DescribeScalableTargets: (world) => ({
    ScalableTargets: [
      {
        ServiceNamespace: 'ecs',
        ResourceId: `service/${names.cluster}/${names.service}`,
        ScalableDimension: 'ecs:service:DesiredCount',
        MinCapacity: world.scaling.min,
        MaxCapacity: world.scaling.max,
        RoleARN: 'r',
        CreationTime: 1_700_000_000,
      },
    ],
  }),
  RegisterScalableTarget: (world, { MinCapacity, MaxCapacity }) => {
    Object.assign(world.scaling, { min: MinCapacity, max: MaxCapacity });
    return {};
  },
};

const health = { Target: { Id: '10.20.1.7', Port: 8000 }, TargetHealth: { State: 'healthy' } };
const alarm = {
  AlarmName: `${names.base}-target-5xx`,
  StateValue: 'ALARM',
  StateReason: 'Threshold Crossed',
  StateUpdatedTimestamp: 1_700_000_000,
};

/** All but ECS and CloudFormation. */
export const others: Readonly<Record<string, Answers>> = {
  ecr,
  ssm,
  logs,
  autoScaling,
  sts: { GetCallerIdentity: () => ({ Arn: arn('iam', 'user/operator'), Account: ACCOUNT, UserId: 'u' }) },
  elb: { DescribeTargetHealth: () => ({ TargetHealthDescriptions: [health] }) },
  cloudWatch: { DescribeAlarms: () => ({ MetricAlarms: [alarm], CompositeAlarms: [] }) },
};
