import { createHash } from 'node:crypto';
import { BatchGetImageCommand, PutImageCommand } from '@aws-sdk/client-ecr';
import { namesOf } from '../../lib/config/names.ts';
import { baseImages, makeArm64Base, makeRuntimeBase } from '../support/base-images.ts';
import type { AwsWorld } from './world.ts';

/** One name for the bases of both architectures, as gcr.io/distroless has. */
const BASE = 'localhost/rehearsal/nodejs24-index:nonroot';

/** Makes the base, and returns the options by which a deploy builds on it. */
export async function makeBase({ engine, folder }: AwsWorld): Promise<string[]> {
  await makeRuntimeBase(engine, folder);
  await makeArm64Base(engine, folder);
  await engine.buildah(['manifest', 'create', BASE]);
  await engine.buildah(['manifest', 'add', BASE, `containers-storage:${baseImages.runtime}`]);
  await engine.buildah(['manifest', 'add', '--arch=arm64', BASE, `containers-storage:${baseImages.runtimeArm64}`]);
  return ['--engine', 'buildah', '--build-arg', `RUNTIME_IMAGE=${BASE}`];
}

/**
 * Another image of the same layers: its index differs by an annotation. What the emulator's tasks do with it is said there:
 * `rehearsal.fails` is the last line of a task that ends with exit code 1, `rehearsal.findings` the critical findings.
 *
 * @returns its digest
 */
export async function variant(
  { clients }: AwsWorld,
  of: string,
  tag: string,
  annotations: Readonly<Record<string, string>>,
): Promise<string> {
  const repositoryName = namesOf('dev', 'us-east-1').repository;
  const { images } = await clients.ecr.send(
    new BatchGetImageCommand({ repositoryName, imageIds: [{ imageDigest: of }] }),
  );
  const index = JSON.parse(images![0]!.imageManifest!) as { annotations: object; mediaType: string };
  const manifest = JSON.stringify({
    ...index,
    annotations: { ...index.annotations, 'rehearsal.tag': tag, ...annotations },
  });
  const imageDigest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
  await clients.ecr.send(
    new PutImageCommand({
      repositoryName,
      imageManifest: manifest,
      imageManifestMediaType: index.mediaType,
      imageTag: tag,
      imageDigest,
    }),
  );
  return imageDigest;
}

const mediaType = 'application/vnd.oci.image.manifest.v1+json';
const manifest = JSON.stringify({ schemaVersion: 2, mediaType, layers: [] });

/** An image of no layers: enough for the tasks of the emulator, which run nothing. */
export const emptyImage = {
  mediaType,
  manifest,
  digest: `sha256:${createHash('sha256').update(manifest).digest('hex')}`,
} as const;
