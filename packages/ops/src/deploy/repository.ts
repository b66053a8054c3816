import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeImagesCommand, DescribeRepositoriesCommand, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { unlessMissing } from '../aws/unless-missing.ts';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';

/** What a container tool logs in with. */
export interface RegistryLogin {
  readonly registry: string;

  /** User and password in base64, as ECR gives them and a login file holds them. */
  readonly token: string;
}

/** @returns the digest of an image, or undefined when the repository has none of that tag or digest */
export async function digestOf(
  { clients, names }: Pick<OpsContext, 'clients' | 'names'>,
  image: { readonly imageTag?: string; readonly imageDigest?: string },
): Promise<string | undefined> {
  const request = new DescribeImagesCommand({ repositoryName: names.repository, imageIds: [image] });
  return (await unlessMissing('ImageNotFound', clients.ecr.send(request)))?.imageDetails?.[0]?.imageDigest;
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
  if (!data?.authorizationToken || !data.proxyEndpoint) throw new OpsFailure('ECR gave no login for its registry.');
  return { registry: data.proxyEndpoint.replace(/^https?:\/\//, ''), token: data.authorizationToken };
}

/**
 * Lends a login file for as long as `work` takes: what `docker login` would write, without a password on a command line
 * and without changing the operator's logins.
 *
 * @param work is given the folder, in which `config.json` is the file
 */
export async function withLogins<T>(
  logins: readonly RegistryLogin[],
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-login-'));
  try {
    const auths = Object.fromEntries(logins.map(({ registry, token }) => [registry, { auth: token }]));
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths }), { mode: 0o600 });
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
