import { createSecretKey, randomBytes } from 'node:crypto';
import { IvSource, open, type SealContext, seal } from '../../../service/src/crypto/envelope.ts';
import fc from '../support/properties.ts';

const key = createSecretKey(randomBytes(32));
const context: SealContext = {
  auditId: '01a208c6-9208-7b97-aef0-798c34c763d5',
  tenant: 'north',
  patientRef: randomBytes(32),
  keyId: '3f0e0f6e-6a4c-4e0c-9d2a-0a4c2f8f9a10',
};
const content = { patientId: 'MRN-7', noteText: ' Ärztin sah 👩‍⚕️ \r\n' };

describe('a sealed note', () => {
  test('[164.312(a)(2)(iv)] opens to exactly what was sealed, whatever well-formed text it was', () => {
    const wellFormed = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(wellFormed, wellFormed, (patientId, noteText) => {
        const sealed = seal({ patientId, noteText }, context, key, new IvSource());
        expect(open(sealed, context, key)).toEqual({ patientId, noteText });
      }),
    );
  });

  test('[164.312(c)(2)] does not open after any one of its bits was changed', () => {
    const sealed = seal(content, context, key, new IvSource());
    for (let byte = 0; byte < sealed.length; byte++) {
      const changed = Buffer.from(sealed);
      changed[byte]! ^= 1 << (byte % 8);
      expect(() => open(changed, context, key)).toThrow();
    }
  });

  test.each([
    ['another note', { auditId: '01a208c6-9208-7b97-aef0-798c34c763d6' }],
    ['another tenant', { tenant: 'south' }],
    ['another patient', { patientRef: randomBytes(32) }],
    ['a care team', { careTeam: 'cardiology' }],
    ['another data key', { keyId: '3f0e0f6e-6a4c-4e0c-9d2a-0a4c2f8f9a11' }],
  ])('[164.312(c)(2)] does not open when its row is passed off as that of %s', (_name, other) => {
    const sealed = seal(content, context, key, new IvSource());
    expect(() => open(sealed, { ...context, ...other }, key)).toThrow();
  });

  test('[164.312(a)(2)(iv)] does not open with another key', () => {
    const sealed = seal(content, context, key, new IvSource());
    expect(() => open(sealed, context, createSecretKey(randomBytes(32)))).toThrow();
  });

  test('never has the IV of another, over many draws of random bytes', () => {
    const ivs = new IvSource();
    const seen = new Set<string>();
    for (let count = 0; count < 5_000; count++) {
      seen.add(seal(content, context, key, ivs).subarray(1, 13).toString('hex'));
    }
    expect(seen.size).toBe(5_000);
  });
});
