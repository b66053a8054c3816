import { type PublishedCheckpoint, readCheckpoints } from '@healthcare-ai/audit-trail/export/read-checkpoints';
import { verifyDirectory } from '@healthcare-ai/audit-trail/export/verify-directory';
import { FolderSegments } from '@healthcare-ai/audit-trail/segments/folder-store';
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

  /**
   * The checkpoints, oldest first, each once: read again, so that it may not be what was verified.
   *
   * @param trail UUID of the trail that was verified
   */
  checkpoints(trust: SourceTrust, trail: string): AsyncGenerator<PublishedCheckpoint>;

  /** Whether the trail was published in segments: then it continues so. Undefined for a source that has none. */
  hasSegments?(trail: string): Promise<boolean>;
}

/** An export, or a folder that the service publishes to. */
export const directorySource = (directory: string): TrailSource => ({
  name: 'the directory',
  verify: (trust) => verifyDirectory({ directory, ...trust }),
  checkpoints: (_trust, trail) => readCheckpoints(directory, trail),
  hasSegments: async (trail) => (await new FolderSegments(directory, trail).numbers()).length > 0,
});
