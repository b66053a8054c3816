import * as z from 'zod';
import { flag, integer } from './values.ts';

/** Logs and metrics. */
export const telemetrySettings = {
  LOG_LEVEL: z
    .string()
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(['debug', 'info', 'warn', 'warning', 'error'], 'must be debug, info, warn or error'))
    .transform((level) => (level === 'warning' ? 'warn' : level))
    .default('info')
    .meta({ description: '`debug`, `info`, `warn` or `error`. Case is ignored.' }),
  LOG_FORMAT: z
    .enum(['json', 'text'])
    .optional()
    .meta({ description: '`json`, or human-readable `text`.', shown: '`json` in production, else `text`' }),
  DEBUG: flag.default(false).meta({ description: '`true` sets `LOG_LEVEL=debug`. Not allowed in production.' }),
  EMF_NAMESPACE: z
    .string()
    .regex(/^[A-Za-z0-9/_.#:-]{1,255}$/, 'must be the name of a CloudWatch namespace')
    .optional()
    .meta({
      description:
        'CloudWatch namespace. If set, the service writes metrics to stdout each minute in Embedded Metric Format.',
    }),
  DD_AGENT_HOST: z
    .string()
    .optional()
    .meta({ description: 'Host of the Datadog agent. If set, the service sends metrics to it by DogStatsD.' }),
  DD_DOGSTATSD_PORT: integer(1, 65_535).default(8125).meta({ description: 'UDP port of the Datadog agent.' }),
};
