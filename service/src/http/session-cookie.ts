/**
 * Name of the cookie. A browser takes one with these prefixes only if it is Secure, HttpOnly, without Domain and of this
 * very host: neither a page in the browser nor a sibling domain can set it.
 * https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-22.html#section-4.1.3
 */
export const sessionCookie = '__Host-Http-hai';

const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** Lives until the browser closes; the service ends the session before. */
export const setSessionCookie = (id: string): string => `${sessionCookie}=${id}; ${attributes}`;

/**
 * What removes a session from a browser, as name, value, name, value. `cache` also drops pages that the back button would
 * show. Not `cookies`, which would sign the person out of every other application under the same registered domain.
 * https://www.w3.org/TR/clear-site-data/
 */
export const clearBrowser: readonly string[] = [
  'Set-Cookie',
  `${sessionCookie}=; Max-Age=0; ${attributes}`,
  'Clear-Site-Data',
  '"cache", "storage"',
];

/** The values of the session cookie in a Cookie header. One that is there twice is no session: RFC 6265 gives no order. */
export function sessionIds(header: string | undefined): readonly string[] {
  if (header === undefined) return [];
  return header.split(';').flatMap((pair) => {
    const [name = '', ...value] = pair.trim().split('=');
    return name === sessionCookie ? [value.join('=')] : [];
  });
}
