import { readCheckpoints } from '../../../trail/directory/read-checkpoints.ts';
import { verifyDirectory } from '../../../trail/directory/verify-directory.ts';
import type { TrailSource } from './source.ts';

/** An export, or a folder that the service publishes to. */
export const directorySource = (directory: string): TrailSource => ({
  name: 'the directory',
  verify: (trust) => verifyDirectory({ directory, ...trust }),
  checkpoints: () => readCheckpoints(directory),
});
