import { join } from 'node:path';
import { ImportCertificateCommand } from '@aws-sdk/client-acm';
import { type Names, namesOf } from '../../lib/config/names.ts';
import { stages } from '../../lib/config/stages.ts';
import type { AwsClients } from '../../packages/ops/src/aws/clients.ts';
import { type Ran, run } from '../support/run.ts';
import { selfSigned } from './certificate.ts';
import { prepareAccount } from './prepared-account.ts';
import { any } from './support.ts';
import type { Variant } from './variants.ts';
import type { AwsWorld } from './world.ts';

/** An account in which one variant is deployed. */
export interface Place {
  readonly variant: Variant;
  readonly account: string;
  readonly region: string;
  readonly folder: string;
  readonly clients: AwsClients;
  readonly names: Names;
  readonly certificate: string;

  /** Variables that point a command to the account. */
  readonly env: Readonly<Record<string, string>>;
}

/** @param number distinguishes the account from that of every other place */
export async function openPlace(world: AwsWorld, variant: Variant, number: string): Promise<Place> {
  const region = variant.region ?? stages[variant.stage].region;
  const account = number.padStart(12, '3');
  const { endpoint } = world.emulator;
  const { signal } = new AbortController();
  const { sts } = world.clients;
  const prepared = await prepareAccount({ sts, endpoint, region, id: account, kind: variant.account, signal });
  const { clients, credentials } = prepared;
  const { key, certificate } = await selfSigned(world.folder, stages[variant.stage].edge.domainName);
  const imported = new ImportCertificateCommand({ Certificate: certificate, PrivateKey: key });
  const { CertificateArn } = await clients.acm.send(imported);
  return {
    ...{ variant, account, region, clients, certificate: CertificateArn! },
    folder: join(world.folder, `variant-${number}`),
    names: namesOf(variant.stage, region),
    env: {
      ...world.env,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
    },
  };
}

/** `npm run deploy` or `npm run ops`, for the stage of a place. Every exit code is accepted. */
export const command = ({ variant, env }: Place, program: 'deploy' | 'ops', args: readonly string[]): Promise<Ran> =>
  run(process.execPath, [`bin/${program}.ts`, ...args, '--stage', variant.stage, '--yes'], {
    ...{ ...any, env, timeout: 600 },
  });
