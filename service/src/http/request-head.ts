import type { IncomingMessage } from 'node:http';
import type { Problem } from './problem.ts';
import { problems } from './problems.ts';

/** RFC 9110, 7.2: host and port of RFC 3986, without a user. */
const hostForm = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/i;

/** What Node's parser lets pass although a server must refuse it, or another server would read it as something else. */
export function headFault({ httpVersion, headers, url, rawHeaders }: IncomingMessage): Problem | undefined {
  // RFC 9112, 2.6: we answer for HTTP/1 alone.
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return problems.badHead('HTTP/1.1 and HTTP/1.0 are served.');
  const { host, 'transfer-encoding': coding } = headers;
  // RFC 9112, 3.2.
  if (host === undefined && httpVersion === '1.1') {
    return problems.badHead('An HTTP/1.1 request must have the header Host.');
  }
  if (host !== undefined && !hostForm.test(host)) return problems.badHead('The header Host is malformed.');
  // RFC 9112, 6.1: a coding before chunked would be left in the body; HTTP/1.0 has none, and a proxy may ignore it.
  if (coding !== undefined && (httpVersion === '1.0' || coding.toLowerCase() !== 'chunked')) {
    return problems.badHead('Send Transfer-Encoding: chunked or none, and none in HTTP/1.0.');
  }
  // RFC 9112, 3.2.
  if (url!.includes('#')) return problems.badHead('The request target must have no fragment.');
  const repeated = repeatedHeader(rawHeaders);
  return repeated === undefined
    ? undefined
    : problems.badHead(`Send the header ${repeated} once; the request has it twice.`);
}

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
function repeatedHeader(rawHeaders: readonly string[]): string | undefined {
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
