import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { type CheckResult, runSmoke, type SmokeOptions } from '@healthcare-ai/ops/smoke/run';
import { targetOf } from '@healthcare-ai/ops/smoke/target';
import { selfSigned } from '../../../../service/src/http/self-signed.ts';
import type { TlsMaterial } from '../../../../service/src/http/server.ts';
import { freePort } from '../../../service/support/free-port.ts';
import { healthy, httpServer, httpsServer, type TestServer, tcpServer } from './servers.ts';

const DAY = 86_400_000;
const servers: TestServer[] = [];
let valid: TlsMaterial;

beforeAll(async () => {
  valid = await selfSigned();
});

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function start(server: Promise<TestServer>): Promise<TestServer> {
  const started = await server;
  servers.push(started);
  return started;
}

type Where = Parameters<typeof targetOf>[1];

/** What the checks say of a server: the result of each by its name. */
async function smoke(url: string, where: Where = {}, options: Partial<SmokeOptions> = {}) {
  const { results, ms } = await runSmoke({ target: targetOf(url, where), requestTimeoutMs: 20_000, ...options });
  const of = (name: string): CheckResult => results.find((result) => result.name === name)!;
  return { of, results, ms };
}

const pinOf = ({ cert }: TlsMaterial) => new X509Certificate(cert).fingerprint256;

describe('the certificate', () => {
  it('is taken from an authority that was given', async () => {
    const { port } = await start(httpsServer(valid));
    const { of } = await smoke(`https://localhost:${port}`, { authorities: valid.cert, address: '127.0.0.1' });
    expect(of('tls')).toMatchObject({ state: 'passed', saw: expect.stringMatching(/^TLSv1.3, .* for 36[45] days$/) });
    expect(of('version').state).toBe('passed');
  });

  it('is refused when nobody known signed it', async () => {
    const server = await start(httpsServer(valid));
    const { of } = await smoke(`https://127.0.0.1:${server.port}`);
    expect(of('tls')).toMatchObject({ state: 'failed', saw: expect.stringContaining('self-signed') });
    expect(of('health')).toMatchObject({ state: 'failed', saw: expect.stringContaining('self-signed') });
  });

  it('is refused when it has expired', async () => {
    const expired = await selfSigned(new Date(Date.now() - 400 * DAY));
    const { port } = await start(httpsServer(expired));
    const { of } = await smoke(`https://127.0.0.1:${port}`, { authorities: expired.cert });
    expect(of('tls')).toMatchObject({ state: 'failed', saw: 'the certificate has expired' });
    const pinned = await smoke(`https://127.0.0.1:${port}`, { pin: pinOf(expired) });
    expect(pinned.of('tls')).toMatchObject({ state: 'failed', saw: 'the certificate has expired' });
  });

  it('is refused when it soon expires', async () => {
    const ending = await selfSigned(new Date(Date.now() - 350 * DAY));
    const { port } = await start(httpsServer(ending));
    const { of } = await smoke(`https://127.0.0.1:${port}`, { authorities: ending.cert });
    expect(of('tls').state).toBe('failed');
    expect(of('tls').saw).toMatch(/^the certificate ends in 1[45] days$/);
  });

  it('is refused when it is for another name', async () => {
    const { port } = await start(httpsServer(valid));
    const where = { authorities: valid.cert, address: '127.0.0.1' };
    const { of } = await smoke(`https://notes.example.org:${port}`, where);
    expect(of('tls')).toMatchObject({ state: 'failed', saw: 'the certificate is for another name' });
  });

  it('is taken without an authority and for another name when it is the one pinned', async () => {
    const { port } = await start(httpsServer(valid));
    const where = { pin: pinOf(valid), address: '127.0.0.1' };
    const { of } = await smoke(`https://notes.example.org:${port}`, where);
    expect(of('tls')).toMatchObject({ state: 'passed', saw: expect.stringContaining('(pinned)') });
    expect(of('version').state).toBe('passed');
  });

  it('is refused when another one was pinned, before the key is sent', async () => {
    let requests = 0;
    const { port } = await start(
      httpsServer(valid, (request, response) => {
        requests += 1;
        healthy(request, response);
      }),
    );
    const apiKey = 'hai_0123456789ab_secret';
    const { results } = await smoke(`https://127.0.0.1:${port}`, { pin: 'ab'.repeat(32) }, { apiKey });
    expect(results.find(({ name }) => name === 'note')!.saw).toContain('another than the one pinned');
    expect(requests).toBe(0);
  });
});

describe('the transport', () => {
  it('is faulted when TLS 1.1 is taken', async () => {
    const old = { ...valid, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const { port } = await start(httpsServer(old));
    const { of } = await smoke(`https://127.0.0.1:${port}`, { authorities: valid.cert });
    expect(of('tls').state).toBe('passed');
    expect(of('old-tls')).toMatchObject({ state: 'failed', saw: 'it takes TLS 1.1' });
  });

  it.each([
    // TLS record: alert, fatal; 70 is protocol_version, 40 handshake_failure, 71 insufficient_security.
    ['alert 70', (socket: Socket) => void socket.end(Buffer.from([21, 3, 1, 0, 2, 2, 70]))],
    ['alert 40', (socket: Socket) => void socket.end(Buffer.from([21, 3, 1, 0, 2, 2, 40]))],
    ['alert 71', (socket: Socket) => void socket.end(Buffer.from([21, 3, 1, 0, 2, 2, 71]))],
    ['a reset', (socket: Socket) => void socket.resetAndDestroy()],
    ['the end of the connection', (socket: Socket) => void socket.end()],
  ])('takes %s for a refusal of TLS 1.1', async (_, refuse) => {
    const { port } = await start(tcpServer((socket) => void socket.once('data', () => refuse(socket))));
    const { of } = await smoke(`https://127.0.0.1:${port}`);
    expect(of('old-tls')).toMatchObject({ state: 'passed', saw: 'TLS 1.1 is refused' });
    expect(of('tls').state).toBe('failed');
  });

  it('is faulted when nothing newer than TLS 1.1 is spoken', async () => {
    const old = { ...valid, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const { port } = await start(httpsServer(old));
    const { of } = await smoke(`https://127.0.0.1:${port}`, { authorities: valid.cert });
    expect(of('tls')).toMatchObject({ state: 'failed', saw: 'it speaks no TLS version above 1.1' });
  });

  it('is faulted when plain HTTP answers in place of HTTPS', async () => {
    const { port } = await start(httpServer(healthy));
    const { of } = await smoke(`https://127.0.0.1:${port}`);
    expect(of('tls')).toMatchObject({ state: 'failed', saw: 'what answers there does not speak TLS' });
  });

  it('is faulted when plain HTTP answers beside HTTPS instead of redirecting', async () => {
    const { port } = await start(httpsServer(valid));
    const plain = await start(httpServer(healthy));
    const { of } = await smoke(`https://127.0.0.1:${port}`, { authorities: valid.cert }, { httpPort: plain.port });
    expect(of('redirect')).toMatchObject({ state: 'failed', saw: expect.stringContaining('answers 200') });
  });

  it.each([
    ['to its HTTPS', 'https://127.0.0.1/health', 'passed'],
    ['to another name', 'https://elsewhere.example.org/health', 'failed'],
    ['to plain HTTP', 'http://127.0.0.1/health', 'failed'],
    ['nowhere', undefined, 'failed'],
  ])('judges a redirect %s', async (_, location, state) => {
    const { port } = await start(httpsServer(valid));
    const plain = await start(
      httpServer((_request, response) => void response.writeHead(301, location ? { location } : {}).end()),
    );
    const { of } = await smoke(`https://127.0.0.1:${port}`, { authorities: valid.cert }, { httpPort: plain.port });
    expect(of('redirect').state).toBe(state);
  });

  it('is content when nothing listens for plain HTTP', async () => {
    const { port } = await start(httpsServer(valid));
    const { of } = await smoke(
      `https://127.0.0.1:${port}`,
      { authorities: valid.cert },
      { httpPort: await freePort() },
    );
    expect(of('redirect')).toMatchObject({ state: 'passed', saw: expect.stringContaining('nothing listens') });
  });

  it('says that nothing listens, and ends', async () => {
    const { results, ms } = await smoke(`https://127.0.0.1:${await freePort()}`);
    const failed = results.filter(({ state }) => state === 'failed');
    expect(failed.map(({ saw }) => saw)).toContain('nothing listens there');
    expect(ms).toBeLessThan(10_000);
  });
});

describe('a server that hangs', () => {
  const limits = { requestTimeoutMs: 200, timeoutMs: 700 };

  it.each([
    ['never answers a connection', () => tcpServer(() => {}), 'https'],
    ['never answers a request', () => httpServer(() => {}), 'http'],
    ['never ends its answer', () => httpServer((_, response) => void response.writeHead(200).write('{')), 'http'],
    [
      'answers one byte at a time',
      () =>
        httpServer((_, response) => {
          const timer = setInterval(() => response.write(' '), 20);
          response.on('close', () => clearInterval(timer));
        }),
      'http',
    ],
  ])('that %s is left in time', async (_, server, scheme) => {
    const { port } = await start(server());
    const { results, ms } = await smoke(`${scheme}://127.0.0.1:${port}`, {}, limits);
    expect(ms).toBeLessThan(10_000);
    expect(results.map(({ saw }) => saw)).toContain('the time limit was reached before this check');
    expect(results.find(({ name }) => name === (scheme === 'https' ? 'tls' : 'health'))!.saw).toMatch(/within 0.2 s$/);
  });

  it('that never ends its answer does not fill the memory', async () => {
    const { port } = await start(
      httpServer((_, response) => {
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
        };
        response.on('drain', more);
        more();
      }),
    );
    const { of } = await smoke(`http://127.0.0.1:${port}`);
    expect(of('health').saw).toBe('the answer is longer than 1048576 bytes');
  });

  it('is left at once when the test is interrupted', async () => {
    const { port } = await start(httpServer(() => {}));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    const { results, ms } = await smoke(`http://127.0.0.1:${port}`, {}, { signal: stop.signal });
    // Each check would wait for twenty seconds.
    expect(ms).toBeLessThan(10_000);
    expect(results.at(-1)!.saw).toContain('interrupted');
  });

  it('cuts connections and is told so', async () => {
    const { port } = await start(tcpServer((socket) => void socket.once('data', () => socket.resetAndDestroy())));
    const { of } = await smoke(`http://127.0.0.1:${port}`);
    expect(of('health').saw).toBe('the connection was cut');
  });
});
