import {
  type IssuerSettings,
  KEY_SET_BYTES,
  keySetLoader,
  type LoadKeySet,
  parseKeySet,
  readIssuers,
  TokenVerifier,
} from '@healthcare-ai/access-tokens';
import { contract } from '@healthcare-ai/contract';
import type { Config } from '../config/read.ts';

type IssuerConfig = Pick<
  Config,
  | 'OIDC_ISSUERS'
  | 'OIDC_ISSUER'
  | 'OIDC_AUDIENCE'
  | 'OIDC_JWKS'
  | 'OIDC_JWKS_URI'
  | 'OIDC_TENANT_CLAIM'
  | 'OIDC_ROLES_CLAIM'
  | 'OIDC_CARE_TEAMS_CLAIM'
  | 'OIDC_MAX_LIFETIME'
>;

/** The issuers that the configuration trusts. */
export const trustedIssuers = (config: IssuerConfig): readonly IssuerSettings[] =>
  config.OIDC_ISSUERS ?? shortForm(config) ?? [];

/** Verifies the tokens of these issuers; undefined where there is none. */
export function openTokenVerifier(
  issuers: readonly IssuerSettings[],
  config: Pick<Config, 'AWS_REGION'>,
): TokenVerifier | undefined {
  if (issuers.length === 0) return undefined;
  const loaderOf = ({ keys }: IssuerSettings): LoadKeySet =>
    'bucket' in keys ? bucketLoader(keys.bucket, keys.key, config.AWS_REGION) : keySetLoader(keys)!;
  return new TokenVerifier({ issuers, roles: contract.roles, loaderOf });
}

/** The one issuer of `OIDC_ISSUER` and its settings. */
function shortForm(config: IssuerConfig): readonly IssuerSettings[] | undefined {
  if (config.OIDC_ISSUER === undefined) return undefined;
  const claim = (name: string) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const issuer = {
    issuer: config.OIDC_ISSUER,
    audiences: config.OIDC_AUDIENCE,
    keys: config.OIDC_JWKS === undefined ? { uri: config.OIDC_JWKS_URI } : { jwks: config.OIDC_JWKS },
    tenant: { claim: claim(config.OIDC_TENANT_CLAIM) },
    roles: claim(config.OIDC_ROLES_CLAIM),
    careTeams: { claim: claim(config.OIDC_CARE_TEAMS_CLAIM) },
    maxLifetime: config.OIDC_MAX_LIFETIME,
  };
  return readIssuers([issuer], contract.roles);
}

/** Reads the copy that the key-set function of the stage keeps: the tasks have no way to the issuer. */
function bucketLoader(bucket: string, key: string, region: string | undefined): LoadKeySet {
  let client: Promise<{ read(): Promise<{ text: string; modified: Date | undefined }> }> | undefined;
  const open = async () => {
    const { GetObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
    const s3 = new S3Client({ region, maxAttempts: 2 });
    return {
      async read() {
        const abortSignal = AbortSignal.timeout(5_000);
        const input = { Bucket: bucket, Key: key, Range: `bytes=0-${KEY_SET_BYTES}` };
        const { Body, LastModified } = await s3.send(new GetObjectCommand(input), { abortSignal });
        return { text: (await Body?.transformToString()) ?? '', modified: LastModified };
      },
    };
  };
  return async () => {
    client ??= open();
    const { text, modified } = await (await client).read();
    return { jwks: parseKeySet(text), age: modified === undefined ? 0 : Date.now() - modified.getTime() };
  };
}
