import { z } from 'zod';
import { integer } from './values.ts';

/** Days that CloudWatch Logs accepts: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Six years, the retention of 45 CFR 164.316(b)(2)(i), in days: two of the six may be leap years. */
export const SIX_YEARS = 2192;

const days = z.literal([...retentionDays]);

export const retention = z
  .strictObject({
    applicationLogs: days.default(365).describe('Days of application, database, WAF and flow logs.'),
    audit: days.default(SIX_YEARS).describe('Days of audit events and CloudTrail: six years in production.'),
    accessLogs: integer(90, 3653).default(SIX_YEARS).describe('Days of load balancer and bucket access logs.'),
  })
  .describe('How long records are kept, in days.');
