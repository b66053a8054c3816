import { Command } from 'commander';
import type { Need } from '../config/cross-checks.ts';
import type { Config } from '../config/read.ts';
import { removeSessionsOf } from '../identity/session-store.ts';
import type { Logger } from '../telemetry/log.ts';
import { UsageError } from './usage-error.ts';
import { runAudited } from './with-database.ts';

/** `sessions`: ends the sessions of a person whose access is withdrawn, at once and everywhere. */
export function sessionsCommand(config: (needs: readonly Need[]) => Config, version: string, log: Logger): Command {
  const sessions = new Command('sessions').description('end sessions of the page');
  sessions
    .command('end')
    .description('end every session of a person; withdraw the access at the identity provider first')
    .requiredOption('--tenant <name>', 'organisation of the person')
    .requiredOption('--principal <name>', 'the person, as named in the audit trail')
    .action(({ tenant, principal }: { tenant: string; principal: string }) =>
      runAudited({ config: config(['database']), version, log, name: 'sessions' }, async ({ change }) => {
        const ended = await change(
          (transaction) => removeSessionsOf(transaction, tenant, principal),
          // The arguments may be anything: the event contains them only if they name a person with a session.
          (count) => ({
            action: 'session.end',
            ...(count > 0
              ? { tenant, principal, outcome: 'success', reason: 'revoked', count }
              : { reason: 'not-found' }),
          }),
        );
        if (ended === 0) throw new UsageError('the person has no session: check the tenant and the principal');
        process.stdout.write(`ended ${ended} ${ended === 1 ? 'session' : 'sessions'}\n`);
      }),
    );
  return sessions;
}
