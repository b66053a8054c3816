import { contract } from '@healthcare-ai/contract';
import * as z from 'zod';
import { siteProfile } from './site-profile.ts';
import { integer, price, url } from './values.ts';
import { vocabularyFiles } from './vocabularies.ts';

/** Which engine analyses notes, and with what. */
export const analysisSettings = {
  ANALYSIS_ENGINE: z.enum(['embedded', 'bedrock']).default('embedded').meta({
    description: 'Analysis engine: `embedded` rules, or a model on Amazon `bedrock`.',
  }),
  ANALYSIS_WORKERS: integer(0, 16).default(1).meta({
    description:
      'Concurrent analyses of a process, one thread each. `0` leaves them to other processes (`analyze-worker`).',
  }),
  ANALYSIS_MAX_ATTEMPTS: integer(1, 20)
    .default(6)
    .meta({ description: 'Attempts before an analysis fails. A failed analysis can be requested again.' }),
  ANALYSIS_SEND: z.enum(['note', 'deidentified']).default('note').meta({
    description:
      'Text sent to a model: the `note`, or its `deidentified` text. The latter is not de-identification under 45 CFR 164.514.',
  }),
  SITE_PROFILE: siteProfile.optional().meta({
    description:
      'Site-specific terms for de-identification, as JSON: `locale`, `staff`, `institutions`, `wards`, `numbers`, `keep`, `remove`. See docs/de-identification.md.',
    secret: true,
  }),
  VOCABULARIES: vocabularyFiles.optional().meta({
    description:
      'Lists of terms and codes that the rules use, as `system=/path` with commas between them. See docs/analysis.md.',
  }),
  BEDROCK_MODEL_ID: z
    .string()
    .regex(/^[A-Za-z0-9.:/_-]{1,2048}$/, 'must be the id or ARN of a model or an inference profile')
    .optional()
    .meta({ description: 'Model or inference profile for `ANALYSIS_ENGINE=bedrock`.' }),
  BEDROCK_TOOL_CHOICE: z.enum(['forced', 'auto']).default('forced').meta({
    description: 'Use `auto` for models that reject a forced tool call or a temperature.',
  }),
  BEDROCK_GUARDRAIL_ID: z
    .string()
    .regex(/^[A-Za-z0-9:/_-]{1,2048}$/, 'must be the id or ARN of a guardrail')
    .optional()
    .meta({ description: 'Amazon Bedrock guardrail applied to every call.' }),
  BEDROCK_GUARDRAIL_VERSION: z
    .string()
    .regex(/^([1-9]\d{0,7}|DRAFT)$/, 'must be a number or DRAFT')
    .optional()
    .meta({ description: 'Version of the guardrail.' }),
  BEDROCK_TIMEOUT_SECONDS: integer(1, contract.timeouts.loadBalancerIdle - 5)
    .default(45)
    .meta({
      description:
        'Timeout for an answer of the model, retries included. It must be below the idle timeout of the load balancer.',
    }),
  BEDROCK_ATTEMPT_TIMEOUT_SECONDS: integer(1, contract.timeouts.loadBalancerIdle - 5)
    .default(30)
    .meta({ description: 'Timeout for one call of the model.' }),
  BEDROCK_INPUT_PRICE: price.optional().meta({
    description: 'Price of 1,000 input tokens, in any currency. Without prices costs are reported as unknown.',
  }),
  BEDROCK_OUTPUT_PRICE: price.optional().meta({ description: 'Price of 1,000 output tokens.' }),
  BEDROCK_ENDPOINT: url(['https:', 'http:'])
    .optional()
    .meta({ description: 'Endpoint of Amazon Bedrock.', shown: 'that of the region' }),
};
