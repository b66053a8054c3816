import type { IncomingMessage } from 'node:http';

/**
 * Whether a request comes from a page of this very origin, by what the browser says of it and a page cannot forge: fetch
 * metadata, and `Origin` for browsers without. What says neither is refused.
 * https://www.w3.org/TR/fetch-metadata/
 */
export function isSameOrigin({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  if (origin === undefined || host === undefined) return false;
  return origin === `https://${host}` || (isThisMachine(host) && origin === `http://${host}`);
}

/**
 * The session cookie is Secure, so a browser sends it over HTTPS, or over HTTP to its own machine: the scheme follows
 * from the host, and no header of a proxy has to be believed.
 */
const isThisMachine = (host: string): boolean => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
