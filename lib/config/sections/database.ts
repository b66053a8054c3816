import { z } from 'zod';
import { integer, region } from './values.ts';

export const database = z
  .strictObject({
    minAcu: z.number().min(0).max(256).multipleOf(0.5).default(0.5).describe('Aurora capacity units at least.'),
    maxAcu: z.number().min(1).max(256).multipleOf(0.5).default(4).describe('Aurora capacity units at most.'),
    readers: integer(0, 15).default(0).describe('Replicas in other zones, ready to take over.'),
    backupDays: integer(1, 35).default(35).describe('Days of point-in-time recovery.'),
    ownAuthorities: z
      .boolean()
      .default(false)
      .describe(
        'Whether the image was built with root certificates in `scripts/rds-roots`, for a region that this release lacks.',
      ),
  })
  .describe('Aurora PostgreSQL, Serverless v2.');

export const backup = z
  .strictObject({
    dailyRetentionDays: integer(7, 3653).default(35).describe('Days that a daily backup is kept.'),
    monthlyRetentionDays: integer(30, 3653).default(365).describe('Days that a monthly backup is kept.'),
    lock: z
      .enum(['governance', 'compliance'])
      .default('governance')
      .describe('Nobody can remove `compliance` after a grace period of three days.'),
    copyRegion: region.optional().describe('Region that also gets every backup.'),
  })
  .describe('AWS Backup.');
