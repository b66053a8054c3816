import { type CertificateDetail, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import type { OpsContext } from '../context.ts';
import { unlessMissing } from './unless-missing.ts';

/** A certificate of the account and region; undefined if there is none of that ARN. */
export async function certificateOf(
  { clients }: Pick<OpsContext, 'clients'>,
  CertificateArn: string,
): Promise<CertificateDetail | undefined> {
  const found = clients.acm.send(new DescribeCertificateCommand({ CertificateArn }));
  return (await unlessMissing('ResourceNotFound', found))?.Certificate;
}

/** The names that a certificate is for. */
export const namesIn = ({ DomainName = '', SubjectAlternativeNames = [] }: CertificateDetail): string[] => [
  ...new Set([DomainName, ...SubjectAlternativeNames]),
];

/** A wildcard matches one label: RFC 6125, 6.4.3. */
export const covers = (pattern: string, name: string): boolean =>
  pattern === name || (pattern.startsWith('*.') && pattern.slice(1) === name.slice(name.indexOf('.')));
