import { rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeApiKey } from '@healthcare-ai/contract/api-key';
import { listApiKeys, type StoredApiKey, storeApiKey } from '../identity/api-key-store.ts';
import type { RunningService } from '../runtime/start.ts';

const owner = { tenant: 'local', principal: 'me', roles: ['clinician', 'auditor'] } as const;

/**
 * Shows a newcomer on a laptop the way in. The first start makes an API key: a terminal shows it once; where the output
 * goes to a file or to the log of a container, others read it, so the key goes to a file that its owner alone can read.
 * Only its hash is stored. Every start on a terminal shows a link that signs in once, without the key.
 *
 * @param dataDir folder of the embedded database
 */
export async function welcome(service: RunningService, dataDir: string): Promise<void> {
  const terminal = process.stdout.isTTY;
  const before = await listApiKeys(service.database);
  if (before.length === 0) await makeFirstKey(service, resolve(dataDir, 'first-key'), terminal);
  if (!service.hasPage) return;
  const keys = before.length === 0 ? await listApiKeys(service.database) : before;
  const code = terminal ? codeFor(service, keys) : undefined;
  const page = `${service.url}/app/${code === undefined ? '' : `signin#${code}`}`;
  process.stdout.write(`
Open the page, and see a sample note analysed:

  ${page}${code === undefined ? '' : '\n\nThe link signs you in, once, within the next hour.'}

`);
}

/** A code for the newest key of the owner that is in force. */
function codeFor({ startLink }: RunningService, keys: readonly StoredApiKey[]): string | undefined {
  const key = keys.findLast(
    ({ principal, revokedAt, expiresAt }) =>
      principal.tenant === owner.tenant &&
      principal.name === owner.principal &&
      revokedAt === undefined &&
      (expiresAt === undefined || expiresAt > new Date()),
  );
  return key && startLink?.offer(key);
}

async function makeFirstKey({ url, committer }: RunningService, path: string, terminal: boolean): Promise<void> {
  const key = makeApiKey();
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
