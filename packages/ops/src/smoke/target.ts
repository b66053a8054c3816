import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { UsageError } from '../errors.ts';

/** Where the API is, and what proves that it is the API. */
export interface Target {
  readonly scheme: 'http' | 'https';
  /** Name or address of the URL, without brackets. */
  readonly host: string;
  readonly port: number;
  /** What to connect to: the host, or an address for it before DNS knows its name. */
  readonly address: string;
  /** Authorities in PEM that may have signed the certificate, instead of the usual ones. */
  readonly authorities?: string;
  /** SHA-256 of the only certificate that is accepted, in upper-case hex with colons, whatever its issuer. */
  readonly pin?: string;
}

export interface TargetOptions {
  readonly address?: string;
  readonly authorities?: string;
  readonly pin?: string;
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

export const isLoopback = ({ address }: Pick<Target, 'address'>): boolean => LOOPBACK.test(address);

/**
 * @throws RangeError when the text is no URL of an API, when a note would cross a network in the clear, or when the pin
 * is no SHA-256
 */
export function targetOf(text: string, { address, authorities, pin }: TargetOptions = {}): Target {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new RangeError('give the URL of the API, such as https://notes.example.org');
  }
  if (url.username || url.password || url.search || url.hash || url.pathname !== '/') {
    throw new RangeError('the URL has a scheme, a name and perhaps a port: no path, no query and no password');
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  const target = {
    scheme,
    host,
    port: url.port ? Number(url.port) : scheme === 'https' ? 443 : 80,
    address: address ?? host,
    authorities,
    pin: pin === undefined ? undefined : fingerprint(pin),
  } as const;
  if (scheme === 'http' && !isLoopback(target)) {
    throw new RangeError(
      'over http:// the key and the note would cross the network in the clear: give an https:// URL',
    );
  }
  return target;
}

/** Options of a command that name the API; `ca` is a file. */
export interface TargetFlags extends Pick<TargetOptions, 'address' | 'pin'> {
  readonly ca?: string;
}

/** @throws UsageError when the options do not name an API, or the file of `ca` has no certificate */
export function readTarget(url: string, { address, pin, ca }: TargetFlags): Target {
  const authorities = ca === undefined ? undefined : authoritiesIn(ca);
  try {
    return targetOf(url, { address, pin, authorities });
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error;
  }
}

function authoritiesIn(path: string): string {
  let pem: string;
  try {
    pem = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read the file of --ca (${(error as NodeJS.ErrnoException).code})`);
  }
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) throw new UsageError('the file of --ca has no certificate in PEM');
  return pem;
}

function fingerprint(pin: string): string {
  const digits = pin
    .replace(/^sha256[:/]/i, '')
    .replaceAll(':', '')
    .toUpperCase();
  if (!/^[0-9A-F]{64}$/.test(digits)) {
    throw new RangeError(
      'the pin is the SHA-256 of the certificate: openssl x509 -noout -fingerprint -sha256 -in cert.pem',
    );
  }
  return digits.match(/../g)!.join(':');
}

/** The name for SNI: an address has none. */
export const serverName = ({ host }: Target): string | undefined => (isIP(host) ? undefined : host);

export const hostHeader = ({ scheme, host, port }: Target): string => {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === (scheme === 'https' ? 443 : 80) ? name : `${name}:${port}`;
};
