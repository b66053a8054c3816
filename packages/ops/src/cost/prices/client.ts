import { PricingClient } from '@aws-sdk/client-pricing';
import { boundCalls } from '../../aws/call-middleware.ts';
import { type ClientOptions, MAX_ATTEMPTS } from '../../aws/clients.ts';

/** The Price List answers in a few regions, each for all: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html */
const REGION = 'us-east-1';

/** A client that gives up in bounded time and ends with the signal. Needs the right `pricing:GetProducts`. */
export function createPricingClient({
  signal,
  requestTimeoutMs = 20_000,
  ...given
}: Omit<ClientOptions, 'region'>): PricingClient {
  const client = new PricingClient({
    ...given,
    region: REGION,
    maxAttempts: MAX_ATTEMPTS,
    retryMode: 'standard',
    requestHandler: { connectionTimeout: 5000, requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true },
  });
  // Its types are of an older SDK; the middleware stack is the same.
  boundCalls(client as unknown as Parameters<typeof boundCalls>[0], signal);
  return client;
}
