import { expectations } from '@healthcare-ai/contract/edge-expectations';
import { type Check, CheckFailed, expectThat, NotMade, type SmokeContext } from '../check.ts';
import { codeOf, connect } from '../connect.ts';

const DAY = 86_400_000;

export const tls: Check = {
  name: 'tls',
  claim: 'TLS 1.2 or later, and a certificate that holds for long enough',
  async run(world) {
    if (world.target.scheme === 'http') throw new NotMade('the URL is http://');
    const { protocol, certificate } = await world.client.peer();
    expectThat((expectations.tlsVersions as readonly string[]).includes(protocol), `it negotiates ${protocol}`);
    const days = Math.floor((Date.parse(certificate.valid_to) - Date.now()) / DAY);
    expectThat(days >= 0, 'the certificate has expired');
    expectThat(days >= expectations.certificateDays, `the certificate ends in ${days} days`);
    return `${protocol}, the certificate holds for ${days} days${world.target.pin ? ' (pinned)' : ''}`;
  },
};

/** What a server says when it refuses the version itself; OpenSSL 3.2 renamed one of its alerts. */
const isRefusal = (code: string): boolean =>
  code === 'ECONNRESET' || /ALERT_(PROTOCOL_VERSION|HANDSHAKE_FAILURE|INSUFFICIENT_SECURITY)$/.test(code);

export const oldTls: Check = {
  name: 'old-tls',
  claim: 'TLS 1.1 is refused',
  async run(world) {
    if (world.target.scheme === 'http') throw new NotMade('the URL is http://');
    if (await offers11(world)) throw new CheckFailed('it takes TLS 1.1');
    return 'TLS 1.1 is refused';
  },
};

async function offers11({ target, client }: SmokeContext): Promise<boolean> {
  const { signal, requestTimeoutMs: timeoutMs } = client;
  try {
    // The certificate does not matter, since nothing is sent. OpenSSL speaks TLS 1.1 only below its default security level.
    const tls = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    (await connect(target, { signal, timeoutMs, tls })).destroy();
    return true;
  } catch (error) {
    const code = codeOf((error as Error).cause);
    if (isRefusal(code)) return false;
    if (code === 'unknown') throw error;
    throw new NotMade(`this machine's TLS cannot try it (${code})`);
  }
}
