import { contract } from '@healthcare-ai/contract';
import { z } from 'zod';
import { arn, integer } from './values.ts';

export const edge = z
  .strictObject({
    domainName: z.hostname('must be a host name').describe('Name in the certificate; the canary calls it.'),
    certificateArn: arn('acm')
      .optional()
      .describe("Certificate of the load balancer, in the stage's region. Set this or `edge.hostedZone`."),
    hostedZone: z
      .strictObject({
        id: z
          .string()
          .regex(/^Z[0-9A-Z]{5,31}$/, 'must be the id of a hosted zone such as Z0123456789ABCDEFGHIJ')
          .describe('Id of the public hosted zone.'),
        name: z.hostname('must be a host name').describe('Domain of the zone; `edge.domainName` ends with it.'),
      })
      .optional()
      .describe('Public Route 53 zone in which the stage makes its certificate (DNS validation) and its alias record.'),
    minimumTls: z
      .enum(['tls1.2', 'tls1.3'])
      .default('tls1.2')
      .describe('Oldest TLS version taken. Interface engines in hospitals often lack 1.3; both policies prefer it.'),
    requestsPerMinute: integer(10, 2_000_000)
      .default(contract.edgeRateLimit.perSecond * 60)
      .describe('Requests a minute that the WAF allows an address: raise it for a hospital behind one address.'),
    jwt: z
      .strictObject({
        issuer: z.url().describe('`iss` that a token must carry.'),
        jwksEndpoint: z.url().describe('Where the load balancer fetches the key set.'),
      })
      .optional()
      .describe('Have the load balancer verify a JWT before it forwards (health paths excepted).'),
  })
  .describe('Load balancer and WAF.');
