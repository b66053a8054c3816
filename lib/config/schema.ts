import { z } from 'zod';
import { accountBaseline } from './sections/account-baseline.ts';
import { alarms } from './sections/alarms.ts';
import { analysis } from './sections/analysis.ts';
import { backup, database } from './sections/database.ts';
import { edge } from './sections/edge.ts';
import { network } from './sections/network.ts';
import { retention } from './sections/retention.ts';
import { service } from './sections/service.ts';
import { sidecar } from './sections/sidecar.ts';
import { arn, region } from './sections/values.ts';

/** Zones of a stage at most: the address plan of the VPC has room for them. */
export const MOST_ZONES = 3;

/** The configuration of one stage. docs/configuration-aws.md is made from it. */
export const stageSchema = z.strictObject({
  account: z
    .string()
    .regex(/^\d{12}$/, 'must be 12 digits')
    .optional()
    .describe('AWS account; without it the templates fit any account.'),
  region: region.describe('AWS region.'),
  availabilityZones: z
    .array(z.string())
    .min(2)
    .max(MOST_ZONES)
    .describe('Two or three zones of the region. Once deployed, add and remove them at the end of the list.'),
  production: z.boolean().default(false).describe('Whether it holds data of real patients: stricter rules apply.'),
  disposable: z
    .boolean()
    .default(false)
    .describe(
      'Whether destroying the stacks destroys the data: no Object Lock, no backup lock, no deletion protection. Refused in production.',
    ),
  bootstrapQualifier: z
    .string()
    .regex(/^[a-z0-9]{1,10}$/, 'must be 1 to 10 lowercase letters and digits')
    .default('hnb659fds')
    .describe('Qualifier of the CDK bootstrap stack: `npx cdk bootstrap --qualifier`.'),
  permissionsBoundary: z
    .string()
    .regex(/^[\w+=,.@/-]{1,128}$/, 'must be the name of a managed policy in the account')
    .optional()
    .describe('Name of the managed policy that every role gets as its permissions boundary.'),
  accountBaseline: accountBaseline.prefault({}),
  network: network.prefault({}),
  edge,
  service: service.prefault({}),
  analysis: analysis.prefault({ engine: 'embedded' }),
  sidecar: sidecar.default({ kind: 'none' }),
  database: database.prefault({}),
  backup: backup.prefault({}),
  retention: retention.prefault({}),
  alarms: alarms.prefault({}),
  auditors: z
    .array(arn('iam'))
    .default([])
    .describe(
      'Principals that may take the auditor role, with MFA. A role of IAM Identity Center (`.../aws-reserved/sso.amazonaws.com/.../AWSReservedSSO_NAME_*`) needs no MFA condition: its sessions carry none, and Identity Center asks for MFA at sign-in.',
    ),
  githubRepository: z
    .string()
    // https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/
    .regex(/^([\w.-]+\/[\w.-]+|[\w.-]+@\d+\/[\w.-]+@\d+)$/, 'must be owner/name, or owner@ID/name@ID')
    .optional()
    .describe(
      'Repository whose workflows, in the environment named as the stage, may deploy, as its OIDC subject names it: `owner@ID/name@ID` if it was made or renamed since July 15, 2026, otherwise `owner/name`.',
    ),
});

/** What a stage file writes: defaults may be left out. */
export type StageInput = z.input<typeof stageSchema>;

/** A checked stage configuration with its name. */
export type StageConfig = z.output<typeof stageSchema> & { readonly stage: string };
