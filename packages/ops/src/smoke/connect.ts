import { connect as connectPlain, type Socket } from 'node:net';
import { type ConnectionOptions, checkServerIdentity, connect as connectTls, type TLSSocket } from 'node:tls';
import { CheckFailed } from './check.ts';
import { serverName, type Target } from './target.ts';

export interface ConnectOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;

  /**
   * Overrides the TLS options.
   *
   * @default - TLS 1.2 at least
   */
  readonly tls?: Pick<ConnectionOptions, 'minVersion' | 'maxVersion' | 'ciphers'>;
}

/**
 * Connects, and proves who answers before anything is sent.
 *
 * @throws CheckFailed on a timeout, without TLS where TLS is asked for, or with a certificate that does not hold
 */
export function connect(target: Target, options: ConnectOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = open(target, options);
    const end = (error: Error) => {
      socket.destroy();
      reject(error instanceof CheckFailed ? error : new CheckFailed(describe(error), { cause: error }));
    };
    const abort = () => end(new CheckFailed('stopped before it was connected'));
    const timer = setTimeout(
      () => end(new CheckFailed(`no connection within ${options.timeoutMs / 1000} s`)),
      options.timeoutMs,
    );
    if (options.signal.aborted) abort();
    options.signal.addEventListener('abort', abort, { once: true });
    // It stays: an error after the hand-over belongs to the request, but one without a listener would end the process.
    socket.on('error', end);
    socket.once('close', () => end(new CheckFailed('the connection was closed at once')));
    socket.once(target.scheme === 'https' ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      options.signal.removeEventListener('abort', abort);
      const seen = target.pin && (socket as TLSSocket).getPeerCertificate().fingerprint256;
      if (seen === target.pin) resolve(socket);
      else end(new CheckFailed(`the certificate is another than the one pinned: it is ${seen}`));
    });
    socket.once('close', () => {
      clearTimeout(timer);
      options.signal.removeEventListener('abort', abort);
    });
  });
}

function open(target: Target, { tls }: ConnectOptions): Socket {
  const { address: host, port } = target;
  if (target.scheme === 'http') return connectPlain({ host, port });
  return connectTls({
    host,
    port,
    servername: serverName(target),
    ca: target.authorities,
    // A pin says more than a chain and a name do; it is compared before anything is sent.
    rejectUnauthorized: target.pin === undefined,
    checkServerIdentity: (_, certificate) => checkServerIdentity(target.host, certificate),
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    ...tls,
  });
}

const meanings: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ENOTFOUND: 'the name does not resolve',
  EAI_AGAIN: 'the name cannot be resolved just now',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ETIMEDOUT: 'no connection in time',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed: give it with --ca, or --pin it',
  SELF_SIGNED_CERT_IN_CHAIN: 'no known authority signed the certificate: give the authority with --ca',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'no known authority signed the certificate, or its chain is not sent whole',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'no known authority signed the certificate, or its chain is not sent whole',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'what answers there does not speak TLS',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'what answers there does not speak TLS',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'it speaks no TLS version above 1.1',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'it speaks no TLS version above 1.1',
};

export const codeOf = (error: unknown): string =>
  String((error as NodeJS.ErrnoException | undefined)?.code ?? 'unknown');

/** By its code alone: a message may carry what the other side sent. */
export function describe(error: unknown): string {
  const code = codeOf(error);
  return meanings[code] ?? `the connection failed (${code.replaceAll(/[^A-Za-z0-9_]/g, '').slice(0, 60)})`;
}
