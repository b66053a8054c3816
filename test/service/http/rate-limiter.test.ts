import { addressGroup, canonicalAddress } from '../../../service/src/http/client-address.ts';
import { RateLimiter } from '../../../service/src/http/rate-limiter.ts';

test('a clock that is set back locks nobody out', () => {
  const limiter = new RateLimiter({ count: 2, seconds: 60 });
  limiter.take('a');
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000);
  limiter.take('a');
  const refused = limiter.take('a');
  clock.mockRestore();

  expect(refused.allowed).toBe(false);
  expect(refused.reset).toBeLessThanOrEqual(60);
});

test('a flood of other parties forgets the oldest windows, and not all of them', () => {
  const limiter = new RateLimiter({ count: 1, seconds: 60 });
  for (let n = 0; n < 100_000; n++) limiter.take(`party-${n}`, n / 1_000);
  limiter.take('one more', 100);

  expect(limiter.isExhausted('party-0', 100)).toBe(false);
  expect(limiter.isExhausted('party-1', 100)).toBe(true);
  expect(limiter.isExhausted('party-99999', 100)).toBe(true);
});

test('to ask whether a party is at its limit counts nothing', () => {
  const limiter = new RateLimiter({ count: 1, seconds: 60 });
  for (let n = 0; n < 5; n++) expect(limiter.isExhausted('a')).toBe(false);
  expect(limiter.take('a').allowed).toBe(true);
  expect(limiter.isExhausted('a')).toBe(true);
  expect(limiter.isExhausted('a', performance.now() + 61_000)).toBe(false);
});

test.each([
  ['198.51.100.8', '198.51.100.8'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['fe80::1', 'fe80:0:0:0::/64'],
  ['1:2:3:4:5:6:7:8', '1:2:3:4::/64'],
  ['64:ff9b::198.51.100.8', '64:ff9b:0:0::/64'],
  ['1:2:3::4:5:6', '1:2:3:0::/64'],
])('%s is counted as %s', (address, group) => {
  expect(addressGroup(canonicalAddress(address)!)).toBe(group);
});
