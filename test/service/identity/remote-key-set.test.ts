import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jwtVerify } from 'jose';
import { remoteKeySet } from '../../../service/src/identity/remote-key-set.ts';
import { createIssuer } from '../support/issuer.ts';

const first = createIssuer('a');
const second = createIssuer('b');

let server: Server;
/** Undefined is an issuer that is down. */
let keys: Promise<{ readonly jwks: unknown }> | undefined;
let asked = 0;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    asked += 1;
    if (!keys) request.socket.destroy();
    else response.end(JSON.stringify((await keys).jwks));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());

const minute = 60_000;
async function setUp() {
  asked = 0;
  keys = first;
  let now = 0;
  const { port } = server.address() as AddressInfo;
  const set = remoteKeySet({ url: new URL(`http://127.0.0.1:${port}/`), clock: () => now });
  const verify = async (issuer: typeof first) => {
    const token = await (await issuer).token();
    return jwtVerify(token, set).then(
      () => 'good',
      (error: { code?: string }) => error.code ?? 'unreachable',
    );
  };
  const pass = (ms: number) => {
    now += ms;
  };
  /** What is fetched beside the requests arrives. */
  const settle = () => new Promise((resolve) => setTimeout(resolve, 100));
  return { verify, pass, settle };
}

test('an issuer that cannot be reached is believed by its last key set for an hour, and no longer', async () => {
  const { verify, pass, settle } = await setUp();
  expect(await verify(first)).toBe('good');
  keys = undefined;
  for (let minutes = 0; minutes < 69; minutes += 1) {
    expect([minutes, await verify(first)]).toEqual([minutes, 'good']);
    pass(minute);
  }
  await settle();
  pass(2 * minute);

  expect(await verify(first)).not.toBe('good');
  keys = first;
  expect(await verify(first)).toBe('good');
});

test('the attempts to reach it are bounded, and no request waits for them', async () => {
  const { verify, pass, settle } = await setUp();
  await verify(first);
  keys = undefined;
  pass(11 * minute);
  asked = 0;

  const started = performance.now();
  expect(await Promise.all(Array.from({ length: 50 }, () => verify(first)))).toEqual(Array(50).fill('good'));
  await settle();
  expect(asked).toBe(1);
  expect(performance.now() - started).toBeLessThan(3_000);
});

test('a new key is fetched when it is first used, at most every 30 seconds', async () => {
  const { verify, pass } = await setUp();
  await verify(first);
  keys = second;

  expect(await verify(second)).toBe('ERR_JWKS_NO_MATCHING_KEY');
  pass(31_000);
  expect(await verify(second)).toBe('good');
  expect(await verify(first)).toBe('ERR_JWKS_NO_MATCHING_KEY');
  expect(asked).toBe(2);
});

test('a key that was withdrawn is believed for ten minutes', async () => {
  const { verify, pass, settle } = await setUp();
  await verify(first);
  keys = second;
  pass(9 * minute);
  expect(await verify(first)).toBe('good');
  pass(2 * minute);
  await verify(first);
  await settle();

  expect(await verify(first)).toBe('ERR_JWKS_NO_MATCHING_KEY');
});
