import { GetParameterCommand } from '@aws-sdk/client-ssm';
import type { OpsContext } from '../context.ts';
import { unlessMissing } from './unless-missing.ts';

/** Oldest bootstrap stack that the templates can be deployed through. */
export const OLDEST_BOOTSTRAP = 6;

const DEFAULT_QUALIFIER = 'hnb659fds';

/** The command that prepares a region for CDK. A bootstrap stack with another qualifier needs a name of its own. */
export function bootstrapCommand({ config }: Pick<OpsContext, 'config'>, account: string, region: string): string {
  const { bootstrapQualifier: qualifier, permissionsBoundary } = config;
  return [
    `npx cdk bootstrap aws://${account}/${region}`,
    ...(qualifier === DEFAULT_QUALIFIER
      ? []
      : [`--qualifier ${qualifier} --toolkit-stack-name CDKToolkit-${qualifier}`]),
    ...(permissionsBoundary === undefined ? [] : [`--custom-permissions-boundary ${permissionsBoundary}`]),
  ].join(' ');
}

/** Version of the bootstrap stack of a region; undefined if it has none. */
export async function bootstrapVersion(
  { clientsOf, config }: Pick<OpsContext, 'clientsOf' | 'config'>,
  region: string,
): Promise<number | undefined> {
  const Name = `/cdk-bootstrap/${config.bootstrapQualifier}/version`;
  const found = await unlessMissing('ParameterNotFound', clientsOf(region).ssm.send(new GetParameterCommand({ Name })));
  return found && Number(found.Parameter?.Value);
}
