import { randomFillSync } from 'node:crypto';

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * Makes UUIDs of version 7 (RFC 9562): the time leads, so that new rows go to the right edge of an index. Random ids
 * touch a page of their own for each row; with 1 million notes that is most of the database's writes.
 *
 * @returns a maker that draws its randomness 256 ids at a time
 */
export function uuidV7Maker(pool: Buffer = Buffer.allocUnsafeSlow(16 * 256)): (now?: number) => string {
  let offset = pool.length;
  return (now = Date.now()) => {
    if (offset >= pool.length) {
      randomFillSync(pool);
      offset = 0;
    }
    const at = (index: number) => hex[pool[offset + index]!]!;
    const time = now.toString(16).padStart(12, '0');
    const version = hex[(pool[offset]! & 0x0f) | 0x70]!;
    const variant = hex[(pool[offset + 2]! & 0x3f) | 0x80]!;
    const id =
      `${time.slice(0, 8)}-${time.slice(8)}-${version}${at(1)}-${variant}${at(3)}-` +
      `${at(4)}${at(5)}${at(6)}${at(7)}${at(8)}${at(9)}`;
    offset += 16;
    return id;
  };
}

/** The time of a UUID v7; undefined for any other. */
export function timeOfUuidV7(id: string): Date | undefined {
  const [, high, low] = /^([0-9a-f]{8})-([0-9a-f]{4})-7/.exec(id) ?? [];
  return high === undefined ? undefined : new Date(Number.parseInt(high + low, 16));
}

/** True for a UUID of any version, in the one form that this service writes. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** The smallest UUID of version 7 of a moment: what was made from then on is not below it. */
export function firstUuidV7(time: Date): string {
  const hexTime = Math.max(0, time.getTime()).toString(16).padStart(12, '0');
  return `${hexTime.slice(0, 8)}-${hexTime.slice(8)}-0000-0000-000000000000`;
}
