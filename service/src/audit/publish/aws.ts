import { SinkError } from './sink.ts';

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
  'LimitExceededException',
  'OperationAbortedException',
]);

/** True for what may succeed when it is tried again in a while: throttling, faults of the server, no answer at all. */
export function isTransient(error: unknown): boolean {
  if (error instanceof SinkError) return false;
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  if (name === 'AbortError') return false;
  const status = $metadata?.httpStatusCode;
  return status === undefined || status >= 500 || transient.has(name ?? '');
}
