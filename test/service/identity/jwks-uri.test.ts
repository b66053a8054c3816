import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clientOf } from '../support/client.ts';
import { audience, createIssuer, issuerUrl } from '../support/issuer.ts';
import { startStage } from '../support/stage.ts';

/** The issuer's server of keys, which answers as each test wants it. */
let server: Server;
let answer: RequestListener;
let asked = 0;
beforeAll(async () => {
  server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());

async function withService(work: (status: () => Promise<number>) => Promise<void>, jwksPath = '/keys'): Promise<void> {
  const { port } = server.address() as AddressInfo;
  const stage = await startStage({
    keys: {},
    env: {
      OIDC_ISSUER: issuerUrl,
      OIDC_AUDIENCE: audience,
      OIDC_JWKS_URI: `http://127.0.0.1:${jwksPath === 'refused' ? 1 : port}${jwksPath === 'refused' ? '/' : jwksPath}`,
    },
  });
  try {
    const token = await (await issuer).token();
    await work(async () => (await clientOf(stage.url, token).ingest('p', 'n')).status);
  } finally {
    await stage.stop();
  }
}
const issuer = createIssuer();
const giveKeys: RequestListener = async (_request, response) => {
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify((await issuer).jwks));
};

test('the key set is fetched once and then kept', async () => {
  answer = giveKeys;
  await withService(async (status) => {
    asked = 0;
    expect([await status(), await status(), await status()]).toEqual([200, 200, 200]);
    expect(asked).toBe(1);
  });
});

describe('a key set that cannot be had says nothing about the token, so the answer is 503 and not 401', () => {
  const faults: [string, RequestListener][] = [
    ['500', (_request, response) => response.writeHead(500).end('down')],
    ['404', (_request, response) => response.writeHead(404).end()],
    ['a redirect', (_request, response) => response.writeHead(302, { Location: '/elsewhere' }).end()],
    ['what is not JSON', (_request, response) => response.end('<html>')],
    ['JSON that is no key set', (_request, response) => response.end('{"keys":7}')],
    ['a cut connection', (request) => request.socket.destroy()],
  ];
  test('whatever is wrong with its server, and it works again once the server does', async () => {
    await withService(async (status) => {
      for (const [what, fault] of faults) {
        answer = fault;
        expect([what, await status()]).toEqual([what, 503]);
      }
      answer = giveKeys;
      expect(await status()).toBe(200);
    });
  });

  test('nobody listens', async () => {
    await withService(async (status) => expect(await status()).toBe(503), 'refused');
  });
});
