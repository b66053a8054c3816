import * as z from 'zod';
import { analysisSettings } from './settings/analysis.ts';
import { databaseSettings } from './settings/database.ts';
import { encryptionSettings } from './settings/encryption.ts';
import { identitySettings } from './settings/identity.ts';
import { limitSettings } from './settings/limits.ts';
import { serverSettings } from './settings/server.ts';
import { telemetrySettings } from './settings/telemetry.ts';
import { trailSettings } from './settings/trail.ts';

/**
 * Every environment variable that the service reads. The table in docs/configuration.md is made from it, so each has
 * a description, and `shown` where the default is not a plain value.
 */
export const environment = z.object({
  ...serverSettings,
  ...telemetrySettings,
  ...limitSettings,
  ...databaseSettings,
  ...encryptionSettings,
  ...trailSettings,
  AWS_REGION: z.string().optional().meta({ description: 'Region of KMS and RDS. Amazon ECS sets it.' }),
  ...identitySettings,
  ...analysisSettings,
});

export type Environment = z.output<typeof environment>;

/** Settings that may be given as the path of a file, in NAME_FILE: Docker and Kubernetes mount secrets so. */
export const fileSettings = [
  'DATABASE_URL',
  'DATABASE_PASSWORD',
  'SERVICE_ROLE_PASSWORD',
  'RETENTION_ROLE_PASSWORD',
  'ENCRYPTION_KEY',
  'ENCRYPTION_KEY_PREVIOUS',
  'AUDIT_SIGNING_KEY',
  'AUDIT_SIGNING_KEY_NEXT',
  'OIDC_ISSUERS',
  'OIDC_JWKS',
  'SITE_PROFILE',
] as const;
