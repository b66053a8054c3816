import { createHash } from 'node:crypto';
import type { StageConfig } from './schema.ts';

/** Prefix of the copies of key sets in the bucket for operational records. */
const KEY_SET_PREFIX = 'key-sets';

/** A key set that the key-set function copies. */
export interface KeySetSource {
  readonly uri: string;

  /** Key of the copy in the bucket. */
  readonly key: string;
}

type Issuers = StageConfig['service']['issuers'];

const uriOf = ({ keys }: Issuers[number]): string | undefined => (keys as { readonly uri?: string }).uri;

/** Every key set that has to be fetched outside the VPC. */
export const keySetSources = (issuers: Issuers): KeySetSource[] =>
  [...new Set(issuers.map(uriOf).filter((uri) => uri !== undefined))].map((uri) => ({ uri, key: keyOf(uri) }));

const keyOf = (uri: string): string =>
  `${KEY_SET_PREFIX}/${createHash('sha256').update(uri).digest('hex').slice(0, 16)}.json`;

/** `OIDC_ISSUERS` of a task: what the stage says, with the copy in the bucket in place of each URI. */
export const issuersVariable = (issuers: Issuers, bucket: string): string =>
  JSON.stringify(
    issuers.map((issuer) => {
      const uri = uriOf(issuer);
      return uri === undefined ? issuer : { ...issuer, keys: { bucket, key: keyOf(uri) } };
    }),
  );
