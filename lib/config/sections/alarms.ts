import { z } from 'zod';
import { integer } from './values.ts';

export const alarms = z
  .strictObject({
    emails: z.array(z.email()).default([]).describe('Addresses that get the alarms. Each confirms once.'),
    latencyP99Seconds: z.number().min(0.05).max(60).default(1).describe('p99 of the load balancer, in seconds.'),
    serverErrors: integer(1, 100_000).default(5).describe('5xx answers in a minute.'),
    wafBlocks: integer(1, 1_000_000).default(500).describe('Requests refused by the WAF in five minutes.'),
    uptimeCheckMinutes: integer(0, 60)
      .default(5)
      .describe('Minutes between two calls of the uptime canary; each call costs. 0 for no canary.'),
    monthlyBudgetUsd: integer(1, 10_000_000).default(500).describe('US dollars a month.'),
  })
  .describe('Who gets alarms, and when.');
