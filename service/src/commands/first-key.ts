import { createApiKey, listApiKeys } from '../identity/api-key-store.ts';
import type { RunningService } from '../runtime/start.ts';

const owner = { tenant: 'local', principal: 'me', roles: ['clinician', 'auditor'] } as const;

/**
 * On a laptop the first start makes a key and prints it once, in lines that are ready to paste. It goes to the terminal
 * past the log, and only its hash is kept.
 */
export async function printFirstKey({ url, database, committer }: RunningService): Promise<void> {
  if ((await listApiKeys(database)).length > 0) return;
  const { token } = await committer.change({
    change: (transaction) => createApiKey(transaction, owner),
    event: ({ keyId }) => ({
      action: 'key.create',
      outcome: 'success',
      recordedAt: new Date().toISOString(),
      tenant: owner.tenant,
      subject: keyId,
    }),
  });
  process.stdout.write(`
The first start made an API key for this laptop. It is shown this once:

  ${token}

Send a note:

  curl ${url.startsWith('https') ? '-k ' : ''}${url}/ingest \\
    -H 'Authorization: Bearer ${token}' \\
    -H 'Content-Type: application/json' \\
    -d '{"patient_id":"patient-1","note_text":"Patient reports no chest pain."}'

`);
}
