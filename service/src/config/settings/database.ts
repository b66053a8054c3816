import { contract } from '@healthcare-ai/contract';
import * as z from 'zod';
import { databaseUrl, integer } from './values.ts';

/** Where the data is stored, and by which connections. */
export const databaseSettings = {
  DATA_DIR: z
    .string()
    .default('./data')
    .meta({ description: 'Folder of the embedded database and its master key, if `DATABASE_URL` is not set.' }),
  DATABASE_URL: databaseUrl.optional().meta({
    description:
      'Connection URL of PostgreSQL 15 or later. Required in production. Without it, PGlite stores the data in `DATA_DIR`.',
    secret: true,
  }),
  DATABASE_USER: z.string().optional().meta({ description: 'Overrides the user in `DATABASE_URL`.' }),
  DATABASE_PASSWORD: z
    .string()
    .optional()
    .meta({ description: 'Overrides the password in `DATABASE_URL`.', secret: true }),
  DATABASE_AUTH: z
    .enum(['password', 'iam'])
    .default('password')
    .meta({ description: '`iam` creates an AWS RDS token for each new connection.' }),
  DATABASE_TLS: z.enum(['verify', 'off']).optional().meta({
    description: '`verify` checks the certificate and the host name of the server.',
    shown: '`verify` in production, else `off`',
  }),
  DATABASE_CA_FILE: z.string().optional().meta({
    description: 'PEM bundle of trusted certificate authorities, for `DATABASE_TLS=verify`.',
    shown: "Node's own",
  }),
  SERVICE_ROLE_PASSWORD: z.string().min(16, 'must have at least 16 characters').optional().meta({
    description: 'Password for the role created by `migrate --service-role`. Only that command reads it.',
    secret: true,
  }),
  RETENTION_ROLE_PASSWORD: z.string().min(16, 'must have at least 16 characters').optional().meta({
    description: 'Password for the role created by `migrate --retention-role`. Only that command reads it.',
    secret: true,
  }),
  DATABASE_POOL_SIZE: integer(1, 100)
    .default(contract.database.poolSize)
    .meta({ description: 'Read connections of a process, in addition to those of its lanes.' }),
  LANES: integer(1, 8).default(contract.database.lanes).meta({
    description: 'Concurrent group commits of a process. Each has a connection and an audit chain.',
  }),
};
