import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { hmacSha256 } from '../../../service/src/crypto/hmac.ts';

const hex = (bytes: number, value: number) => Buffer.alloc(bytes, value);

describe('hmacSha256', () => {
  test.each([
    ['1', hex(20, 0x0b), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    [
      '2',
      Buffer.from('Jefe'),
      'what do ya want for nothing?',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    [
      '6',
      hex(131, 0xaa),
      'Test Using Larger Than Block-Size Key - Hash Key First',
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
  ])('gives what RFC 4231 has for case %s', (_case, key, text, expected) => {
    expect(hmacSha256(createSecretKey(key), text).toString('hex')).toBe(expected);
  });

  test.each([0, 1, 55, 56, 64, 341, 342, 1_024, 5_000])(
    'agrees with createHmac for a text of %i code units, of any script, one after the other',
    (length) => {
      const keys = [createSecretKey(randomBytes(32)), createSecretKey(randomBytes(64))];
      for (const letter of ['a', 'é', '€', '😀', '\ud800', '\u0000']) {
        const text = letter.repeat(length).slice(0, length);
        for (const key of keys) {
          expect(hmacSha256(key, text)).toEqual(createHmac('sha256', key).update(text).digest());
        }
      }
    },
  );

  test('gives a buffer that later calls do not change', () => {
    const key = createSecretKey(randomBytes(32));
    const first = hmacSha256(key, 'first');
    const copy = Buffer.from(first);
    hmacSha256(key, 'second');

    expect(first).toEqual(copy);
  });
});
