import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImportCertificateCommand } from '@aws-sdk/client-acm';
import { stages } from '../../lib/config/stages.ts';
import { run } from '../support/run.ts';
import type { AwsWorld } from './world.ts';

export interface KeyPair {
  readonly key: Buffer;
  readonly certificate: Buffer;

  /** File of the certificate. */
  readonly path: string;
}

/** A certificate that is its own authority. */
export async function selfSigned(folder: string, name: string): Promise<KeyPair> {
  const [keyPath, path] = [join(folder, `${name}-key.pem`), join(folder, `${name}.pem`)];
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'],
    ...['-keyout', keyPath, '-out', path, ...subject],
  ]);
  return { key: readFileSync(keyPath), certificate: readFileSync(path), path };
}

/** Imports a certificate for the name of a stage into the account of the clients. @returns its ARN */
export async function importCertificate(
  { clients, folder }: Pick<AwsWorld, 'clients' | 'folder'>,
  stage: keyof typeof stages = 'dev',
): Promise<string> {
  const { key, certificate } = await selfSigned(folder, stages[stage].edge.domainName);
  const request = new ImportCertificateCommand({ Certificate: certificate, PrivateKey: key });
  return (await clients.acm.send(request)).CertificateArn!;
}
