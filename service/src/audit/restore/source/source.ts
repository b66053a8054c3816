import { type PublishedCheckpoint, readCheckpoints } from '@healthcare-ai/audit-trail/export/read-checkpoints';
import { verifyDirectory } from '@healthcare-ai/audit-trail/export/verify-directory';
import type { TrailReport } from '@healthcare-ai/audit-trail/verify/report';

export interface SourceTrust {
  /** Public keys that are trusted, SPKI DER. */
  readonly keys: readonly Buffer[];
  readonly now: Date;
}

/** The newest state of the trail of a restored database. */
export interface TrailSource {
  /** As messages call it: `the directory`. */
  readonly name: string;

  /** Reads all of it. */
  verify(trust: SourceTrust): Promise<TrailReport>;

  /** The checkpoints, oldest first, each once: read again, so that it may not be what was verified. */
  checkpoints(trust: SourceTrust): AsyncGenerator<PublishedCheckpoint>;
}

/** An export, or a folder that the service publishes to. */
export const directorySource = (directory: string): TrailSource => ({
  name: 'the directory',
  verify: (trust) => verifyDirectory({ directory, ...trust }),
  checkpoints: () => readCheckpoints(directory),
});
