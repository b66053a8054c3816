import { problems } from './problems.ts';

/**
 * A flag in the query of a URL: `true`, `false`, or false where it is not given. The only queries of this API are flags:
 * load balancers, WAFs and proxies log URLs.
 *
 * @param query the raw query string, without `?`
 * @throws Problem 422 for any other value, and for a flag that is given twice
 */
export function queryFlag(query: string, name: string): boolean {
  if (query === '') return false;
  const [value = 'false', ...more] = new URLSearchParams(query).getAll(name);
  if ((value === 'true' || value === 'false') && more.length === 0) return value === 'true';
  throw problems.invalidContent([{ parameter: name, detail: 'must be true or false, once' }]);
}
