import { DescribeKeyCommand, GetKeyRotationStatusCommand } from '@aws-sdk/client-kms';
import { unlessMissing } from '../../aws/unless-missing.ts';
import type { OpsContext } from '../../context.ts';
import { type DoctorCheck, deployCommand, fault, ok, Unknown } from '../check.ts';

/** The customer keys of a stage by their aliases, as lib/constructs/audit/stage-keys.ts makes them. */
const encrypting = ['data', 'logs', 'audit', 'database', 'images', 'topics', 'backups'] as const;
const signing = 'signing';

export const kmsKeys: DoctorCheck = {
  name: 'KMS keys',
  async run({ context, stack }) {
    if (!(await stack('audit'))) throw new Unknown('the stack with the keys is not deployed', deployCommand(context));
    const names = [...encrypting, signing];
    const faults = (await Promise.all(names.map((name) => faultOf(context, name)))).flat();
    if (faults.length === 0) return ok(`${names.length} enabled, ${encrypting.length} rotating`);
    return fault(faults.map(({ saw }) => saw).join('; '), faults.map(({ fix }) => fix).join('; '));
  },
};

interface KeyFault {
  readonly saw: string;
  readonly fix: string;
}

async function faultOf({ clients, names, stage }: OpsContext, name: string): Promise<KeyFault[]> {
  const alias = `alias/${names.base}/${name}`;
  const found = await unlessMissing('NotFound', clients.kms.send(new DescribeKeyCommand({ KeyId: alias })));
  if (found === undefined) {
    return [{ saw: `there is no key ${alias}`, fix: `npx cdk deploy '${stage}/audit' -c stage=${stage}` }];
  }
  const { KeyMetadata: key } = found;
  const KeyId = key?.KeyId ?? alias;
  if (key?.KeyState === 'PendingDeletion') {
    const saw = `${name} is deleted on ${key.DeletionDate?.toISOString().slice(0, 10)}`;
    return [{ saw, fix: `aws kms cancel-key-deletion --key-id ${KeyId} && aws kms enable-key --key-id ${KeyId}` }];
  }
  if (key?.KeyState !== 'Enabled') {
    return [{ saw: `${name} is ${key?.KeyState}`, fix: `aws kms enable-key --key-id ${KeyId}` }];
  }
  if (name === signing) return [];
  const { KeyRotationEnabled } = await clients.kms.send(new GetKeyRotationStatusCommand({ KeyId }));
  return KeyRotationEnabled
    ? []
    : [{ saw: `${name} does not rotate`, fix: `aws kms enable-key-rotation --key-id ${KeyId}` }];
}
