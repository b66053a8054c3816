import { z } from 'zod';

/** What an account has only once: made by this stage, or there already (a landing zone, another stage). */
const once = (description: string) => z.enum(['create', 'existing']).default('create').describe(description);

export const accountBaseline = z
  .strictObject({
    owned: z
      .boolean()
      .default(true)
      .describe('Whether this stage makes the account stack. Of the stages that share an account, one does.'),
    guardDuty: once('GuardDuty detector. `existing` where an organization or another tool has enabled GuardDuty.'),
    config: once('AWS Config recorder and its rules. `existing` in a Control Tower account.'),
    trail: once(
      'Trail of management events. With `existing` the stage records only who reads and writes audit events, and the alarms on management events are left to the existing trail.',
    ),
    rdsHostLogs: once(
      'Log group `RDSOSMetrics`. `existing` where enhanced monitoring of RDS was ever on in the region.',
    ),
    serviceLinkedRoles: once(
      'Service-linked roles of ECS, RDS, Elastic Load Balancing and Application Auto Scaling. `npm run deploy` creates missing ones itself; with `create` CloudFormation does it, which fails in an account that has one of them.',
    ).default('existing'),
    githubOidcProvider: z.boolean().default(false).describe("Make the account's GitHub OIDC provider."),
  })
  .describe('What an account can have only once.');
