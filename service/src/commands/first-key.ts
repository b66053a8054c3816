import { rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeApiKey } from '@healthcare-ai/contract/api-key';
import { listApiKeys, storeApiKey } from '../identity/api-key-store.ts';
import type { RunningService } from '../runtime/start.ts';

const owner = { tenant: 'local', principal: 'me', roles: ['clinician', 'auditor'] } as const;

/**
 * Makes an API key at the first start on a laptop. A terminal shows it once; where the output goes to a file or to the
 * log of a container, others read it, so the key goes to a file that its owner alone can read. Only its hash is stored.
 *
 * @param dataDir folder of the embedded database
 */
export async function makeFirstKey({ url, database, committer }: RunningService, dataDir: string): Promise<void> {
  if ((await listApiKeys(database)).length > 0) return;
  const key = makeApiKey();
  const path = resolve(dataDir, 'first-key');
  const terminal = process.stdout.isTTY;
  if (!terminal) {
    rmSync(path, { force: true });
    writeFileSync(path, `${key.token}\n`, { mode: 0o600, flag: 'wx' });
  }
  await committer.change({
    change: (transaction) => storeApiKey(transaction, key, owner),
    event: () => ({
      action: 'key.create',
      outcome: 'success',
      recordedAt: new Date().toISOString(),
      tenant: owner.tenant,
      subject: key.keyId,
    }),
  });
  const [message, token] = terminal
    ? [`The first start made an API key for this laptop. It is shown this once:\n\n  ${key.token}`, key.token]
    : [`The first start wrote an API key to ${path}, which only you can read.`, `'"$(cat '${path}')"'`];
  process.stdout.write(`
${message}

Send a note:

  curl ${url.startsWith('https') ? '-k ' : ''}${url}/ingest \\
    -H 'Authorization: Bearer ${token}' \\
    -H 'Content-Type: application/json' \\
    -d '{"patient_id":"patient-1","note_text":"Patient reports no chest pain."}'

`);
}
