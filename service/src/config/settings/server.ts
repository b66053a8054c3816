import { contract } from '@healthcare-ai/contract';
import * as z from 'zod';
import { integer, origins } from './values.ts';

/** How the process listens, and how it stops. */
export const serverSettings = {
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('development')
    .meta({ description: 'In `production` no value is generated: a missing setting stops the start.' }),
  STAGE: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be a short lower-case name')
    .default('local')
    .meta({ description: 'Name of the deployment stage: bound to every data key, and a dimension of every metric.' }),
  HOST: z.string().default('127.0.0.1').meta({ description: 'Address to listen on. Use `0.0.0.0` in a container.' }),
  PORT: integer(0, 65_535).default(contract.port).meta({ description: 'Port of the API. 0 selects a free port.' }),
  METRICS_PORT: integer(0, 65_535)
    .default(contract.metricsPort)
    .meta({ description: 'Port of `/metrics`, on `HOST`. Do not expose it through a load balancer.' }),
  WORKERS: integer(1, 64)
    .default(1)
    .meta({ description: 'Number of processes that share the port. More than one requires `DATABASE_URL`.' }),
  TLS: z.enum(['off', 'self-signed', 'file']).optional().meta({
    description:
      '`off` serves HTTP, `self-signed` serves HTTPS with a certificate created at start (behind a load balancer), `file` uses `TLS_CERT_FILE` and `TLS_KEY_FILE`. Required in production.',
    shown: '`off`',
  }),
  TLS_CERT_FILE: z.string().optional().meta({ description: 'PEM certificate chain, with `TLS=file`.' }),
  TLS_KEY_FILE: z.string().optional().meta({ description: 'PEM private key, with `TLS=file`.' }),
  TRUST_PROXY_HOPS: integer(0, 8).default(0).meta({
    description:
      'Number of trusted proxies in front of the service: how many entries of `X-Forwarded-For`, from the right, are trusted.',
  }),
  CORS_ORIGINS: origins
    .default([])
    .meta({ description: 'Origins allowed by CORS, such as `["https://app.example.org"]`.', shown: 'none' }),
  SHUTDOWN_DELAY_SECONDS: integer(0, 300)
    .optional()
    .meta({
      description: 'After SIGTERM, how long the process keeps serving while `/health` returns 503.',
      shown: `\`${contract.timeouts.shutdownDelay}\` in production, else \`0\``,
    }),
  SHUTDOWN_DEADLINE_SECONDS: integer(1, 600)
    .default(contract.timeouts.shutdownDeadline)
    .meta({ description: 'Shutdown deadline after SIGTERM. Keep it below the stop timeout of the platform.' }),
};
