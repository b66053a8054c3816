import type { IncomingMessage } from 'node:http';
import { isIP, isIPv4, SocketAddress } from 'node:net';

/**
 * The address in its one spelling, so that a limit and the audit trail see one client as one: IPv6 in lower case and
 * shortened (RFC 5952), and an IPv4 address that is written as IPv6 as IPv4.
 *
 * @returns undefined for a text that is no address
 */
export function canonicalAddress(text: string): string | undefined {
  if (isIPv4(text)) return text;
  // `isIP` also accepts a zone after '%', which may be any word.
  if (isIP(text) !== 6 || text.includes('%')) return undefined;
  const { address } = new SocketAddress({ address: text, family: 'ipv6' });
  return address.startsWith('::ffff:') && isIPv4(address.slice(7)) ? address.slice(7) : address;
}

/**
 * What limits by address count: an IPv4 address, or the /64 network of an IPv6 address, because one client has all
 * addresses of its network. https://www.rfc-editor.org/rfc/rfc6177
 *
 * @param address in its one spelling
 */
export function addressGroup(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  // An IPv4 address at the end takes the place of two groups.
  const rightLength = right.length + (right.at(-1)?.includes('.') ? 1 : 0);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - rightLength);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/**
 * Each proxy appends the address that it saw, so with `hops` trusted proxies the client is the entry `hops` from the
 * right. A client can forge the entries further left.
 */
export function clientAddress(request: IncomingMessage, hops: number): string {
  const { remoteAddress = '' } = request.socket;
  const peer = canonicalAddress(remoteAddress) ?? '';
  const forwarded = request.headers['x-forwarded-for'];
  if (hops === 0 || typeof forwarded !== 'string') return peer;
  const entries = forwarded.split(',');
  const entry = (entries[Math.max(0, entries.length - hops)] ?? '').trim();
  // An entry that is not an address was not written by one of the trusted proxies.
  return canonicalAddress(withoutPort(entry)) ?? peer;
}

/** Some load balancers append the port: `198.51.100.8:4711`, `[2001:db8::5]:4711`. */
const withoutPort = (entry: string): string =>
  /^\[([^\]]+)\](?::\d{1,5})?$/.exec(entry)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(entry)?.[1] ?? entry;
