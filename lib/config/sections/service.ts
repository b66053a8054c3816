import { IssuerSettingsError, readIssuers } from '@healthcare-ai/access-tokens/issuer-settings';
import { signInEndpoints } from '@healthcare-ai/access-tokens/sign-in';
import { contract } from '@healthcare-ai/contract';
import { z } from 'zod';
import { integer } from './values.ts';

/** As `OIDC_ISSUERS` of the service has them. Issuers whose keys are at a URI get them by way of the key-set function. */
const issuers = z.array(z.record(z.string(), z.unknown())).superRefine((given, context) => {
  if (given.length === 0) return;
  try {
    for (const { keys } of readIssuers(given, contract.roles)) {
      if ('file' in keys || 'bucket' in keys) {
        context.addIssue({
          code: 'custom',
          message: 'keys must be a uri or jwks: tasks have no files, and the bucket is made',
        });
      }
    }
  } catch (error) {
    if (!(error instanceof IssuerSettingsError)) throw error;
    for (const message of error.faults) context.addIssue({ code: 'custom', message });
  }
});

export const service = z
  .strictObject({
    cpu: z
      .literal([256, 512, 1024, 2048, 4096])
      .default(1024)
      .describe('CPU units of a task. The service is one thread: over 1024 is refused.'),
    memory: integer(512, 30_720).default(2048).describe('Memory of a task, in MiB.'),
    minTasks: integer(0, 1000).default(2).describe('Fewest tasks. 0 lets `npm run ops -- scale` stop the service.'),
    maxTasks: integer(1, 1000).default(6).describe('Most tasks.'),
    cpuTarget: integer(10, 95).default(70).describe('Average CPU, in percent, that scaling holds.'),
    capacity: z.enum(['fargate', 'spot']).default('fargate').describe('`spot` is cheaper and may be taken away.'),
    deployment: z.enum(['rolling', 'canary']).default('rolling').describe('How a new image takes the traffic.'),
    canaryPercent: integer(1, 50).default(10).describe('Share of the traffic that the new image gets first.'),
    bakeMinutes: integer(1, 60).default(10).describe('Minutes that a deployment is watched before it counts as done.'),
    logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('`LOG_LEVEL` of the service.'),
    maxNoteLength: integer(1, 1_000_000).default(contract.maxNoteLength).describe('`MAX_NOTE_LENGTH`, in code points.'),
    rateLimit: z
      .string()
      .regex(/^(off|\d+\/(second|minute|hour))$/, 'must be off or like 600/minute')
      .default('600/minute')
      .describe('`RATE_LIMIT`: requests of one principal, per task.'),
    corsOrigins: z.array(z.url()).default([]).describe('`CORS_ORIGINS`: whose pages may call the API.'),
    databasePoolSize: integer(1, 100)
      .default(contract.database.poolSize)
      .describe('`DATABASE_POOL_SIZE`: connections of a task for reading.'),
    issuers: issuers
      .default([])
      .describe('Identity providers whose access tokens are accepted beside API keys: docs/identity.md.'),
    page: z
      .strictObject({
        authorizationEndpoint: signInEndpoints.shape.authorizationEndpoint.describe(
          'Where the page at `/app` sends people to sign in, at an issuer of `service.issuers`.',
        ),
        tokenEndpoint: signInEndpoints.shape.tokenEndpoint.describe(
          'Where the browser exchanges the code for a token.',
        ),
        endSessionEndpoint: signInEndpoints.shape.endSessionEndpoint.describe(
          "Where signing out ends the provider's own session. With a query of its own it is used as it is.",
        ),
        clientId: signInEndpoints.shape.clientId.describe('Public client with PKCE: it has no secret.'),
        scope: signInEndpoints.shape.scope.describe('Scopes to ask for, such as `openid notes/read`.'),
      })
      .optional()
      .describe('Serve the page at `/app`; not together with `edge.jwt`: docs/page.md.'),
  })
  .describe('Tasks of the service.');
