import { KeySetUnavailableError, keySetTimes, readIssuers, TokenVerifier } from '@healthcare-ai/access-tokens';
import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';

const { refreshAfter, cooldown, maxAge } = keySetTimes;
const minute = 60_000;

/** An issuer that can rotate its keys, go away, and be served by copies; and a service with a clock of its own. */
async function makeWorld() {
  const pairs = await Promise.all(['old', 'new'].map(async (kid) => ({ kid, ...(await generateKeyPair('ES256')) })));
  const jwkOf = async (kid: string) => ({
    ...(await exportJWK(pairs.find((pair) => pair.kid === kid)!.publicKey)),
    kid,
  });
  const world = { clock: 0, wall: 1_790_000_000_000, published: ['old'], reachable: true, age: 0, loads: 0 };
  const issuers = readIssuers(
    [{ issuer: 'https://x', audiences: 'a', keys: { uri: 'https://x/keys' }, tenant: 'north' }],
    ['clinician'],
  );
  const verifier = new TokenVerifier({
    issuers,
    roles: ['clinician'],
    loaderOf: () => async () => {
      world.loads += 1;
      if (!world.reachable) throw new Error('unreachable');
      const jwks: JSONWebKeySet = { keys: await Promise.all(world.published.map(jwkOf)) };
      return { jwks, age: world.age };
    },
    now: () => world.wall,
    clock: () => world.clock,
  });
  /** The fault of a fresh token that is signed by a key; `none` where it is accepted. */
  const faultOf = async (kid: string) => {
    const iat = Math.floor(world.wall / 1000);
    const { privateKey } = pairs.find((pair) => pair.kid === kid)!;
    const token = await new SignJWT({
      iss: 'https://x',
      aud: 'a',
      sub: 'dr-lee',
      roles: ['clinician'],
      iat,
      exp: iat + 60,
    })
      .setProtectedHeader({ alg: 'ES256', kid })
      .sign(privateKey);
    return (await verifier.verify(token)).fault ?? 'none';
  };
  const pass = (ms: number) => {
    world.clock += ms;
    world.wall += ms;
  };
  return { world, faultOf, pass };
}

it('loads the key set once for many tokens', async () => {
  const { world, faultOf } = await makeWorld();
  expect(await Promise.all(Array.from({ length: 20 }, () => faultOf('old')))).toEqual(Array(20).fill('none'));
  expect(world.loads).toBe(1);
});

it('accepts a new key at once, and loads at most every 30 seconds for keys that nobody published', async () => {
  const { world, faultOf, pass } = await makeWorld();
  await faultOf('old');
  expect(await faultOf('new')).toBe('signature');
  world.published = ['old', 'new'];
  pass(cooldown);
  expect(await faultOf('new')).toBe('none');

  world.published = ['old'];
  const before = world.loads;
  pass(refreshAfter + 1);
  for (let count = 0; count < 50; count++) await faultOf('new');
  expect(world.loads - before).toBe(1);
});

it('refuses a withdrawn key after five minutes: the first token after that may still be accepted', async () => {
  const { world, faultOf, pass } = await makeWorld();
  await faultOf('old');
  world.published = ['new'];
  pass(refreshAfter + 1);
  await faultOf('old');
  await new Promise(setImmediate);
  expect(await faultOf('old')).toBe('signature');
});

it('survives an outage of the issuer for 24 hours with the last good copy, and no longer', async () => {
  const { world, faultOf, pass } = await makeWorld();
  await faultOf('old');
  world.reachable = false;
  for (let hours = 0; hours < 23; hours++) {
    pass(60 * minute);
    expect(await faultOf('old')).toBe('none');
  }
  pass(60 * minute + 1);
  await expect(faultOf('old')).rejects.toThrow(KeySetUnavailableError);
  world.reachable = true;
  pass(cooldown);
  expect(await faultOf('old')).toBe('none');
});

it('counts the age of a copy that somebody else keeps', async () => {
  const { world, faultOf, pass } = await makeWorld();
  world.age = maxAge - minute;
  expect(await faultOf('old')).toBe('none');
  world.age = maxAge + minute;
  pass(refreshAfter + 1);
  await expect(faultOf('old')).rejects.toThrow(KeySetUnavailableError);
});

it('ages by the monotonic clock: a wall clock that is set back or forward changes nothing', async () => {
  const { world, faultOf } = await makeWorld();
  await faultOf('old');
  for (const leap of [-10 * maxAge, 20 * maxAge]) {
    world.wall += leap;
    expect(await faultOf('old')).toBe('none');
  }
  expect(world.loads).toBe(1);
});
