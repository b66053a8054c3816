import { z } from 'zod';
import { arn, region } from './values.ts';

/** What a site adds to the rules, whichever engine answers. */
const siteTerms = {
  siteProfileSecretArn: arn('secretsmanager')
    .optional()
    .describe(
      'Secret that holds `SITE_PROFILE` as JSON (docs/de-identification.md), made by hand with the key of Secrets Manager.',
    ),
  vocabularies: z
    .array(
      z
        .string()
        .regex(
          /^(rxnorm|dm\+d|icd-10-cm|snomed|local-medications|local-problems)=\/[^,\s]+$/,
          'must be system=/absolute/path of a file in the image',
        ),
    )
    .default([])
    .describe('`VOCABULARIES`: lists of terms as `system=/path`; the files are part of the image (docs/analysis.md).'),
};

export const analysis = z
  .discriminatedUnion('engine', [
    z.strictObject({ engine: z.literal('embedded'), ...siteTerms }),
    z.strictObject({
      engine: z.literal('bedrock'),
      modelId: z
        .string()
        .regex(/^[a-z0-9.:-]+$/, 'must be the id of a foundation model')
        .describe('Foundation model, such as `anthropic.claude-sonnet-4-20250514-v1:0`.'),
      inferenceProfile: z
        .strictObject({
          id: z
            .string()
            .regex(/^(us|us-gov|eu|apac|jp|au|ca|global)\.[a-z0-9.:-]+$/, 'must be the id of an inference profile')
            .describe('System-defined profile, such as `us.anthropic.claude-sonnet-4-20250514-v1:0`.'),
          regions: z
            .array(region)
            .min(1)
            .describe('Regions to which the profile may send text: `aws bedrock get-inference-profile` lists them.'),
        })
        .optional()
        .describe('Cross-region inference profile of the model. Newer models accept no call without one.'),
      send: z
        .enum(['note', 'deidentified'])
        .default('note')
        .describe(
          '`ANALYSIS_SEND`: text that the model gets. `deidentified` sends less; it is not de-identification under 45 CFR 164.514.',
        ),
      toolChoice: z
        .enum(['forced', 'auto'])
        .default('forced')
        .describe('`BEDROCK_TOOL_CHOICE`: `auto` for models that reject a forced tool call or a temperature.'),
      ...siteTerms,
    }),
  ])
  .describe('`ANALYSIS_ENGINE`; `bedrock` adds the endpoint and the permission for one model.');
