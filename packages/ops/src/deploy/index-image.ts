import { createHash } from 'node:crypto';
import { BatchGetImageCommand, PutImageCommand } from '@aws-sdk/client-ecr';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { annotationsOf, indexTypes, OCI_INDEX } from '../rollout/image.ts';
import type { ImageSchema } from '../rollout/schema-safety.ts';

interface ImageList {
  readonly manifests?: readonly object[];
}

/** What `build` in the repository becomes. */
export interface PublishRequest {
  /** Tag under which a container tool pushed the images of all platforms. */
  readonly builtTag: string;
  readonly tag: string;
  readonly schema: ImageSchema;
}

/**
 * Gives an image its final tag, as an index that says which schema it needs. The index is made here, because of the
 * tools only the newest can annotate one; the images in it are those that were pushed.
 *
 * @returns the digest of the index
 * @throws OpsFailure when what was pushed is no index
 */
export async function publishIndex(
  { clients, names }: Pick<OpsContext, 'clients' | 'names'>,
  { builtTag, tag, schema }: PublishRequest,
): Promise<string> {
  const { images: [built] = [] } = await clients.ecr.send(
    new BatchGetImageCommand({
      repositoryName: names.repository,
      imageIds: [{ imageTag: builtTag }],
      acceptedMediaTypes: [...indexTypes],
    }),
  );
  const { manifests } = JSON.parse(built?.imageManifest ?? '{}') as ImageList;
  if (manifests === undefined) {
    throw new OpsFailure(
      `What was pushed as ${names.repository}:${builtTag} is not an image index of both architectures.`,
    );
  }
  const annotations = annotationsOf(schema);
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests, annotations });
  const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
  await clients.ecr.send(
    new PutImageCommand({
      repositoryName: names.repository,
      imageManifest: manifest,
      imageManifestMediaType: OCI_INDEX,
      imageDigest: digest,
      imageTag: tag,
    }),
  );
  return digest;
}
