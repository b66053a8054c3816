import { randomUUID } from 'node:crypto';
import type { CloudWatchLogsClient, PutLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { awsClientOptions, isTransient } from './aws.ts';
import { Backoff } from './backoff.ts';
import { batchesOf, withRecord } from './log-batches.ts';
import { type EventPages, type PublishingTerm, type Sink, SinkError } from './sink.ts';

export interface CloudWatchSinkOptions {
  readonly logGroup: string;
  readonly region?: string;

  /** @default - that of the region, or what AWS_ENDPOINT_URL names */
  readonly endpoint?: string;

  /**
   * First pause after a call that was throttled, in ms.
   *
   * @default 200
   */
  readonly firstPause?: number;
}

interface Stream {
  readonly name: string;
  readonly signal: AbortSignal;
}

/** Attempts at one call before the checkpoint is given up for now: about a minute. */
const attemptsAtMost = 9;

/**
 * Publishes to a CloudWatch log group, each term to a stream of its own: `<trail>/<term>-<uuid>`. Streams sort by term,
 * so a reader takes them one after the other, and what a late publisher still wrote stands apart. It is a copy for
 * auditors, a line for each event: the text has chain and number, and its SHA-256 is the event's hash.
 */
export class CloudWatchSink implements Sink {
  readonly name = 'cloudwatch';
  readonly #options: CloudWatchSinkOptions;
  #client: CloudWatchLogsClient | undefined;
  #stream: Stream | undefined;
  /** CloudWatch requires the events of a call in order of time: a clock that jumps back must not break that. */
  #timestamp = 0;

  constructor(options: CloudWatchSinkOptions) {
    this.#options = options;
  }

  async open({ trail, term, signal }: PublishingTerm): Promise<void> {
    const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs');
    // Attempts are made in `#repeated` alone: those of the SDK in between would multiply them.
    this.#client ??= new CloudWatchLogsClient({ ...awsClientOptions(this.#options), maxAttempts: 1 });
    this.#stream = { name: `${trail}/${String(term).padStart(8, '0')}-${randomUUID()}`, signal };
    await this.#repeated(() => this.#createStream());
  }

  async publish({ record }: Checkpoint, events: EventPages): Promise<void> {
    for await (const batch of batchesOf(withRecord(events, record))) {
      await this.#repeated(() => this.#put(batch));
    }
  }

  async close(): Promise<void> {
    this.#stream = undefined;
  }

  async #createStream(): Promise<void> {
    const { CreateLogStreamCommand } = await import('@aws-sdk/client-cloudwatch-logs');
    const { logGroup } = this.#options;
    try {
      await this.#client!.send(
        new CreateLogStreamCommand({ logGroupName: logGroup, logStreamName: this.#stream!.name }),
        { abortSignal: this.#stream!.signal },
      );
    } catch (error) {
      const { name } = error as Error;
      if (name === 'ResourceNotFoundException') {
        throw new SinkError('LOG_GROUP_MISSING', `log group ${logGroup} does not exist: deploy the audit stack`);
      }
      if (name !== 'ResourceAlreadyExistsException') throw error;
    }
  }

  async #put(batch: readonly string[]): Promise<void> {
    const { PutLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
    const { name, signal } = this.#stream!;
    this.#timestamp = Math.max(this.#timestamp, Date.now());
    const timestamp = this.#timestamp;
    const command = new PutLogEventsCommand({
      logGroupName: this.#options.logGroup,
      logStreamName: name,
      logEvents: batch.map((message) => ({ timestamp, message })),
    });
    let answer: PutLogEventsCommandOutput;
    try {
      answer = await this.#client!.send(command, { abortSignal: signal });
    } catch (error) {
      switch ((error as Error).name) {
        case 'DataAlreadyAcceptedException':
          return;
        case 'ResourceNotFoundException':
          // The stream, or the whole group, was deleted meanwhile.
          await this.#createStream();
          throw new SinkError('LOG_STREAM_MISSING', 'the log stream was missing and was created again', {
            cause: error,
          });
        default:
          throw error;
      }
    }
    const rejected = answer.rejectedLogEventsInfo;
    if (rejected) {
      const when = rejected.tooNewLogEventStartIndex !== undefined ? 'TOO_NEW' : 'TOO_OLD';
      // Their time is that of this machine, so its clock is wrong: CloudWatch bears two hours ahead, 14 days behind.
      throw new SinkError(`EVENTS_${when}`, 'CloudWatch Logs rejected events: set the clock of this machine');
    }
  }

  /** Repeats what is throttled, or fails in passing. */
  async #repeated(call: () => Promise<void>): Promise<void> {
    const { signal } = this.#stream!;
    const backoff = new Backoff({ first: this.#options.firstPause ?? 200, longest: 20_000 });
    for (;;) {
      try {
        await call();
        return;
      } catch (error) {
        const again = isTransient(error) || (error instanceof SinkError && error.code === 'LOG_STREAM_MISSING');
        if (!again || backoff.failures + 1 >= attemptsAtMost) throw error;
        await backoff.pause(signal);
        signal.throwIfAborted();
      }
    }
  }
}
