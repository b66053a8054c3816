import { readCheckpoints } from '@healthcare-ai/audit-trail/export/read-checkpoints';
import { verifyDirectory } from '@healthcare-ai/audit-trail/export/verify-directory';
import type { TrailSource } from './source.ts';

/** An export, or a folder that the service publishes to. */
export const directorySource = (directory: string): TrailSource => ({
  name: 'the directory',
  verify: (trust) => verifyDirectory({ directory, ...trust }),
  checkpoints: () => readCheckpoints(directory),
});
