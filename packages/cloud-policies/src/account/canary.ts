import { contract } from '@healthcare-ai/contract';
import type { Policy } from '../core/finding.ts';
import { absent, customerKey, equals, matches, on, optional, unmet } from '../core/requirements.ts';

export const canary: Policy = {
  id: 'canary',
  description: 'The uptime canary runs every few minutes by a runtime that AWS supports.',
  *check(assembly) {
    for (const item of assembly.resources('AWS::Synthetics::Canary')) {
      yield* unmet(item, {
        StartCanaryAfterCreation: optional(on),
        'Schedule.Expression': matches(/^rate\((1 minute|([2-9]|10) minutes)\)$/, 'rate(1 minute) to rate(10 minutes)'),
        'RunConfig.EnvironmentVariables': absent,
        // Artifacts hold requests to the health path alone, so the bucket's own encryption is enough.
        'ArtifactConfig.S3Encryption.EncryptionMode': optional(equals('SSE_KMS', 'SSE_S3')),
        'ArtifactConfig.S3Encryption.KmsKeyArn': optional(customerKey),
        'Code.Script': optional(
          matches(
            new RegExp(`https\\b[\\s\\S]*'${contract.paths.health}'`),
            `a script that calls ${contract.paths.health} by HTTPS`,
          ),
        ),
        RuntimeVersion: matches(
          /^syn-nodejs-(puppeteer-(1[0-9]|[2-9]\d)|playwright-[2-9]|[3-9])/,
          'a runtime that AWS supports',
        ),
      });
      // The core rule set of AWS WAF blocks requests without User-Agent, and Node.js sends none by itself.
      const guarded = assembly.resources('AWS::WAFv2::WebACL').length > 0;
      if (guarded && !/['"]user-agent['"]\s*:/i.test(item.text('Code.Script'))) {
        yield item.fault('Code.Script', 'sends no User-Agent, so the web ACL blocks the canary; set the header');
      }
    }
  },
};
