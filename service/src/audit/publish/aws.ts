/** How every client of the sinks is made: calls are bounded, and repeated where that may help. */
export const awsClientOptions = ({ region, endpoint }: { readonly region?: string; readonly endpoint?: string }) => ({
  region,
  endpoint,
  maxAttempts: 3,
  // Without `throwOnRequestTimeout` the SDK only warns. https://github.com/aws/aws-sdk-js-v3/issues/7279
  requestHandler: { requestTimeout: 10_000, connectionTimeout: 3_000, throwOnRequestTimeout: true },
});

const transient = new Set([
  'ThrottlingException',
  'Throttling',
  'TooManyRequestsException',
  'ServiceUnavailableException',
  'ServiceUnavailable',
  'InternalFailure',
  'InternalError',
  'SlowDown',
  'RequestTimeout',
  'TimeoutError',
  'OperationAbortedException',
  'ConditionalRequestConflict',
]);

/** True for what may succeed when it is tried again in a while: throttling, faults of the server, a lost connection. */
export function isTransient(error: unknown): boolean {
  const { name, code, $metadata } = error as { name?: string; code?: string; $metadata?: { httpStatusCode?: number } };
  if (name === 'AbortError') return false;
  if (transient.has(name ?? '') || ($metadata?.httpStatusCode ?? 0) >= 500) return true;
  return /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)/.test(code ?? '');
}
