import { isUuid, uuidV7Maker } from '../../../service/src/ids/uuid-v7.ts';

describe('a UUID of version 7', () => {
  test('has version, variant and time where RFC 9562 puts them', () => {
    const id = uuidV7Maker()(0x0123456789ab);
    expect(id).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(isUuid(id)).toBe(true);
  });

  test('sorts by the time it was made', () => {
    const make = uuidV7Maker();
    const ids = [1_000, 2_000, 1_800_000_000_000].map((time) => make(time));
    expect([...ids].sort()).toEqual(ids);
  });

  test('does not repeat within one millisecond', () => {
    const make = uuidV7Maker();
    expect(new Set(Array.from({ length: 20_000 }, () => make(1_800_000_000_000))).size).toBe(20_000);
  });
});

test.each(['', 'x', '01234567-89AB-7000-8000-000000000000', '../../etc', '01234567-89ab-7000-8000-0000000000000'])(
  '%p is not an id of this service',
  (text) => {
    expect(isUuid(text)).toBe(false);
  },
);
