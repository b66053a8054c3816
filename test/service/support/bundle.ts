/** The service as it is shipped. `npm test` builds it; see build.ts. */
export const bundle = 'service/dist/main.cjs';
export const threadBundle = 'service/dist/analysis-thread.cjs';
export const verifierBundle = 'service/dist/verify-audit.cjs';

/**
 * Never called. Tests that start the bundle import no source of the service: these imports show jest the dependency, so
 * that `jest -o` and `--findRelatedTests` select such tests.
 */
export const sources = () => [
  import('../../../service/src/main.ts'),
  import('../../../service/src/analysis/thread/entry.ts'),
  import('../../../packages/audit-trail/src/cli/verify-audit.ts'),
];
