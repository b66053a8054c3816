import { GetParameterCommand } from '@aws-sdk/client-ssm';
import type { OpsContext } from '../context.ts';
import { unlessMissing } from './unless-missing.ts';

/** Oldest bootstrap stack that the templates can be deployed through. */
export const OLDEST_BOOTSTRAP = 6;

/** Version of the bootstrap stack of a region; undefined if it has none. */
export async function bootstrapVersion(
  { clientsOf, config }: Pick<OpsContext, 'clientsOf' | 'config'>,
  region: string,
): Promise<number | undefined> {
  const Name = `/cdk-bootstrap/${config.bootstrapQualifier}/version`;
  const found = await unlessMissing('ParameterNotFound', clientsOf(region).ssm.send(new GetParameterCommand({ Name })));
  return found && Number(found.Parameter?.Value);
}
