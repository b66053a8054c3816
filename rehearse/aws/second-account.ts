import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AwsClients } from '@healthcare-ai/ops/aws/clients';
import { REGION, SECOND_ACCOUNT } from './emulator.ts';
import { prepareAccount } from './prepared-account.ts';

/** An account beside the first, for a stage of its own. */
export interface SecondAccount {
  readonly clients: AwsClients;

  /** File with the profiles `dev` and `staging`, each of its account. */
  readonly profiles: string;
}

export async function openSecondAccount(
  { sts }: AwsClients,
  endpoint: string,
  folder: string,
  signal: AbortSignal,
): Promise<SecondAccount> {
  const account = { id: SECOND_ACCOUNT, kind: 'fresh' as const, region: REGION };
  const { clients, credentials } = await prepareAccount({ ...account, sts, endpoint, signal });
  const profiles = join(folder, 'credentials');
  const lines = [
    ...['[dev]', 'aws_access_key_id = test', 'aws_secret_access_key = test'],
    ...['[staging]', `aws_access_key_id = ${credentials.accessKeyId}`],
    ...[`aws_secret_access_key = ${credentials.secretAccessKey}`, `aws_session_token = ${credentials.sessionToken}`],
  ];
  writeFileSync(profiles, `${lines.join('\n')}\n`, { mode: 0o600 });
  return { clients, profiles };
}
