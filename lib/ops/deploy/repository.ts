import { DescribeImagesCommand, DescribeRepositoriesCommand, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';

/** How a container tool logs in: the password goes to its standard input. */
export interface RegistryLogin {
  readonly registry: string;
  readonly user: string;
  readonly password: string;
}

/** @returns the digest of an image, or undefined when the repository has none of that tag or digest */
export async function digestOf(
  { clients, names }: Pick<OpsContext, 'clients' | 'names'>,
  image: { readonly imageTag?: string; readonly imageDigest?: string },
): Promise<string | undefined> {
  try {
    const request = new DescribeImagesCommand({ repositoryName: names.repository, imageIds: [image] });
    return (await clients.ecr.send(request)).imageDetails?.[0]?.imageDigest;
  } catch (error) {
    if (error instanceof Error && error.name === 'ImageNotFoundException') return undefined;
    throw error;
  }
}

/** @returns `123456789012.dkr.ecr.us-east-1.amazonaws.com/healthcare-ai-dev` */
export async function repositoryUri({ clients, names }: Pick<OpsContext, 'clients' | 'names'>): Promise<string> {
  const request = new DescribeRepositoriesCommand({ repositoryNames: [names.repository] });
  const uri = (await clients.ecr.send(request)).repositories?.[0]?.repositoryUri;
  if (uri === undefined) throw new OpsFailure(`ECR gives no address of the repository ${names.repository}.`);
  return uri;
}

/** A login that ECR takes for twelve hours. */
export async function registryLogin({ clients }: Pick<OpsContext, 'clients'>): Promise<RegistryLogin> {
  const { authorizationData: [data] = [] } = await clients.ecr.send(new GetAuthorizationTokenCommand({}));
  const [user, password] = Buffer.from(data?.authorizationToken ?? '', 'base64')
    .toString()
    .split(':');
  if (!user || !password || !data?.proxyEndpoint) throw new OpsFailure('ECR gave no login for its registry.');
  return { registry: data.proxyEndpoint.replace(/^https?:\/\//, ''), user, password };
}
