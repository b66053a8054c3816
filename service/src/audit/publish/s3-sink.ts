import type { S3Client } from '@aws-sdk/client-s3';
import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { keyIdOf, publicKeyPem } from '@healthcare-ai/audit-trail/format/public-keys';
import { bucketPrefix, checkpointKey, isMissingObject } from '@healthcare-ai/audit-trail/segments/bucket-store';
import { segmentOf, segmentPath } from '@healthcare-ai/audit-trail/segments/segment-store';
import { awsClientOptions } from './aws.ts';
import {
  type EventPages,
  ForkError,
  joined,
  type PublishedForm,
  type PublishingTerm,
  type Sink,
  SinkError,
} from './sink.ts';

export interface S3SinkOptions {
  readonly bucket: string;
  readonly region?: string;

  /** @default - that of the region, or what AWS_ENDPOINT_URL names */
  readonly endpoint?: string;

  /** SPKI DER of the keys that this process signs with: they are published beside the checkpoints. */
  readonly publicKeys: readonly Buffer[];

  /**
   * Whether objects are named in the path of the URL, as emulators want it.
   *
   * @default false
   */
  readonly pathStyle?: boolean;
}

interface Session {
  readonly trail: string;
  readonly signal: AbortSignal;
}

/**
 * Publishes checkpoints to a bucket with Object Lock: `audit/checkpoints/<trail>/<number>.json`, each written once. What
 * exists cannot be replaced, so another checkpoint under the same number is a fork, and is reported as one.
 */
export class S3Sink implements Sink {
  readonly name = 's3';
  readonly #options: S3SinkOptions;
  #client: S3Client | undefined;
  #session: Session | undefined;

  constructor(options: S3SinkOptions) {
    this.#options = options;
  }

  async open({ trail, signal }: PublishingTerm): Promise<void> {
    const { S3Client } = await import('@aws-sdk/client-s3');
    this.#client ??= new S3Client(this.#clientOptions());
    this.#session = { trail, signal };
    for (const spki of this.#options.publicKeys) await this.#putKey(spki);
  }

  async publish(checkpoint: Checkpoint, events: EventPages, form: PublishedForm = 'lines'): Promise<void> {
    const { record, statement } = checkpoint;
    const { next_key: next, number } = statement;
    // Before the record: where a record is, its segment is.
    if (form === 'segment') await this.putSegment(checkpoint, await joined(events));
    if (next) await this.#putKey(Buffer.from(next.public_key, 'base64url'));
    const key = checkpointKey(this.#session!.trail, number);
    if (!(await this.#putOnce(key, record, 'application/json'))) throw new ForkError(number, this.#options.bucket);
  }

  async putSegment({ record, statement: { number } }: Checkpoint, events: string): Promise<void> {
    const key = segmentKey(this.#session!.trail, number);
    if (await this.#putOnce(key, segmentOf(record, events), 'application/jsonl')) return;
    throw new ForkError(number, this.#options.bucket);
  }

  /** Asks for this number alone: checkpoints are written without gaps, each after its segment. */
  async reaches(trail: string | undefined, number: number): Promise<boolean> {
    // Keys begin with the trail: one that is new cannot meet another.
    if (trail === undefined) return false;
    return (await this.#has(checkpointKey(trail, number))) || (await this.#has(segmentKey(trail, number)));
  }

  async close(): Promise<void> {
    this.#session = undefined;
  }

  async #has(key: string): Promise<boolean> {
    const { HeadObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
    this.#client ??= new S3Client(this.#clientOptions());
    try {
      await this.#client.send(new HeadObjectCommand({ Bucket: this.#options.bucket, Key: key }));
      return true;
    } catch (error) {
      // The service may read existing ones.
      if (isMissingObject(error)) return false;
      throw error;
    }
  }

  #clientOptions() {
    return { ...awsClientOptions(this.#options), forcePathStyle: this.#options.pathStyle };
  }

  async #putKey(spki: Buffer): Promise<void> {
    const key = `audit/keys/${keyIdOf(spki)}.pem`;
    if (!(await this.#putOnce(key, publicKeyPem(spki), 'application/x-pem-file'))) {
      throw new SinkError('KEY_REPLACED', `${key} has another public key`);
    }
  }

  /** @returns false if the key already has an object */
  async #putOnce(key: string, body: string, contentType: string): Promise<boolean> {
    const { PutObjectCommand } = await import('@aws-sdk/client-s3');
    const { bucket } = this.#options;
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: body,
      ContentType: contentType,
      // S3 answers one of two concurrent publishers that it is too late.
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
      IfNoneMatch: '*',
      // Object Lock asks for a checksum.
      ChecksumAlgorithm: 'SHA256',
    });
    try {
      await this.#client!.send(command, { abortSignal: this.#session!.signal });
      return true;
    } catch (error) {
      switch ((error as Error).name) {
        case 'PreconditionFailed':
          return (await this.#read(key)) === body;
        case 'NoSuchBucket':
          throw new SinkError('BUCKET_MISSING', `bucket ${bucket} does not exist: deploy the audit stack`);
        default:
          throw error;
      }
    }
  }

  async #read(key: string): Promise<string | undefined> {
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const command = new GetObjectCommand({ Bucket: this.#options.bucket, Key: key });
    const { Body } = await this.#client!.send(command, { abortSignal: this.#session!.signal });
    return Body?.transformToString('utf8');
  }
}

const segmentKey = (trail: string, number: number): string => `${bucketPrefix}${segmentPath(trail, number)}`;
