import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { type AwsClients, createClients } from '@healthcare-ai/ops/aws/clients';
import { REGION, SECOND_ACCOUNT } from './emulator.ts';

/** An account beside the first, for a stage of its own. */
export interface SecondAccount {
  readonly clients: AwsClients;

  /** File with the profiles `dev` and `staging`, each of its account. */
  readonly profiles: string;
}

/** Opens the second account by a role in it, as an organisation's administrator does. */
export async function openSecondAccount(
  first: AwsClients,
  endpoint: string,
  folder: string,
  signal: AbortSignal,
): Promise<SecondAccount> {
  const RoleArn = `arn:aws:iam::${SECOND_ACCOUNT}:role/administrator`;
  const { Credentials } = await first.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'rehearsal' }));
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials!;
  const credentials = { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! };
  const profiles = join(folder, 'credentials');
  const lines = [
    ...['[dev]', 'aws_access_key_id = test', 'aws_secret_access_key = test'],
    ...['[staging]', `aws_access_key_id = ${AccessKeyId}`, `aws_secret_access_key = ${SecretAccessKey}`],
    `aws_session_token = ${SessionToken}`,
  ];
  writeFileSync(profiles, `${lines.join('\n')}\n`, { mode: 0o600 });
  return { clients: createClients({ region: REGION, endpoint, credentials, signal }), profiles };
}
