/**
 * Headers that say who asks, for what, and where the body ends. Node keeps the first of two, a proxy may keep the
 * last: such a request is refused. By length, because the look costs every request.
 */
const singleHeaders = new Map([
  [4, 'host'],
  [12, 'content-type'],
  [13, 'authorization'],
  [14, 'content-length'],
  [15, 'idempotency-key'],
]);

const displayNames: Readonly<Record<string, string>> = {
  host: 'Host',
  'content-type': 'Content-Type',
  authorization: 'Authorization',
  'content-length': 'Content-Length',
  'idempotency-key': 'Idempotency-Key',
};

/**
 * @param rawHeaders name, value, name, value
 * @returns the name of a header that must be sent once and was sent twice
 */
export function repeatedHeader(rawHeaders: readonly string[]): string | undefined {
  let seen = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    const single = singleHeaders.get(name.length);
    if (single === undefined || name.toLowerCase() !== single) continue;
    const bit = 1 << name.length;
    if (seen & bit) return displayNames[single];
    seen |= bit;
  }
  return undefined;
}
