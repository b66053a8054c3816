import { execFileSync } from 'node:child_process';

/** Tests start the service as it is shipped: the bundle, built before them when a source is newer. */
export default function buildBundle(): void {
  execFileSync('node', ['scripts/build.ts', '--if-changed'], { stdio: 'inherit' });
}
