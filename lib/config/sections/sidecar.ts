import { z } from 'zod';
import { arn, pinnedImage } from './values.ts';

export const sidecar = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({
      kind: z.literal('datadog'),
      image: pinnedImage.describe('Agent image, by digest.'),
      apiKeySecretArn: arn('secretsmanager').describe('Secret that holds the API key, made by hand.'),
      site: z.hostname().default('datadoghq.com').describe('Datadog site.'),
    }),
    z.strictObject({
      kind: z.literal('adot'),
      image: pinnedImage.describe('Collector image, by digest.'),
    }),
  ])
  .describe('Observability agent beside the service; needs `network.egress: nat`.');
