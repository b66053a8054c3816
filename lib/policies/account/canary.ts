import type { Policy } from '../core/finding.ts';
import { absent, customerKey, equals, matches, on, optional, unmet } from '../core/requirements.ts';

export const canary: Policy = {
  id: 'canary',
  description: 'The uptime canary runs every few minutes and encrypts what it keeps.',
  *check(assembly) {
    for (const item of assembly.resources('AWS::Synthetics::Canary')) {
      yield* unmet(item, {
        StartCanaryAfterCreation: optional(on),
        'Schedule.Expression': matches(/^rate\((1 minute|([2-9]|10) minutes)\)$/, 'rate(1 minute) to rate(10 minutes)'),
        'RunConfig.EnvironmentVariables': absent,
        'ArtifactConfig.S3Encryption.EncryptionMode': equals('SSE_KMS'),
        'ArtifactConfig.S3Encryption.KmsKeyArn': customerKey,
        RuntimeVersion: matches(
          /^syn-nodejs-(puppeteer-(1[0-9]|[2-9]\d)|playwright-[2-9]|[3-9])/,
          'a runtime that AWS supports',
        ),
      });
    }
  },
};
