import { BatchGetImageCommand, DescribeImagesCommand } from '@aws-sdk/client-ecr';
import { unlessMissing } from '../aws/unless-missing.ts';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { isDigest, short } from './digest.ts';
import type { ImageSchema } from './schema-safety.ts';

/** Annotations of the image index, set where the image is pushed. */
export const schemaAnnotations = {
  version: 'org.healthcare-ai.schema.version',
  oldestService: 'org.healthcare-ai.schema.oldest-service',
} as const;

/** What the index of an image says of the database. */
export const annotationsOf = ({ version, oldestService }: ImageSchema): Readonly<Record<string, string>> => ({
  [schemaAnnotations.version]: String(version),
  [schemaAnnotations.oldestService]: String(oldestService),
});

export interface FoundImage {
  readonly digest: string;
  readonly tags: readonly string[];
  readonly pushedAt: Date | undefined;

  /** The image that Fargate pulls: of an index, that of linux/arm64. */
  readonly platformDigest: string;

  /** What the image says of the database; undefined without annotations. */
  readonly schema: ImageSchema | undefined;
}

interface Manifest {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly manifests?: readonly {
    readonly digest: string;
    readonly platform?: { readonly os?: string; readonly architecture?: string };
  }[];
}

type EcrContext = Pick<OpsContext, 'clients' | 'names'>;

export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';

/** Media types of an image index, which holds an image for each platform. */
export const indexTypes = [OCI_INDEX, 'application/vnd.docker.distribution.manifest.list.v2+json'] as const;

const mediaTypes = [
  ...indexTypes,
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/**
 * The image of a digest or tag in the stage's repository.
 *
 * @throws OpsFailure when there is none, or none that Fargate could run
 */
export async function findImage({ clients, names }: EcrContext, reference: string): Promise<FoundImage> {
  const imageId = isDigest(reference) ? { imageDigest: reference } : { imageTag: reference };
  const found = await unlessMissing(
    'ImageNotFound',
    clients.ecr.send(new DescribeImagesCommand({ repositoryName: names.repository, imageIds: [imageId] })),
  );
  const detail = found?.imageDetails?.[0];
  const digest = detail?.imageDigest;
  if (digest === undefined) {
    throw new OpsFailure(`There is no image ${reference} in the repository ${names.repository}. Push it first.`);
  }
  const { images } = await clients.ecr.send(
    new BatchGetImageCommand({
      repositoryName: names.repository,
      imageIds: [{ imageDigest: digest }],
      acceptedMediaTypes: mediaTypes,
    }),
  );
  const manifest = parse(images?.[0]?.imageManifest, digest);
  return {
    digest,
    tags: detail!.imageTags ?? [],
    pushedAt: detail!.imagePushedAt,
    platformDigest: platformOf(manifest, digest),
    schema: schemaOf(manifest.annotations ?? {}),
  };
}

function parse(text: string | undefined, digest: string): Manifest {
  try {
    return JSON.parse(text ?? '') as Manifest;
  } catch {
    throw new OpsFailure(`The manifest of ${short(digest)} cannot be read. Push the image again.`);
  }
}

function platformOf({ manifests }: Manifest, digest: string): string {
  if (manifests === undefined) return digest;
  const arm = manifests.find(({ platform }) => platform?.os === 'linux' && platform.architecture === 'arm64');
  if (arm === undefined) {
    throw new OpsFailure(
      `${short(digest)} holds no image for linux/arm64, which the tasks need. Build it for that platform.`,
    );
  }
  return arm.digest;
}

function schemaOf(annotations: Readonly<Record<string, string>>): ImageSchema | undefined {
  const version = Number(annotations[schemaAnnotations.version]);
  const oldestService = Number(annotations[schemaAnnotations.oldestService]);
  return Number.isInteger(version) && Number.isInteger(oldestService) && version >= oldestService && oldestService >= 1
    ? { version, oldestService }
    : undefined;
}
